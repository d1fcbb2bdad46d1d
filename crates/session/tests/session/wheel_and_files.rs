//! What a page takes of the wheel and gives as files becomes steps.

use browser::Engine;
use recording::StepKind;
use serde_json::json;

use crate::recorder::{kinds, perform, step_of};
use crate::support::{Server, Studio, engine};

#[tokio::test]
async fn a_map_that_zooms_by_the_wheel_is_zoomed_again() {
    let mut studio = Studio::show(
        "<div id=map style='width:400px;height:300px;background:#cde'></div><output>0</output><script>
         let zoom = 0;
         map.addEventListener('wheel', (event) => {
           event.preventDefault();
           zoom -= event.deltaY / 100;
           document.querySelector('output').textContent = `zoom ${zoom}`;
           if (zoom === 3) document.body.insertAdjacentHTML('beforeend', '<button id=near>Near</button>');
         }, { passive: false });</script>",
    )
    .await;
    studio.start_recording().await;
    let (x, y) = studio.middle("#map").await;
    for _ in 0..3 {
        studio
            .viewer
            .input(json!({"t": "wheel", "x": x, "y": y, "dx": 0, "dy": -100}))
            .await;
    }
    let wheel = step_of(&mut studio, "wheel").await;
    assert_eq!(wheel["deltaY"], -300, "{wheel}");
    studio.click("#near").await;
    step_of(&mut studio, "click").await;
    studio.stop_recording().await;
    let recording = studio.session.recording(None);
    assert_eq!(kinds(&recording.steps), ["wheel", "click"]);
    perform(&recording).await;
    drop(studio.close().await);
}

#[tokio::test]
async fn a_file_that_the_page_gives_is_waited_for() {
    let server = Server::start().await;
    server.page("/", "<a id=a href=/file>get</a>");
    server.answer("/file", "200 OK\r\ncontent-type: text/plain\r\ncontent-disposition: attachment; filename=\"note-2026-11-22.txt\"", "hello");
    let mut studio = Studio::open(server, "/").await;
    studio.start_recording().await;
    studio.click("#a").await;
    if engine() == Engine::WebKit {
        // It says nothing of downloads.
        step_of(&mut studio, "click").await;
        studio.stop_recording().await;
        assert_eq!(kinds(&studio.session.recording(None).steps), ["click"]);
        return drop(studio.close().await);
    }
    step_of(&mut studio, "download").await;
    studio.stop_recording().await;
    let recording = studio.session.recording(None);
    assert_eq!(kinds(&recording.steps), ["click", "download"]);
    let StepKind::Download(download) = &recording.steps[1].kind else {
        unreachable!("its kind was looked at");
    };
    assert_eq!(download.file_name.as_deref(), Some("note-*.txt"));
    assert_eq!(recording.steps[1].url, studio.server.url("/"));
    perform(&recording).await;
    drop(studio.close().await);
}
