//! Generated tours of a real page.

use std::time::Duration;

use browser::Progress;
use video::{
    Action, Clock, FilmError, Look, Pace, Preset, Scroll, Step, Storyboard, Template, TourOrder,
    tour,
};

use crate::support::{Set, small};

const LANDING: &str = include_str!("../../../../examples/site/landing.html");

async fn make(set: &Set, template: Template, seed: u64) -> Result<Storyboard, FilmError> {
    let progress = Progress::with_timeout(Duration::from_secs(60));
    let order = TourOrder {
        proxy: None,
        url: set.url(),
        template,
        duration: None,
        seed,
        setup: Preset::Medium.setup(),
        look: Look::default(),
        pace: Pace::default(),
        executable: None,
    };
    tour(&progress, &order).await
}

#[tokio::test]
async fn a_tour_shows_the_best_of_a_page_and_leaves_alone_what_cannot_be_undone() {
    let set = Set::new(LANDING);
    let board = make(&set, Template::Tour, 3).await.unwrap();
    let yaml = board.to_yaml().unwrap();
    assert!(yaml.contains("Get started"), "{yaml}");
    for word in ["Log out", "sign-out", "Delete", "remove"] {
        assert!(!yaml.contains(word), "{word}: {yaml}");
    }
    let chapters = board
        .steps
        .iter()
        .filter(|step| matches!(step.action, Action::Chapter(_)));
    assert!(chapters.count() >= 2, "{yaml}");
    assert_eq!(Storyboard::parse(&yaml).unwrap(), board);
    assert_eq!(make(&set, Template::Tour, 3).await.unwrap(), board);
}

/// Describing one of its elements with all that names it takes as long as a small page altogether.
#[tokio::test]
async fn a_page_of_sixty_thousand_elements_is_toured_and_filmed() {
    let rows: String = (0..20_000)
        .map(|row| format!("<p id=r{row}>Row {row} <a href=#r{row}>link {row}</a> <button>Button {row}</button>"))
        .collect();
    let set = Set::new(format!("<h1>All rows</h1>{rows}").leak());
    let board = make(&set, Template::Tour, 1).await.unwrap();
    assert!(board.steps.len() > 3, "{board:?}");
    let board = set.storyboard("  - hover: '#r9000 a'\n");
    let filmed = set
        .film(&small(board, Look::default()), "a.mp4")
        .await
        .unwrap();
    assert!(
        (2000.0..20_000.0).contains(&filmed.duration_ms),
        "{filmed:?}"
    );
}

#[tokio::test]
async fn what_scrolls_in_place_of_the_window_is_toured_to_its_end() {
    let set = Set::new(
        "<style>body { margin: 0; overflow: hidden } main { height: 100vh; overflow: auto } p { height: 1800px }</style>\
        <main><h1>Above</h1><p></p><h2>In the middle</h2><p></p><h2>At the end</h2></main>",
    );
    let page = make(&set, Template::Page, 1).await.unwrap();
    let down: f64 = page.steps.iter().filter_map(by).sum();
    assert!((3000.0..3600.0).contains(&down), "{down}");
    let tour = make(&set, Template::Tour, 1).await.unwrap();
    let shown = tour.to_yaml().unwrap();
    let places = ["Above", "In the middle", "At the end"].map(|words| shown.find(words));
    assert!(places.is_sorted() && places[0].is_some(), "{shown}");
}

fn by(step: &Step) -> Option<f64> {
    match step.action {
        Action::Scroll(Scroll::By(far)) => Some(far),
        _ => None,
    }
}

#[tokio::test]
async fn templates_are_as_long_as_they_say_when_they_are_filmed() {
    let set = Set::new(LANDING);
    for template in [Template::Hero, Template::Page] {
        let board = make(&set, template, 3).await.unwrap();
        let mut order = small(board, Look::default());
        // By the real clock a busy machine takes longer.
        order.clock = Clock::Virtual;
        let filmed = set.film(&order, "a.mp4").await.unwrap();
        let (seconds, asked) = (filmed.duration_ms / 1000.0, template.usual().as_secs_f64());
        assert!(
            (seconds / asked - 1.0).abs() < 0.1,
            "{template:?}: {seconds}"
        );
    }
}
