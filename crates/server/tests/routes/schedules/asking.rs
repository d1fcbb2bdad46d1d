use serde_json::json;
use store::Time;

use super::{SCHEDULES, path, with_recording};
use crate::support::Server;

#[tokio::test]
async fn a_schedule_is_kept_and_told_with_its_moments() {
    let (_server, owner, recording) = with_recording().await;
    let wanted = json!({
        "cron": " 0 7 * * MON-FRI ", "timeZone": "Europe/Berlin",
        "run": { "recordingId": recording, "browsers": ["chromium", "firefox"], "timingMode": "instant" },
    });
    let made = owner.post(SCHEDULES, wanted).await;
    assert_eq!(made.status, 201, "{}", made.text());
    let schedule = made.data();
    assert_eq!(
        (
            &schedule["name"],
            &schedule["recordingName"],
            &schedule["cron"],
            &schedule["enabled"]
        ),
        (
            &json!("Greeting"),
            &json!("Greeting"),
            &json!("0 7 * * MON-FRI"),
            &json!(true)
        )
    );
    assert_eq!(schedule["run"]["browsers"], json!(["chromium", "firefox"]));
    let moments: Vec<Time> = serde_json::from_value(schedule["next"].clone()).unwrap();
    assert_eq!(moments.len(), 5);
    assert!(
        moments[0] > Time::now() && moments.is_sorted(),
        "{moments:?}"
    );
    assert_eq!(owner.get(&path(&schedule)).await.data(), schedule);
    assert_eq!(owner.get(SCHEDULES).await.data(), json!([schedule]));
    let of = |id: &str| format!("{SCHEDULES}?recordingId={id}");
    assert_eq!(owner.get(&of(&recording)).await.data(), json!([schedule]));
    let other = "0192f0c1-2345-7000-8000-000000000000";
    assert_eq!(owner.get(&of(other)).await.data(), json!([]));
}

#[tokio::test]
async fn what_makes_no_sense_is_refused_when_it_is_asked_for() {
    let (_server, owner, recording) = with_recording().await;
    for (field, value, status, code, expected) in [
        (
            "cron",
            json!("61 * * * *"),
            422,
            "invalid_schedule",
            "The minute “61”",
        ),
        (
            "cron",
            json!("*/10 * * * * *"),
            422,
            "invalid_schedule",
            "Once a minute is the most often",
        ),
        (
            "cron",
            json!("0 0 30 2 *"),
            422,
            "invalid_schedule",
            "never happens",
        ),
        (
            "timeZone",
            json!("Mars/Olympus"),
            422,
            "invalid_schedule",
            "Europe/Berlin",
        ),
        ("name", json!("  "), 422, "invalid_name", "1 to 200"),
        ("surprise", json!(1), 400, "invalid_body", "surprise"),
        (
            "run",
            json!({ "recordingId": recording, "speed": 0 }),
            422,
            "invalid_options",
            "speed",
        ),
        (
            "run",
            json!({ "recordingId": recording, "startAt": "2100-01-01T00:00:00Z" }),
            422,
            "invalid_options",
            "startAt",
        ),
        (
            "run",
            json!({ "recordingId": "0192f0c1-2345-7000-8000-000000000000" }),
            404,
            "not_found",
            "recording",
        ),
    ] {
        let mut wanted = json!({ "cron": "@daily", "run": { "recordingId": recording } });
        wanted[field] = value;
        let answer = owner.post(SCHEDULES, wanted).await;
        assert_eq!(
            (answer.status, answer.code().as_str()),
            (status, code),
            "{field}"
        );
        assert!(answer.text().contains(expected), "{}", answer.text());
        if code == "invalid_schedule" {
            assert_eq!(answer.json()["error"]["details"]["field"], field);
        }
    }
    assert_eq!(owner.get(SCHEDULES).await.data(), json!([]));
}

#[tokio::test]
async fn moments_are_previewed_before_there_is_a_schedule() {
    let server = Server::start().await;
    let owner = server.owner().await;
    let preview = format!("{SCHEDULES}/preview");
    let good = owner
        .get(&format!("{preview}?cron=0+7+*+*+*&tz=Asia/Kathmandu"))
        .await
        .data();
    let moments: Vec<String> = serde_json::from_value(good["next"].clone()).unwrap();
    assert_eq!(moments.len(), 5);
    assert!(
        moments
            .iter()
            .all(|moment| moment.ends_with("T01:15:00.000Z")),
        "{moments:?}"
    );
    for (query, field) in [
        ("cron=0+25+*+*+*", "cron"),
        ("cron=@daily&tz=Nowhere", "timeZone"),
    ] {
        let bad = owner.get(&format!("{preview}?{query}")).await;
        assert_eq!((bad.status, bad.code().as_str()), (422, "invalid_schedule"));
        assert_eq!(bad.json()["error"]["details"]["field"], field);
    }
    assert_eq!(owner.get(&preview).await.code(), "invalid_query");
}

#[tokio::test]
async fn values_of_variables_are_told_by_their_names_only_and_lie_nowhere_in_clear() {
    let (server, owner, recording) = with_recording().await;
    let wanted = json!({ "cron": "@daily", "run": {
        "recordingId": recording, "variables": { "PASSWORD": "hunter2-in-clear" }, "data": "PIN\nhunter3-in-clear\n",
    } });
    let made = owner.post(SCHEDULES, wanted).await;
    assert_eq!(made.status, 201, "{}", made.text());
    let schedule = made.data();
    assert_eq!(
        (&schedule["run"]["variables"], &schedule["run"]["hasData"]),
        (&json!(["PASSWORD"]), &json!(true))
    );
    assert!(!made.text().contains("-in-clear"), "{}", made.text());
    // They are there for the run.
    let run = owner
        .post(&format!("{}/run-now", path(&schedule)), json!({}))
        .await;
    assert_eq!(run.status, 201, "{}", run.text());
    let id = run.data()["id"].as_str().unwrap().parse().unwrap();
    let options = server.store.runs().get(id).await.unwrap().options;
    let values = server.store.runs().values(&options).unwrap();
    assert_eq!(
        (&*values["PASSWORD"], &*values["PIN"]),
        ("hunter2-in-clear", "hunter3-in-clear")
    );
    for entry in std::fs::read_dir(server.store.folder()).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            let bytes = std::fs::read(&path).unwrap();
            let has = bytes.windows(9).any(|part| part == b"-in-clear");
            assert!(!has, "{}", path.display());
        }
    }
}

#[tokio::test]
async fn nobody_but_the_owner_sees_or_makes_schedules() {
    let server = Server::start().await;
    let nobody = server.anonymous();
    let one = format!("{SCHEDULES}/0192f0c1-2345-7000-8000-000000000000");
    let preview = format!("{SCHEDULES}/preview?cron=@daily");
    for path in [SCHEDULES, &one, &preview] {
        assert_eq!(nobody.get(path).await.code(), "unauthenticated", "{path}");
    }
    for path in [
        SCHEDULES.to_owned(),
        format!("{one}/run-now"),
        format!("{one}/restore"),
    ] {
        assert_eq!(
            nobody.post(&path, json!({})).await.code(),
            "unauthenticated",
            "{path}"
        );
    }
    assert_eq!(
        nobody.patch(&one, json!({})).await.code(),
        "unauthenticated"
    );
    assert_eq!(nobody.delete(&one).await.code(), "unauthenticated");
}
