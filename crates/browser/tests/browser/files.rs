//! Uploads and downloads.

use std::time::Duration;

use browser::{
    BrowserError, ContextEvent, DownloadState, Engine, FileTarget, LoadState, PageEvent, World,
};
use serde_json::json;

use crate::support::{Stage, assert_unsupported, engine, event, until};

#[tokio::test]
async fn a_file_chooser_is_told_and_filled() {
    let stage = Stage::new().await;
    stage.show("<input type=file multiple id=f><script>window.changes = 0; f.onchange = () => changes++</script>").await;
    stage
        .page
        .set_file_chooser_interception(&stage.progress, true)
        .await
        .unwrap();
    let mut events = stage.page.events();
    stage.click("#f").await;
    let (frame, backend_node_id, multiple) = event(&mut events, |event| match event {
        PageEvent::FileChooserOpened {
            frame,
            backend_node_id,
            multiple,
        } => Some((frame, backend_node_id, multiple)),
        _ => None,
    })
    .await;
    assert!(multiple);
    let folder = tempfile::tempdir().unwrap();
    let files = [folder.path().join("a.txt"), folder.path().join("ü b.txt")];
    for file in &files {
        std::fs::write(file, "content").unwrap();
    }
    let target = FileTarget::Chooser {
        frame,
        backend_node_id,
    };
    stage
        .page
        .set_files(&stage.progress, target, &files)
        .await
        .unwrap();
    assert_eq!(
        stage.eval("[...f.files].map(f => f.name)").await,
        json!(["a.txt", "ü b.txt"])
    );
    assert_eq!(stage.eval("changes").await, 1);
    assert_eq!(stage.eval("f.files[0].text()").await, "content");
    stage.close().await;
}

#[tokio::test]
async fn an_element_is_filled_with_files_and_a_missing_file_is_an_error() {
    let stage = Stage::new().await;
    stage.show("<input type=file id=f>").await;
    let frame = stage.page.main_frame();
    let install = "__proscenium.test = {file: () => document.getElementById('f')}; 0";
    frame
        .evaluate(&stage.progress, World::Isolated, install)
        .await
        .unwrap();
    let input = frame
        .call_handle(&stage.progress, "test.file", &())
        .await
        .unwrap()
        .unwrap();
    let file = tempfile::NamedTempFile::new().unwrap();
    let paths = [file.path().to_owned()];
    stage
        .page
        .set_files(&stage.progress, FileTarget::Element(&input), &paths)
        .await
        .unwrap();
    assert_eq!(stage.eval("f.files.length").await, 1);
    let missing = [file.path().join("missing")];
    let error = stage
        .page
        .set_files(&stage.progress, FileTarget::Element(&input), &missing)
        .await
        .unwrap_err();
    assert!(matches!(error, BrowserError::File { .. }), "{error:?}");
    stage.close().await;
}

#[tokio::test]
async fn a_download_is_told_from_its_beginning_to_its_file() {
    let stage = Stage::new().await;
    let headers = [
        ("content-disposition", "attachment; filename=\"report.csv\""),
        ("content-type", "text/csv"),
    ];
    stage.server.answer("/report", 200, &headers, b"a,b\n1,2\n");
    stage.show("<a href=/report>get</a>").await;
    let mut events = stage.context.events();
    let before = stage.page.navigations();
    stage.click("a").await;
    assert!(
        !stage
            .page
            .navigation_after(&stage.progress, before, LoadState::Load)
            .await
            .unwrap(),
        "the page stays"
    );
    if engine() == Engine::WebKit {
        // It saves the file where it should, and tells nobody; nor can it be told to stop.
        let file = stage.context.downloads_dir().join("report.csv");
        until(async || std::fs::read(&file).is_ok_and(|bytes| bytes == b"a,b\n1,2\n")).await;
        assert_unsupported(stage.context.cancel_download(&stage.progress, "any").await);
        return stage.close().await;
    }
    let downloaded = async {
        let mut name = None;
        loop {
            match events.recv().await.unwrap() {
                ContextEvent::DownloadStarted { page, filename, .. } => {
                    assert_eq!(page, Some(stage.page.id()));
                    name = Some(filename.to_string());
                }
                ContextEvent::DownloadFinished {
                    path, bytes, state, ..
                } => return (name, path, bytes, state),
                _ => {}
            }
        }
    };
    let (name, path, bytes, state) = tokio::time::timeout(Duration::from_secs(10), downloaded)
        .await
        .unwrap();
    assert_eq!(
        (name.as_deref(), bytes, state),
        (Some("report.csv"), 8, DownloadState::Completed)
    );
    assert_eq!(std::fs::read(&path).unwrap(), b"a,b\n1,2\n");
    assert!(path.starts_with(stage.context.downloads_dir()));
    stage.close().await;
}
