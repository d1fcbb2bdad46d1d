//! What goes wrong says what and where, and leaves nothing behind.

use std::time::Duration;

use browser::Progress;
use video::{Clock, FilmError, FilmEvent, Look, StepFault, Storyboard, film};

use crate::support::{Set, probed, small};

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
