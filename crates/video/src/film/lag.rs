//! How late the browser's pictures are. A picture's time is when it was taken, which is a while after its page was drawn, and
//! that after whatever made it look so. How long depends on the machine, so it is measured on it, right before it is filmed.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use browser::{Page, Progress, Screencast, ScreencastOptions};

/// How often it is measured. The browser draws every sixtieth of a second, and a change waits for that by chance.
const PROBES: u32 = 9;

/// Pauses before a change, in milliseconds: none has the same place between two drawings as the one before. What changes within
/// two drawings of another change is drawn one later, and most of what happens in films comes after a rest: so do these.
const PAUSES: [u64; 3] = [45, 51, 57];

/// How long a picture may take.
const PATIENCE: Duration = Duration::from_secs(1);

/// More is no lag but a machine that is busy otherwise.
const MOST: Duration = Duration::from_millis(120);

/// The usual time from a change in a page to its picture, by a page that nobody sees. Nothing where it cannot be measured:
/// pictures then have the times that the browser gave them.
pub(crate) async fn measure(
    progress: &Progress,
    page: &Page,
    options: ScreencastOptions,
) -> Duration {
    let mut lags = Vec::new();
    match page.start_screencast(progress, options).await {
        Ok(mut cast) => {
            for probe in 0..PROBES {
                lags.extend(look(progress, page, &mut cast, probe).await);
            }
            if let Err(error) = cast.stop(progress).await {
                tracing::debug!(%error, "the pictures of the lag's page did not stop");
            }
        }
        Err(error) => tracing::debug!(%error, "the lag of pictures could not be measured"),
    }
    let _ = page.evaluate(progress, &code("")).await;
    lags.sort();
    // The middle: a change is drawn up to a sixtieth of a second after it was made, and so is at most half of that too early or
    // too late in the film. With the nearest frame of a film of 60 a second that is one frame.
    let usual = lags.get(lags.len() / 2).copied();
    usual.unwrap_or_default().min(MOST)
}

/// Changes the page, and waits for the picture that shows it.
async fn look(
    progress: &Progress,
    page: &Page,
    cast: &mut Screencast,
    probe: u32,
) -> Option<Duration> {
    let pause = PAUSES[probe as usize % PAUSES.len()];
    tokio::time::sleep(Duration::from_millis(pause)).await;
    // The page is white at first.
    let is_white = !probe.is_multiple_of(2);
    let colour = if is_white { "#fff" } else { "#000" };
    let changed = page.evaluate(progress, &code(colour)).await.ok()?;
    let changed = UNIX_EPOCH + Duration::from_secs_f64(changed.as_f64()? / 1000.0);
    let limited = progress.within(PATIENCE);
    loop {
        let picture = limited.race("waiting for a picture", cast.next()).await;
        let picture = picture.ok()??;
        let seen = raster::decode_jpeg(&picture.jpeg).ok()?;
        if seen
            .pixels
            .first()
            .is_some_and(|red| (*red > 127) == is_white)
        {
            return since(changed, picture.timestamp);
        }
    }
}

fn since(changed: SystemTime, taken: SystemTime) -> Option<Duration> {
    taken.duration_since(changed).ok()
}

/// Makes the page one colour, and says when that was by the calendar, in milliseconds.
fn code(colour: &str) -> String {
    format!(
        "document.documentElement.style.background = '{colour}'; performance.timeOrigin + performance.now()"
    )
}
