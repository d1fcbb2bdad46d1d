//! What goes wrong says what and where, and leaves nothing behind.

use std::sync::Arc;
use std::time::Duration;

use browser::{BrowserError, Progress};
use video::{
    Clock, FilmError, FilmEvent, Look, Performance, Performer, Performing, Script, StepFault,
    Storyboard, film,
};

use crate::support::{Set, kill_browser, kill_pages, probed, small};

const PAGE: &str = "<!doctype html><h1>Here</h1><input aria-label=Name readonly>";

#[tokio::test]
async fn an_unknown_element_is_named_with_its_step_and_nothing_is_left() {
    let set = Set::new(PAGE);
    std::fs::write(set.path("a.mp4"), "older").unwrap();
    let storyboard = set.storyboard("  - hover: h1\n  - click: '#nowhere'\n");
    let order = small(storyboard, Look::plain());
    let error = set.film(&order, "a.mp4").await.unwrap_err();
    assert!(error.is_of_the_script());
    assert_eq!(error.to_string(), "step 2 (click #nowhere)");
    let FilmError::Step {
        source: StepFault::Element { reason, .. },
        ..
    } = &error
    else {
        panic!("{error:?}");
    };
    assert_eq!(reason, "not-found");
    // What was there before is still there, and nothing else is.
    assert_eq!(set.files(), ["a.mp4"]);
    assert_eq!(std::fs::read(set.path("a.mp4")).unwrap(), b"older");
}

#[tokio::test]
async fn what_led_to_a_step_that_failed_is_a_film_of_its_own_when_it_is_wanted() {
    let set = Set::new(PAGE);
    let steps = "  - chapter: First\n  - hover: h1\n  - type: Ada\n    into: '#nowhere'\n";
    for clock in [Clock::Real, Clock::Virtual] {
        let mut order = small(set.storyboard(steps), Look::plain());
        order.clock = clock;
        order.footage = Some(set.path("a.failed.mp4"));
        let error = set.film(&order, "a.mp4").await.unwrap_err();
        assert!(
            matches!(error, FilmError::Step { number: 3, .. }),
            "{error:?}"
        );
        assert_eq!(set.files(), ["a.failed.mp4"]);
        let said = probed(&set.path("a.failed.mp4"));
        let seconds: f64 = said["format"]["duration"]
            .as_str()
            .unwrap()
            .parse()
            .unwrap();
        // The pointer's way to the heading, and the time for which the element was looked for.
        assert!(seconds > 1.5, "{seconds}");
        assert_eq!(said["chapters"][0]["tags"]["title"], "First");
    }
    // A script that cannot even begin leaves none.
    std::fs::remove_file(set.path("a.failed.mp4")).unwrap();
    let mut order = small(
        Storyboard::parse("url: http://127.0.0.1:9/\nsteps: []").unwrap(),
        Look::plain(),
    );
    order.footage = Some(set.path("a.failed.mp4"));
    set.film(&order, "a.mp4").await.unwrap_err();
    assert_eq!(set.files(), Vec::<String>::new());
}

#[tokio::test]
async fn a_site_that_does_not_answer_is_named() {
    let set = Set::new(PAGE);
    // Nobody listens on a port that has just been given back.
    let port = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port();
    let storyboard =
        Storyboard::parse(&format!("url: http://127.0.0.1:{port}/\nsteps: []")).unwrap();
    let order = small(storyboard, Look::plain());
    let error = set.film(&order, "a.mp4").await.unwrap_err();
    assert!(matches!(error, FilmError::Site { .. }), "{error:?}");
    assert!(error.to_string().contains(&port.to_string()), "{error}");
    assert_eq!(set.files(), Vec::<String>::new());
}

#[tokio::test]
async fn a_cancelled_film_ends_at_once_and_leaves_nothing() {
    let set = Set::new(PAGE);
    let order = small(set.storyboard("  - pause: 60s\n"), Look::plain());
    let progress = Progress::with_timeout(Duration::from_secs(60));
    let cancel = progress.cancel_token().clone();
    let tell = move |event| {
        if matches!(event, FilmEvent::Step { .. }) {
            cancel.cancel();
        }
    };
    let error = film(&progress, &order, &set.path("a.mp4"), tell)
        .await
        .unwrap_err();
    assert!(matches!(error, FilmError::Cancelled), "{error:?}");
    assert_eq!(set.files(), Vec::<String>::new());
}

#[tokio::test]
async fn a_film_that_takes_too_long_says_so() {
    let set = Set::new(PAGE);
    let mut order = small(set.storyboard("  - pause: 60s\n"), Look::plain());
    order.time_limit = Duration::from_secs(4);
    let error = set.film(&order, "a.mp4").await.unwrap_err();
    assert!(matches!(error, FilmError::TimeLimit(_)), "{error:?}");
    assert_eq!(set.files(), Vec::<String>::new());
}

