//! Working in a page becomes a recording.

use std::time::Duration;

use browser::{Browser, ContextOptions, Engine, LaunchOptions, Progress, Viewport};
use recording::{Recording, Step, StepKind};
use replay::{PlayOptions, RunStatus, Timing};
use serde_json::json;
use session::protocol::{Notice, RecordingPhase};

use crate::support::{Server, Studio, engine};

pub(crate) async fn step_of(studio: &mut Studio, kind: &'static str) -> serde_json::Value {
    studio
        .viewer
        .hear(|notice| match notice {
            Notice::Step(step) if step.view.step["type"] == kind => Some(step.view.step.clone()),
            _ => None,
        })
        .await
}

pub(crate) fn kinds(steps: &[Step]) -> Vec<&str> {
    steps.iter().map(|step| step.kind.type_name()).collect()
}

/// Performs the recording in a fresh context; it has to pass.
pub(crate) async fn perform(recording: &Recording) {
    let progress = Progress::with_timeout(Duration::from_secs(60));
    let browser = Browser::launch(&progress, LaunchOptions::default())
        .await
        .unwrap();
    let options = ContextOptions {
        viewport: Some(Viewport::desktop(1280, 720)),
        ..ContextOptions::default()
    };
    let context = browser.new_context(&progress, options).await.unwrap();
    let mut play = PlayOptions {
        timing: Timing::Instant,
        step_timeout: Duration::from_secs(10),
        ..PlayOptions::default()
    };
    play.variables.set("PASSWORD", "s3cret!");
    let outcome = replay::play(&progress, &context, recording, &play, &mut ()).await;
    browser.close().await;
    assert_eq!(
        outcome.status,
        RunStatus::Passed,
        "{:#?}\n{:#?}",
        outcome.error,
        recording.steps
    );
}

