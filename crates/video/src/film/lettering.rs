//! Words as pictures, for films that no camera makes.

use std::path::PathBuf;
use std::time::Duration;

use browser::Progress;

use crate::film::cards::{Cards, Plate, Plated};
use crate::film::error::FilmError;
use crate::film::look::{Frame, Layout, Look};
use crate::film::opening;
use crate::film::order::Setup;

/// How long leaving may take.
const CLOSE_LIMIT: Duration = Duration::from_secs(5);

/// Draws plates for a film with this setup, in order, in one browser that opens no site.
pub(crate) async fn letter(
    progress: &Progress,
    setup: Setup,
    executable: Option<PathBuf>,
    plates: &[Plate<'_>],
) -> Result<Vec<Plated>, FilmError> {
    let browser = opening::drawing(progress, setup, executable).await?;
    let drawn = async {
        let layout = Layout::of(setup, Frame::None);
        let cards = Cards::open(progress, &browser, layout, &Look::plain()).await?;
        let mut drawn = Vec::new();
        for plate in plates {
            drawn.push(cards.plate(progress, plate).await?);
        }
        cards.close(&progress.within(CLOSE_LIMIT)).await;
        Ok(drawn)
    }
    .await;
    browser.close().await;
    drawn
}