#[tokio::test]
async fn what_was_filmed_until_the_time_was_over_is_kept_when_it_is_wanted() {
    let set = Set::new(PAGE);
    for clock in [Clock::Real, Clock::Virtual] {
        let mut order = small(
            set.storyboard("  - chapter: First\n  - pause: 300s\n"),
            Look::plain(),
        );
        order.clock = clock;
        order.time_limit = Duration::from_secs(8);
        order.footage = Some(set.path("a.failed.mp4"));
        let error = set.film(&order, "a.mp4").await.unwrap_err();
        assert!(matches!(error, FilmError::TimeLimit(_)), "{error:?}");
        assert_eq!(set.files(), ["a.failed.mp4"]);
        let said = probed(&set.path("a.failed.mp4"));
        assert_eq!(said["chapters"][0]["tags"]["title"], "First");
        std::fs::remove_file(set.path("a.failed.mp4")).unwrap();
    }
}

#[tokio::test]
async fn what_led_to_a_step_that_the_film_itself_broke_off_is_kept_too() {
    let set = Set::new(PAGE);
    let mut order = small(set.storyboard("  []\n"), Look::plain());
    order.script = Script::Performance(Arc::new(Broken));
    order.footage = Some(set.path("a.failed.mp4"));
    let error = set.film(&order, "a.mp4").await.unwrap_err();
    assert!(
        matches!(error, FilmError::Step { number: 1, .. }),
        "{error:?}"
    );
    assert_eq!(set.files(), ["a.failed.mp4"]);
}

/// Fails by what the film needs, and not by what the page is.
#[derive(Debug)]
struct Broken;

impl Performance for Broken {
    fn opening(&self) -> Option<String> {
        None
    }

    fn perform<'a>(&'a self, progress: &'a Progress, performer: &'a Performer) -> Performing<'a> {
        Box::pin(async move {
            performer
                .pause(progress, Duration::from_millis(500))
                .await?;
            let late = FilmError::NoPicture(Duration::from_secs(1));
            Err(FilmError::Step {
                number: 1,
                what: "look".to_owned(),
                source: late.into(),
            })
        })
    }
}

/// Films a storyboard whose browser is killed as soon as its second step begins.
async fn filmed_without_a_browser(
    set: &Set,
    steps: &str,
    clock: Clock,
    which: &'static str,
) -> FilmError {
    let mut order = small(set.storyboard(steps), Look::plain());
    order.clock = clock;
    order.footage = Some(set.path("a.failed.mp4"));
    let progress = Progress::with_timeout(Duration::from_secs(100));
    let tell = move |event| {
        if matches!(event, FilmEvent::Step { number: 2, .. }) {
            kill_browser(which);
        }
    };
    let path = set.path("a.mp4");
    let filmed = tokio::time::timeout(
        Duration::from_secs(45),
        film(&progress, &order, &path, tell),
    );
    let filmed = filmed
        .await
        .expect("the film waits for a browser that has gone");
    filmed.unwrap_err()
}

#[tokio::test]
async fn a_browser_that_is_killed_ends_the_film_at_once_and_no_step_is_to_blame() {
    let set = Set::new(PAGE);
    for (steps, clock, which) in [
        (
            "  - hover: h1\n  - click: '#nowhere'\n",
            Clock::Real,
            "--oldest",
        ),
        ("  - hover: h1\n  - pause: 300s\n", Clock::Real, "--oldest"),
        (
            "  - hover: h1\n  - caption: Here\n",
            Clock::Virtual,
            "--oldest",
        ),
        // The one that draws what is around the page.
        (
            "  - hover: h1\n  - pause: 300s\n",
            Clock::Virtual,
            "--newest",
        ),
    ] {
        let error = filmed_without_a_browser(&set, steps, clock, which).await;
        assert!(
            matches!(error, FilmError::Browser { .. }),
            "{steps}: {error:?}"
        );
        assert!(!error.is_of_the_script());
        assert_eq!(set.files(), Vec::<String>::new());
    }
}

#[tokio::test]
async fn a_page_that_crashes_in_a_pause_ends_the_film_at_once() {
    let set = Set::new(PAGE);
    let order = small(
        set.storyboard("  - hover: h1\n  - pause: 300s\n"),
        Look::plain(),
    );
    let progress = Progress::with_timeout(Duration::from_secs(100));
    let path = set.path("a.mp4");
    let tell = |event| {
        if matches!(event, FilmEvent::Step { number: 2, .. }) {
            kill_pages();
        }
    };
    let filmed = tokio::time::timeout(
        Duration::from_secs(45),
        film(&progress, &order, &path, tell),
    );
    let error = filmed.await.unwrap().unwrap_err();
    assert!(
        matches!(
            error,
            FilmError::Browser {
                source: BrowserError::TargetCrashed,
                ..
            }
        ),
        "{error:?}"
    );
}
