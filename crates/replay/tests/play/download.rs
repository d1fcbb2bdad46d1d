use browser::Engine;
use replay::ErrorCode;
use serde_json::{Value, json};

use crate::support::{css, engine, noting, on_page};

const PAGE: &str = "<a id=a download=report-7.csv href='data:text/csv,name,total%0AAnn,12'>Report</a>
    <a id=b download=notes.txt href='data:text/plain,remember'>Notes</a>
    <button id=late onclick=\"setTimeout(() => document.querySelector('#a').click(), 300)\">Later</button>";

fn click(id: &str) -> Value {
    json!({ "type": "click", "selectors": css(id) })
}

fn download(fields: Value) -> Value {
    let mut step = json!({ "type": "download", "timeout": 5_000 });
    step.as_object_mut()
        .unwrap()
        .extend(fields.as_object().unwrap().clone());
    step
}

#[tokio::test]
async fn a_file_that_the_page_gives_is_waited_for_and_looked_at() {
    let steps = json!([
        click("#late"),
        download(json!({ "fileName": "report-*.csv", "contains": "Ann,12" })),
        click("#b"),
        click("#a"),
        download(json!({ "fileName": "report-7.csv" })),
        download(json!({})),
    ]);
    let run = on_page(&noting(PAGE), steps).await;
    if engine() == Engine::WebKit {
        run.fails_at(1, ErrorCode::Unsupported);
        return;
    }
    run.passes();
    let seen = [1, 4, 5].map(|at| run.steps[at].actual.clone().unwrap());
    assert_eq!(
        seen,
        [
            "report-7.csv, 17 bytes",
            "report-7.csv, 17 bytes",
            "notes.txt, 8 bytes"
        ]
    );
}

#[tokio::test]
async fn a_file_that_does_not_come_or_is_another_fails_the_step() {
    if engine() == Engine::WebKit {
        return;
    }
    for (steps, code, said) in [
        (
            json!([download(json!({ "timeout": 500 }))]),
            ErrorCode::NoDownload,
            "no download has come",
        ),
        (
            json!([
                click("#b"),
                download(json!({ "fileName": "*.csv", "timeout": 900 }))
            ]),
            ErrorCode::NoDownload,
            "no download called \"*.csv\" has come",
        ),
        (
            json!([click("#b"), download(json!({ "contains": "forget" }))]),
            ErrorCode::CheckFailed,
            "does not contain \"forget\"",
        ),
        // A file is waited for once.
        (
            json!([
                click("#b"),
                download(json!({})),
                download(json!({ "timeout": 500 }))
            ]),
            ErrorCode::NoDownload,
            "no download has come",
        ),
    ] {
        let last = steps.as_array().unwrap().len() - 1;
        let run = on_page(&noting(PAGE), steps).await;
        let step = run.fails_at(last, code);
        let message = &step.error.as_ref().unwrap().message;
        assert!(message.contains(said), "{message}");
    }
}
