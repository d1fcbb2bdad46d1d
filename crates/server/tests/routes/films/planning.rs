use serde_json::json;

use crate::support::{Server, Site};

const PLAN: &str = "/api/v1/films/plan";

#[tokio::test]
async fn a_tour_is_planned_without_being_filmed_and_its_plan_can_be_asked_for_as_a_film() {
    let server = Server::start().await;
    let owner = server.owner().await;
    let site = Site::start().await;
    let page = format!("{}landing.html", site.url);
    let order = json!({ "url": page, "duration": "12s", "seed": 3, "preset": "low", "title": "Boats", "pace": { "between": 500 } });
    let answer = owner.post(PLAN, order).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let plan = answer.data();
    let storyboard = &plan["storyboard"];
    assert_eq!(
        (&storyboard["url"], &storyboard["title"]["text"]),
        (&json!(page), &json!("Boats"))
    );
    assert_eq!(storyboard["pace"], json!({ "between": 500 }));
    assert!(plan["yaml"].as_str().unwrap().contains("Get started"));
    let films = "/api/v1/films";
    assert_eq!(owner.get(films).await.data(), json!([]));
    let filmed = owner
        .post(films, json!({ "storyboard": plan["yaml"] }))
        .await;
    let steps = storyboard["steps"].as_array().unwrap().len();
    assert_eq!(filmed.data()["stepsTotal"], steps);

    for (order, code, said) in [
        (json!({}), "invalid_film", "url: "),
        (
            json!({ "url": "file:///etc/passwd" }),
            "invalid_film",
            "url: ",
        ),
        (
            json!({ "url": page, "scale": 9 }),
            "invalid_film",
            "scale: ",
        ),
        (
            json!({ "storyboard": plan["storyboard"] }),
            "invalid_film",
            "url: ",
        ),
        (
            json!({ "url": "http://10.0.0.1/" }),
            "page_not_opened",
            "10.0.0.1",
        ),
    ] {
        let answer = owner.post(PLAN, order.clone()).await;
        assert_eq!(
            (answer.status, &*answer.code()),
            (422, code),
            "{order}: {}",
            answer.text()
        );
        assert!(answer.text().contains(said), "{order}: {}", answer.text());
    }
    assert_eq!(server.anonymous().post(PLAN, json!({})).await.status, 401);
    server.stop().await;
}
