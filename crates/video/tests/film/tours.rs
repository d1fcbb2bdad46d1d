//! Generated tours of a real page.

use std::time::Duration;

use browser::Progress;
use video::{Action, FilmError, Look, Preset, Storyboard, Template, TourOrder, tour};

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
async fn a_template_is_filmed_and_at_least_as_long_as_it_says() {
    let set = Set::new(LANDING);
    let board = make(&set, Template::Hero, 3).await.unwrap();
    let filmed = set
        .film(&small(board, Look::default()), "a.mp4")
        .await
        .unwrap();
    let seconds = filmed.duration_ms / 1000.0;
    // Its six parts, and what a performance adds around and between them.
    // On a busy machine it takes longer, and the film shows that.
    assert!(seconds >= 10.0, "{seconds}");
}