#[tokio::test]
async fn a_form_with_frames_shadow_roots_dialogs_and_popups_is_recorded_in_order() {
    let server = Server::start().await;
    server.page(
        "/inner",
        "<body style='margin:0'><label>City <input id=city></label>",
    );
    server.page("/done", "<title>Done</title><h1>Thanks</h1>");
    server.page(
        "/popup",
        "<title>Terms</title><button id=ok onclick='window.close()'>OK</button>",
    );
    let frame = server.other_url("/inner");
    server.page(
        "/",
        &format!(
            "<title>Order</title><form action=/done>
             <label>E-mail <input id=mail name=mail></label>
             <label>Password <input id=password type=password></label>
             <x-field></x-field>
             <button type=button id=ask onclick='window.sure=confirm(`Sure?`)'>Ask</button>
             <a id=terms href=/popup target=_blank>Terms</a>
             <button id=send>Send</button></form>
             <iframe id=f src='{frame}' style='width:300px;height:60px;border:0;margin-left:100px'></iframe>
             <script>customElements.define('x-field',class extends HTMLElement{{constructor(){{super();
             this.attachShadow({{mode:'open'}}).innerHTML='<button id=deep onclick=\"window.deep=1\">Deep</button>'}}}})</script>"
        ),
    );
    let mut studio = Studio::open(server, "/").await;
    studio.start_recording().await;
    studio
        .viewer
        .hear(|notice| matches!(notice, Notice::Steps { .. }).then_some(()))
        .await;

    studio.click("#mail").await;
    step_of(&mut studio, "click").await;
    studio
        .viewer
        .input(json!({"t": "text", "text": "ada@example.com"}))
        .await;
    let step = step_of(&mut studio, "input").await;
    assert_eq!(step["value"], "ada@example.com");
    studio.click("#password").await;
    step_of(&mut studio, "click").await;
    studio
        .viewer
        .input(json!({"t": "text", "text": "s3cret!"}))
        .await;
    let step = step_of(&mut studio, "input").await;
    assert_eq!(
        (step["value"].as_str(), step["isSensitive"].as_bool()),
        (Some("${PASSWORD}"), Some(true))
    );

    studio.click("x-field").await;
    let step = step_of(&mut studio, "click").await;
    assert!(step["selectors"].to_string().contains("deep"), "{step}");

    let city = studio.middle("#f").await;
    studio.viewer.click((city.0 - 20.0, city.1 - 20.0)).await;
    let step = step_of(&mut studio, "click").await;
    assert_eq!(step["frames"].as_array().map(Vec::len), Some(1), "{step}");
    assert!(
        step["frames"][0]["selectors"].to_string().contains("\"f\""),
        "{step}"
    );
    studio
        .viewer
        .input(json!({"t": "text", "text": "London"}))
        .await;
    assert_eq!(step_of(&mut studio, "input").await["value"], "London");

    studio.click("#ask").await;
    studio.state(|state| state.dialog.is_some()).await;
    studio
        .viewer
        .say(json!({"t": "dialog", "action": "accept"}))
        .await;
    let step = step_of(&mut studio, "dialog").await;
    assert_eq!(
        (step["dialogType"].as_str(), step["response"].as_str()),
        (Some("confirm"), Some("accept"))
    );
    studio.holds("window.sure === true").await;

    studio.click("#terms").await;
    studio
        .state(|state| {
            state.tabs.len() == 2 && state.tabs[1].active && state.tabs[1].title == "Terms"
        })
        .await;
    studio.holds("document.querySelector('#ok') !== null").await;
    studio.click("#ok").await;
    studio
        .state(|state| state.tabs.len() == 1 && state.tabs[0].active)
        .await;
    let step = step_of(&mut studio, "tab").await;
    assert_eq!(step["event"], "new");

    studio
        .viewer
        .say(json!({"t": "check", "kind": "pageTitle", "expected": "Order"}))
        .await;
    step_of(&mut studio, "checkpoint").await;
    studio.click("#send").await;
    let step = step_of(&mut studio, "navigation").await;
    assert_eq!(step["navigationTrigger"], "click");
    assert!(
        step["to"].as_str().is_some_and(|to| to.contains("/done")),
        "{step}"
    );

    studio
        .viewer
        .say(json!({"t": "record", "action": "stop"}))
        .await;
    studio
        .state(|state| state.recording.state == RecordingPhase::Idle)
        .await;
    let recording = studio.session.recording(Some("Order"));
    assert_eq!(
        kinds(&recording.steps),
        [
            "click",
            "input",
            "click",
            "input",
            "click",
            "click",
            "input",
            "click",
            "dialog",
            "click",
            "tab",
            "click",
            "tab",
            "checkpoint",
            "click",
            "navigation"
        ],
        "{:#?}",
        recording.steps.iter().map(Step::title).collect::<Vec<_>>()
    );
    assert_eq!(recording.steps[0].id, "act_001");
    assert_eq!(recording.url, studio.server.url("/"));
    assert!(
        recording.validate().errors.is_empty(),
        "{:?}",
        recording.validate().errors
    );
    assert!(!recording.to_json_pretty().unwrap().contains("s3cret"));
    assert!(
        studio
            .session
            .step_picture(0)
            .is_some_and(|jpeg| jpeg.starts_with(&[0xFF, 0xD8]))
    );
    assert!(
        recording
            .steps
            .windows(2)
            .all(|pair| pair[0].timestamp <= pair[1].timestamp + 50.0)
    );
    assert_eq!(recording.variables.len(), 1, "the password has to be given");
    perform(&recording).await;
    drop(studio.close().await);
}

