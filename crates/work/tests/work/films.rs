//! Films of recordings, performed by the player.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use browser::{Engine, Progress};
use egress::EgressPolicy;
use recording::{Format, Recording};
use replay::PlayOptions;
use serde_json::{Value, json};
use store::{FilmStatus, Subject};
use video::{FilmOrder, Filmed, Look, Preset, Script, Setup, film};
use work::{
    FILM_QUEUE, FilmDesk, FilmJob, FilmRequest, Played, Worker, WorkerOptions, storyboard_of,
};

use crate::renders::kill_newest;
use crate::support::folder;

/// White with a link; other addresses are other colours, with buttons that turn them green and close them.
const PAGES: &str = "<!doctype html><title>Tabs</title>
<style>body { margin: 0 } a, button { position: fixed; left: 40px; width: 200px; height: 40px; font: 20px sans-serif }</style><body><script>
const colour = { '/red': 'rgb(255,0,0)', '/blue': 'rgb(0,0,255)' }[location.pathname];
document.documentElement.style.background = colour ?? 'rgb(255,255,255)';
const put = (html) => document.body.insertAdjacentHTML('beforeend', html);
if (colour) {
  put(`<button id=turn style='top:200px'>Turn</button><button id=leave style='top:260px'>Leave</button>`);
  document.querySelector('#turn').onclick = () => { document.documentElement.style.background = 'rgb(0,255,0)' };
  document.querySelector('#leave').onclick = () => window.close();
} else {
  put(`<a id=link style='top:40px' target=_blank rel=opener href=/red>Link</a><button id=stay style='top:100px'>Stay</button>`);
}
</script>";

fn serve() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            // Browsers open connections ahead of need: one that stays silent must not hold up the others.
            std::thread::spawn(move || {
                let _ = stream.read(&mut [0; 4096]);
                let head = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nConnection: close";
                let length = PAGES.len();
                let _ = write!(stream, "{head}\r\nContent-Length: {length}\r\n\r\n{PAGES}");
            });
        }
    });
    address
}

fn on(kind: &str, id: &str) -> Value {
    json!({
        "id": format!("{kind}-{id}"), "type": kind, "timestamp": 0, "timeout": 8_000,
        "selectors": [{ "strategy": "id", "value": id, "priority": 1 }],
    })
}

fn tab(event: &str, index: usize, trigger: &str) -> Value {
    json!({
        "id": format!("{event}-{index}"), "type": "tab", "timestamp": 0,
        "event": event, "index": index, "trigger": trigger,
    })
}

fn recording(site: SocketAddr, actions: &[Value]) -> Recording {
    let document = json!({
        "id": "rec_1", "version": "1.0.0", "testName": "Tabs", "url": format!("http://{site}/"),
        "startTime": "2026-01-01T00:00:00Z", "viewport": { "width": 640, "height": 360 },
        "actions": actions,
    });
    Recording::parse(document.to_string().into_bytes(), Format::Auto).unwrap()
}

/// Films a recording; the answer has the colours that its film shows, each once for as long as it is seen.
async fn filmed(engine: Engine, recording: Recording) -> (Filmed, Vec<&'static str>) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.mp4");
    let (played, left_out) = Played::new(recording, PlayOptions::default());
    assert_eq!(left_out, Vec::<String>::new());
    let mut order = FilmOrder::new(Script::Performance(Arc::new(played)));
    order.setup = Setup {
        width: 640,
        height: 360,
        ..Preset::Medium.setup()
    };
    order.look = Look::plain();
    order.engine = engine;
    let progress = Progress::with_timeout(Duration::from_secs(100));
    let filmed = film(&progress, &order, &path, |_| {}).await.unwrap();
    let seen = colours(&path);
    (filmed, seen)
}

/// By the upper right of the frames.
fn colours(path: &Path) -> Vec<&'static str> {
    let output = Command::new("ffmpeg")
        .args(["-v", "error", "-i"])
        .arg(path)
        .args(["-fps_mode", "passthrough", "-vf"])
        .arg("crop=16:16:620:4,scale=1:1:flags=area,format=rgb24")
        .args(["-f", "rawvideo", "-"])
        .output()
        .unwrap();
    let mut seen = Vec::new();
    for rgb in output.stdout.chunks_exact(3) {
        seen.push(match [rgb[0] > 127, rgb[1] > 127, rgb[2] > 127] {
            [true, true, true] => "white",
            [true, false, false] => "red",
            [false, true, false] => "green",
            [false, false, true] => "blue",
            _ => "none",
        });
    }
    seen.dedup();
    seen
}

