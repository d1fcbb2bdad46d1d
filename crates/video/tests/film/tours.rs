//! Generated tours of a real page.

use std::time::Duration;

use browser::Progress;
use video::{Action, Clock, FilmError, Look, Preset, Storyboard, Template, TourOrder, tour};

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