#[tokio::test]
async fn pausing_leaves_out_and_undo_takes_back() {
    let mut studio = Studio::show(
        "<button id=a onclick='window.hits=(window.hits||0)+1'>A</button><button id=b>B</button>",
    )
    .await;
    studio.start_recording().await;
    studio
        .viewer
        .hear(|notice| matches!(notice, Notice::Steps { .. }).then_some(()))
        .await;
    studio.click("#a").await;
    step_of(&mut studio, "click").await;
    studio
        .viewer
        .say(json!({"t": "record", "action": "pause"}))
        .await;
    studio
        .state(|state| state.recording.state == RecordingPhase::Paused)
        .await;
    studio.click("#a").await;
    studio.holds("window.hits === 2").await;
    studio
        .viewer
        .say(json!({"t": "record", "action": "resume"}))
        .await;
    studio
        .state(|state| state.recording.state == RecordingPhase::Recording)
        .await;
    studio.click("#b").await;
    let step = step_of(&mut studio, "click").await;
    assert!(step["selectors"].to_string().contains('B'), "{step}");
    studio
        .viewer
        .say(json!({"t": "record", "action": "undo"}))
        .await;
    let left = studio.viewer.hear(|notice| match notice {
        Notice::Steps { steps } => Some(steps.len()),
        _ => None,
    });
    assert_eq!(left.await, 1);
    let steps = studio.session.recording(None).steps;
    assert!(matches!(
        &steps[..],
        [Step {
            kind: StepKind::Click(_),
            ..
        }]
    ));
    drop(studio.close().await);
}

#[tokio::test]
async fn the_toolbar_the_viewport_and_a_choice_are_steps_too() {
    let server = Server::start().await;
    server.page(
        "/",
        "<select id=s><option value=a>A<option value=b>B</select>",
    );
    server.page("/two", "<h1>two</h1>");
    let mut studio = Studio::open(server, "/").await;
    studio.start_recording().await;
    studio
        .viewer
        .hear(|notice| matches!(notice, Notice::Steps { .. }).then_some(()))
        .await;
    studio.click("#s").await;
    let id = studio.viewer.hear(|notice| match notice {
        Notice::Picker(picker) => Some(picker["id"].clone()),
        _ => None,
    });
    let id = id.await;
    studio
        .viewer
        .say(json!({"t": "choose", "id": id, "indexes": [1]}))
        .await;
    assert_eq!(step_of(&mut studio, "select").await["selectedValue"], "b");
    studio
        .viewer
        .say(json!({"t": "viewport", "preset": "laptop"}))
        .await;
    assert_eq!(step_of(&mut studio, "viewport").await["width"], 1366);
    let url = studio.server.url("/two");
    studio
        .viewer
        .say(json!({"t": "nav", "action": "goto", "url": url}))
        .await;
    let step = step_of(&mut studio, "navigation").await;
    assert_eq!(
        (step["navigationTrigger"].as_str(), step["to"].as_str()),
        (Some("manual"), Some(url.as_str()))
    );
    studio
        .viewer
        .say(json!({"t": "nav", "action": "back"}))
        .await;
    assert_eq!(
        step_of(&mut studio, "navigation").await["navigationTrigger"],
        "back"
    );
    drop(studio.close().await);
}

#[tokio::test]
async fn what_is_being_typed_is_saved_and_survives_a_stop_and_a_resume() {
    let mut studio = Studio::show("<label>Name <input id=name></label>").await;
    let values = |studio: &Studio| -> Vec<String> {
        let steps = studio.session.recording(None).steps;
        steps
            .into_iter()
            .filter_map(|step| match step.kind {
                StepKind::Input(input) => Some(input.value),
                _ => None,
            })
            .collect()
    };
    for (action, phase) in [
        ("start", RecordingPhase::Recording),
        ("pause", RecordingPhase::Paused),
        ("resume", RecordingPhase::Recording),
    ] {
        studio
            .viewer
            .say(json!({"t": "record", "action": action}))
            .await;
        studio.state(|state| state.recording.state == phase).await;
    }
    studio.click("#name").await;
    for letter in ["A", "d", "a"] {
        studio
            .viewer
            .input(json!({"t": "text", "text": letter}))
            .await;
    }
    studio
        .holds("document.querySelector('#name').value === 'Ada'")
        .await;
    studio.session.settle().await;
    assert_eq!(values(&studio), ["Ada"]);
    studio.viewer.input(json!({"t": "text", "text": "!"})).await;
    studio
        .holds("document.querySelector('#name').value === 'Ada!'")
        .await;
    studio
        .viewer
        .say(json!({"t": "record", "action": "stop"}))
        .await;
    studio
        .state(|state| state.recording.state == RecordingPhase::Idle)
        .await;
    // What was saved stays; what is typed on is a step of its own, with the whole text.
    assert_eq!(values(&studio), ["Ada", "Ada!"]);
    drop(studio.close().await);
}

