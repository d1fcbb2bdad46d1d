use serde_json::{Value, json};

use crate::support::{Server, greeting, kept};

fn rows(run: &Value) -> Vec<(String, u64)> {
    let runs = run["group"]["runs"].as_array().unwrap();
    runs.iter()
        .map(|run| {
            (
                run["browser"].as_str().unwrap().to_owned(),
                run["row"].as_u64().unwrap(),
            )
        })
        .collect()
}

#[tokio::test]
async fn each_row_of_data_is_a_run_and_its_values_are_told_to_nobody() {
    let server = Server::start().await;
    let owner = server.owner().await;
    let id = kept(&owner, &greeting("https://a.example/", "x")).await;
    let csv = "USER,PASSWORD\nann,hunter22\nbob,\"a,b\"\n";
    let wanted = json!({ "recordingId": id, "browsers": ["chromium", "firefox"], "data": csv });
    let answer = owner.post("/api/v1/runs", wanted).await;
    assert_eq!(answer.status, 201);
    let run = answer.data();
    let pair = |browser: &str, row| (browser.to_owned(), row);
    let all = [
        pair("chromium", 1),
        pair("chromium", 2),
        pair("firefox", 1),
        pair("firefox", 2),
    ];
    assert_eq!(rows(&run), all);
    assert!(!run.to_string().contains("hunter22"), "{run}");

    let again = owner
        .post(
            &format!("/api/v1/runs/{}/retry", run["id"].as_str().unwrap()),
            json!({}),
        )
        .await
        .data();
    assert_eq!(rows(&again), all);

    // A single row is still the row of a table.
    let one = json!({ "recordingId": id, "data": "[{\"USER\": \"ann\"}]" });
    let one = owner.post("/api/v1/runs", one).await.data();
    assert_eq!((&one["row"], &one["group"]), (&json!(1), &Value::Null));
}

#[tokio::test]
async fn data_that_is_no_table_is_refused_with_the_reason() {
    let server = Server::start().await;
    let owner = server.owner().await;
    let id = kept(&owner, &greeting("https://a.example/", "x")).await;
    let many = format!("A\n{}", "1\n".repeat(201));
    for (data, code, why) in [
        ("", "invalid_data", "it has no rows"),
        ("A,B\n1\n", "invalid_data", "not CSV with a header"),
        (
            "first name\nann\n",
            "invalid_data",
            "no name for a variable",
        ),
        ("[1]", "invalid_data", "not a JSON list"),
        (&*many, "invalid_options", "201 runs"),
    ] {
        let wanted = json!({ "recordingId": id, "data": data });
        let answer = owner.post("/api/v1/runs", wanted).await;
        assert_eq!(answer.code(), code, "{data:?}");
        let said = answer.json().to_string();
        assert!(said.contains(why), "{data:?}: {said}");
    }
}
