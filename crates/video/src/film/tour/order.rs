//! Looks at a page and makes a storyboard of it.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use browser::{Progress, World};

use super::element::Scan;
use super::make;
use super::room::Room;
use crate::film::error::FilmError;
use crate::film::look::{Layout, Look};
use crate::film::opening::{launch, open};
use crate::film::order::{FilmOrder, Script, Setup};
use crate::film::pace::Pace;
use crate::film::storyboard::Storyboard;

/// What the page is asked, with what of it scrolls.
const SCAN: &str = concat!(
    "(() => {",
    include_str!("../scroller.js"),
    include_str!("scan.js"),
    "return scan(); })()"
);

/// What kind of film is made of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Template {
    /// Its best elements, from the beginning to the end.
    #[default]
    Tour,
    /// What it shows first.
    Hero,
    /// Its headings.
    Features,
    /// All of it, a screen at a time.
    Page,
}

impl Template {
    /// How long it is when nobody says.
    pub const fn usual(self) -> Duration {
        Duration::from_secs(match self {
            Self::Tour => 30,
            Self::Hero => 10,
            Self::Features => 15,
            Self::Page => 20,
        })
    }
}

/// A tour to make.
#[derive(Debug, Clone)]
pub struct TourOrder {
    /// Of which page.
    pub url: String,
    /// What kind.
    pub template: Template,
    /// How long; as long as its kind usually is when left out.
    pub duration: Option<Duration>,
    /// What decides between equals. The same page and seed give the same tour.
    pub seed: u64,
    /// The film's setup: pages look different on other screens.
    pub setup: Setup,
    /// The film's look: a window leaves the page less room.
    pub look: Look,
    /// How fast the film will go: slower steps are fewer.
    pub pace: Pace,
    /// The browser's program; searched for when left out.
    pub executable: Option<PathBuf>,
    /// The proxy through which the page reaches the network.
    pub proxy: Option<SocketAddr>,
}

/// Opens the page and makes a storyboard of what is worth showing.
///
/// # Errors
/// When the page cannot be opened or read.
pub async fn tour(progress: &Progress, order: &TourOrder) -> Result<Storyboard, FilmError> {
    order.setup.check()?;
    let film = FilmOrder {
        setup: order.setup,
        look: order.look.clone(),
        executable: order.executable.clone(),
        proxy: order.proxy,
        ..FilmOrder::new(Script::Storyboard(Storyboard {
            url: Some(order.url.clone()),
            ..Storyboard::default()
        }))
    };
    let browser = launch(progress, &film, None).await?;
    let layout = Layout::of(order.setup, order.look.frame);
    let scanned = async {
        let (_, page, _) = open(progress, &film, &browser, layout).await?;
        page.main_frame()
            .evaluate(progress, World::Isolated, SCAN)
            .await
            .map_err(|source| FilmError::browser("looking at the page", source))
    }
    .await;
    browser.close().await;
    let scan: Scan = serde_json::from_value(scanned?)
        .map_err(|error| FilmError::Setup(format!("the page cannot be read: {error}")))?;
    let duration = order.duration.unwrap_or_else(|| order.template.usual());
    let room = Room::of(duration, order.pace);
    Ok(make::storyboard(
        &scan,
        order.template,
        room,
        order.seed,
        &order.url,
    ))
}
