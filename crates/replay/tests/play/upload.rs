use replay::{ErrorCode, Files};
use serde_json::{Value, json};

use crate::support::{Run, css, noting, plan};

const PAGE: &str = "<input type=file id=f multiple><button id=b onclick='veiled.click()'>Choose</button><input type=file id=veiled hidden>
    <script>for (const i of [f, veiled]) i.onchange = async () => { for (const file of i.files) note(`${i.id} ${file.name} ${await file.text()}`) }</script>";

async fn upload(steps: Value) -> Run {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.txt"), "alpha").unwrap();
    std::fs::write(folder.path().join("b.txt"), "beta").unwrap();
    let html = noting(PAGE);
    let files = Files {
        folder: Some(folder.path().to_owned()),
        ..Files::default()
    };
    let steps_with_check = steps;
    plan(&[("/", &html)], steps_with_check)
        .await
        .with(|options| options.files = files)
        .run()
        .await
}

#[tokio::test]
async fn files_are_given_to_the_field_or_to_the_chooser() {
    let until = json!({ "type": "wait", "waitFor": "duration", "value": 100 });
    let run = upload(json!([
        { "type": "upload", "selectors": css("#f"), "files": [{ "name": "a.txt" }, { "name": "B", "path": "b.txt" }] },
        { "type": "upload", "selectors": css("#b"), "files": [{ "name": "b.txt" }] },
        { "type": "input", "selectors": css("#f"), "inputType": "file", "value": "C:\\fakepath\\a.txt" },
        until,
    ]))
    .await;
    run.passes();
    let mut seen = run.seen().await;
    seen.sort();
    assert_eq!(
        seen,
        [
            "f a.txt alpha",
            "f a.txt alpha",
            "f b.txt beta",
            "veiled b.txt beta"
        ]
    );
}

#[tokio::test]
async fn a_missing_file_fails_the_step_and_nothing_is_uploaded() {
    for file in [
        json!({ "name": "c.txt" }),
        json!({ "name": "passwd", "path": "/etc/passwd" }),
        json!({ "name": "x", "path": "../x" }),
    ] {
        let run = upload(json!([{ "type": "upload", "selectors": css("#f"), "files": [{ "name": "a.txt" }, file] }])).await;
        run.fails_at(0, ErrorCode::FileMissing);
        assert_eq!(run.value("f.files.length").await, json!(0));
    }
}
