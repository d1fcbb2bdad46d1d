//! A recording as the recorder extension of SaveAction writes it: all its types of actions with all their fields.

use replay::StepStatus;
use serde_json::json;

use crate::support::{Plan, plan};

async fn lamp() -> Plan {
    let pages = [
        ("/", include_str!("fixtures/shop.html")),
        ("/desk", include_str!("fixtures/desk.html")),
        ("/done", "<title>Done</title><h1>Thank you</h1>"),
    ];
    let mut plan = plan(&pages, json!([])).await;
    plan.document = Some(include_str!("fixtures/lamp.json").to_owned());
    plan.with(|options| options.variables.set("PASSWORD", "s3cr3t"))
}

#[tokio::test]
async fn every_type_of_action_is_performed() {
    let plan = lamp().await;
    let recording = plan.recording();
    let kinds: std::collections::BTreeSet<&str> = recording
        .steps
        .iter()
        .map(|step| step.kind.type_name())
        .collect();
    assert_eq!(kinds.len(), 10, "{kinds:?}");
    let report = recording.validate();
    assert!(
        report.errors.is_empty() && report.warnings.is_empty(),
        "{report:?}"
    );
    let run = plan.run().await;
    run.passes();
    let skipped: Vec<&str> = run
        .steps
        .iter()
        .filter(|step| matches!(step.status, StepStatus::Skipped { .. }))
        .map(|step| step.id.as_str())
        .collect();
    // The recorder itself took this click for one made twice.
    assert_eq!(skipped, ["act_011"]);
    assert_eq!(
        run.value("location.search").await,
        json!("?agree=on&size=l&goods=heron")
    );
    assert_eq!(
        run.value("[sessionStorage.slide, sessionStorage.secret]")
            .await,
        json!(["3", "s3cr3t"])
    );
}