#[tokio::test]
async fn a_recording_knows_the_screen_it_began_on() {
    let mut studio = Studio::show("<button id=a>A</button>").await;
    // The other engines have no phone.
    let phone = engine() == Engine::Chromium;
    let screen = match phone {
        true => json!({"t": "viewport", "preset": "phone"}),
        false => json!({"t": "viewport", "width": 700, "height": 844}),
    };
    studio.viewer.say(screen).await;
    studio.state(|state| state.viewport.height == 844).await;
    studio.start_recording().await;
    studio
        .viewer
        .say(json!({"t": "viewport", "preset": "laptop"}))
        .await;
    step_of(&mut studio, "viewport").await;
    let recording = studio.session.recording(None);
    assert_eq!(recording.page_size(), (if phone { 390 } else { 700 }, 844));
    assert_eq!(
        (
            recording.device_pixel_ratio,
            recording.is_mobile,
            recording.has_touch
        ),
        match phone {
            true => (Some(3.0), Some(true), Some(true)),
            false => (Some(1.0), None, None),
        }
    );
    drop(studio.close().await);
}

#[tokio::test]
async fn a_recording_saved_in_haste_has_every_step() {
    let mut studio = Studio::show(
        "<body onclick='window.hits=(window.hits||0)+1'><button id=a>A</button><button id=b>B</button>",
    )
    .await;
    studio.start_recording().await;
    let (a, b) = (studio.middle("#a").await, studio.middle("#b").await);
    for at in [a, b, a, b, a, b, a, b] {
        studio.viewer.click(at).await;
    }
    // The page was clicked; its steps may still be on the way.
    studio.holds("window.hits === 8").await;
    studio.stop_recording().await;
    assert_eq!(studio.session.recording(None).steps.len(), 8);
    assert_eq!(studio.session.reports_waiting(), 0, "all is written down");
    drop(studio.close().await);
}

#[tokio::test]
async fn a_step_in_a_frame_that_came_and_went_while_others_were_kept_names_its_frame() {
    let server = Server::start().await;
    server.page("/frame", "<body style='margin:0'><button id=b style='width:200px;height:90px' onclick='setTimeout(() => parent.done(), 200)'>In</button>");
    server.page(
        "/",
        "<button id=a>A</button><p><button id=b>B</button><div id=room></div><script>
         let hits = 0;
         a.onclick = b.onclick = () => { if (++hits === 20) room.innerHTML = `<iframe id=f src=/frame style='width:300px;height:100px;border:0'></iframe>`; };
         window.done = () => { f.remove(); window.over = true; };</script>",
    );
    let mut studio = Studio::open(server, "/").await;
    studio.start_recording().await;
    // Two by turns: an engine takes clicks that follow fast on the same place for one double click.
    let (a, b) = (studio.middle("#a").await, studio.middle("#b").await);
    for _ in 0..10 {
        studio.viewer.click(a).await;
        studio.viewer.click(b).await;
    }
    studio
        .holds("document.querySelector('#f')?.contentDocument?.querySelector('#b') != null")
        .await;
    let (x, y) = studio.middle("#f").await;
    studio.viewer.click((x - 50.0, y)).await;
    studio.holds("window.over === true").await;
    studio.stop_recording().await;
    let steps = studio.session.recording(None).steps;
    assert_eq!(steps.len(), 21, "{:?}", kinds(&steps));
    let path = steps[20].frame_path();
    assert_eq!(path.len(), 1, "{:#?}", steps[20]);
    assert!(!path[0].selectors.is_empty(), "{path:?}");
    drop(studio.close().await);
}
