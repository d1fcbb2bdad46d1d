mod asking;
mod changing;
mod turns;

use serde_json::{Value, json};

use crate::support::{Owner, Server, greeting, kept};

const SCHEDULES: &str = "/api/v1/schedules";

/// A recording on a server that performs no runs, and whoever keeps it.
async fn with_recording() -> (Server, Owner, String) {
    let server = Server::start().await;
    let owner = server.owner().await;
    let id = kept(&owner, &greeting("https://a.example/", "x")).await;
    (server, owner, id)
}

/// Runs of the recording every hour.
async fn hourly(owner: &Owner, recording: &str) -> Value {
    let wanted = json!({ "cron": "@hourly", "run": { "recordingId": recording } });
    let answer = owner.post(SCHEDULES, wanted).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    answer.data()
}

fn path(schedule: &Value) -> String {
    format!("{SCHEDULES}/{}", schedule["id"].as_str().unwrap())
}