async fn steps_in_other_tabs_are_filmed_there(engine: Engine) {
    let site = serve();
    let mut blue = tab("new", 2, "manual");
    blue["targetUrl"] = format!("http://{site}/blue").into();
    let actions = [
        on("click", "link"),
        tab("new", 1, "popup"),
        on("click", "turn"),
        tab("switch", 0, "manual"),
        on("hover", "stay"),
        tab("switch", 1, "manual"),
        tab("close", 1, "manual"),
        blue,
        tab("close", 2, "manual"),
        on("click", "link"),
        tab("new", 3, "popup"),
        on("click", "leave"),
        tab("close", 3, "page"),
        on("hover", "stay"),
    ];
    let (filmed, seen) = filmed(engine, recording(site, &actions)).await;
    let expected = [
        "white", "red", "green", "white", "green", "white", "blue", "white", "red", "white",
    ];
    assert_eq!(seen, expected, "{:?}", filmed.steps);
    assert_eq!(filmed.steps.len(), actions.len());
    // The pointer goes to the button in the other tab, as it does in the first one: it takes its time.
    assert!(filmed.steps[2].took_ms > 300.0, "{:?}", filmed.steps);
}

#[tokio::test]
async fn the_steps_of_a_recording_in_other_tabs_are_filmed_there() {
    steps_in_other_tabs_are_filmed_there(Engine::Chromium).await;
}

#[tokio::test]
async fn they_are_in_firefox() {
    steps_in_other_tabs_are_filmed_there(Engine::Firefox).await;
}

#[tokio::test]
async fn they_are_in_webkit() {
    steps_in_other_tabs_are_filmed_there(Engine::WebKit).await;
}

#[tokio::test]
async fn a_recording_that_knows_of_no_tabs_goes_on_in_the_first_one_and_the_film_with_it() {
    let actions = [on("click", "link"), on("click", "stay")];
    let (filmed, seen) = filmed(Engine::Chromium, recording(serve(), &actions)).await;
    assert_eq!(seen, ["white", "red", "white"], "{:?}", filmed.steps);
}

#[test]
fn a_storyboard_of_a_recording_with_tabs_is_refused_with_what_to_do() {
    let actions = [on("click", "link"), tab("new", 1, "popup")];
    let refused = storyboard_of(&recording(serve(), &actions)).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "step 2 (tab): a storyboard of a recording keeps to one tab; in real time all of them are filmed"
    );
}

/// A film whose encoder is killed in its last pause, and then its browser, is made again, and is whole.
#[tokio::test]
async fn a_film_whose_encoder_or_browser_is_killed_is_made_by_the_next_attempt() {
    let place = folder().await;
    let site = serve();
    let order = json!({
        "width": 320, "height": 240, "fps": 24,
        "storyboard": { "url": format!("http://{site}/"), "steps": [{ "hover": "#stay" }, { "pause": "4s" }] },
    });
    let request = FilmRequest::parse(order.to_string().as_bytes()).unwrap();
    let desk = FilmDesk::new(place.store.clone());
    let id = desk.ask(request, None).await.unwrap().id;
    let policy = EgressPolicy::public_only().allow("127.0.0.1".parse().unwrap());
    let job = FilmJob::new(place.store.clone(), policy, None);
    let options = WorkerOptions::new("test", FILM_QUEUE, 1);
    let worker = Worker::start(place.store.clone(), vec![Arc::new(job)], options);
    let mut events = place.store.events().follow(Subject::Film, id.uuid(), 0);
    let mut began = 0;
    let over = async {
        loop {
            let event = events.next().await.unwrap();
            match &*event.kind {
                "film.started" => began += 1,
                "film.step" if began < 3 && event.payload["done"] == 1 => {
                    assert!(kill_newest(if began == 1 { "ffmpeg" } else { "chrom" }));
                }
                "film.finished" => return,
                _ => {}
            }
        }
    };
    tokio::time::timeout(Duration::from_secs(100), over)
        .await
        .unwrap();
    worker.shutdown().await;
    let film = place.store.films().get(id).await.unwrap();
    assert_eq!(film.status, FilmStatus::Done, "{film:?}");
    assert_eq!(began, 3);
}
