//! A film drawn by several pages at once: each shows all of its frames and takes the pictures of its share, one by turns. Most
//! of a frame's time goes into its picture, so that this is faster where there are cores for it. The film has the same bytes as
//! that of one page, and needs no more memory for being longer.

use browser::{Browser, ImageFormat, Progress};
use bytes::Bytes;
use futures_util::future::{join_all, try_join_all};
use tokio::sync::mpsc;

use crate::encode::Encoder;
use crate::error::RenderError;
use crate::job::{Output, PictureFormat, RenderJob};
use crate::ready::{Ready, Shape};
use crate::renderer::FramesDone;
use crate::stage::{Next, NotOpened, Stage};
use crate::warm::Warm;
use crate::watch::Watch;

/// Between two frames of which every page takes a picture: they have to be the same.
const COMPARE_EVERY: u32 = 60;

/// Pictures of a page that wait for those of the others.
const AHEAD: usize = 2;

/// How many pages a job is drawn by.
pub(crate) fn pages(job: &RenderJob) -> u32 {
    match job.output {
        Output::Film { frames, .. } if !job.is_fast && !job.is_real_time => {
            job.parallel.min(frames)
        }
        // The browser's own encoder has to see every frame.
        Output::Film { .. } | Output::Picture { .. } => 1,
    }
}

/// A page besides the first, in a browser of its own: a browser draws one page on command, and no second one.
pub(crate) struct Other {
    browser: Browser,
    pub(crate) stage: Stage,
}

/// The processes of their browsers.
pub(crate) fn pids(others: &[Other]) -> impl Iterator<Item = u32> {
    others.iter().map(|other| other.browser.pid())
}

/// Opens more pages with the job, in browsers that `launch` starts. When one does not open, all are closed.
pub(crate) async fn open<Launched: Future<Output = Result<Warm, RenderError>>>(
    progress: &Progress,
    job: &RenderJob,
    launch: impl Fn() -> Launched,
) -> Result<Vec<Other>, RenderError> {
    let opening = (1..pages(job)).map(|_| async {
        let warm = launch().await?;
        let ready = Ready::open(progress, &warm.browser, Shape::of(job), None).await;
        let opened = match ready {
            Ok(ready) => {
                let opened = Stage::open(progress, ready, job).await;
                opened.map_err(|NotOpened { error, .. }| error)
            }
            Err(error) => Err(error),
        };
        match opened {
            Ok(stage) => Ok(Other {
                browser: warm.browser,
                stage,
            }),
            Err(error) => {
                warm.browser.close().await;
                Err(error)
            }
        }
    });
    let mut others = Vec::new();
    let mut failed = None;
    for opened in join_all(opening).await {
        match opened {
            Ok(other) => others.push(other),
            Err(error) => failed = Some(error),
        }
    }
    let Some(error) = failed else {
        return Ok(others);
    };
    close(others).await;
    Err(error)
}

pub(crate) async fn close(others: Vec<Other>) {
    join_all(others.iter().map(|other| other.browser.close())).await;
}

/// Puts all frames into the encoder.
///
/// # Errors
/// [`RenderError::Apart`] when a page shows something else than the others.
pub(crate) async fn film(
    progress: &Progress,
    job: &RenderJob,
    stages: Vec<&mut Stage>,
    (encoder, watch): (&mut Encoder, &mut Watch),
    tell: &mut (dyn FnMut(FramesDone) + Send),
) -> Result<(), RenderError> {
    let frames = job.output.frames();
    let pages = u32::try_from(stages.len()).unwrap_or(u32::MAX);
    let mut reels = Vec::new();
    let mut drawing = Vec::new();
    for (stage, page) in stages.into_iter().zip(0..) {
        let (sender, reel) = mpsc::channel(AHEAD);
        let turns = Turns {
            page,
            pages,
            frames,
        };
        reels.push((turns, reel));
        drawing.push(draw(progress, stage, turns, sender));
    }
    let cutting = async {
        for index in 0..frames {
            let mut picture = None;
            for (turns, reel) in &mut reels {
                if !turns.has(index) {
                    continue;
                }
                // Its page says why it sends no more.
                let Some(bytes) = reel.recv().await else {
                    return Ok(());
                };
                match &picture {
                    Some(other) if *other != bytes => {
                        return Err(RenderError::Apart { frame: index });
                    }
                    _ => picture = Some(bytes),
                }
            }
            if let Some(bytes) = picture {
                watch
                    .see(&bytes, PictureFormat::Png, job.screen.pixels())
                    .map_err(RenderError::Picture)?;
                encoder.frame(progress, bytes).await?;
            }
            let done = index + 1;
            tell(FramesDone { done, of: frames });
        }
        Ok(())
    };
    tokio::try_join!(cutting, try_join_all(drawing)).map(drop)
}

/// Whose turn it is.
#[derive(Clone, Copy)]
struct Turns {
    page: u32,
    pages: u32,
    frames: u32,
}

impl Turns {
    /// Whether the page takes a picture of this frame.
    fn has(self, frame: u32) -> bool {
        let is_compared = frame.is_multiple_of(COMPARE_EVERY) || frame + 1 == self.frames;
        is_compared || frame % self.pages == self.page
    }
}

async fn draw(
    progress: &Progress,
    stage: &mut Stage,
    turns: Turns,
    pictures: mpsc::Sender<Bytes>,
) -> Result<(), RenderError> {
    for index in 0..turns.frames {
        let next = match index + 1 < turns.frames {
            true => Next::Wanted,
            false => Next::None,
        };
        let wanted = turns.has(index).then_some(ImageFormat::Png);
        let (picture, going) = stage.draw_and_go_on(progress, wanted, next).await?;
        if let Some(picture) = picture
            && pictures.send(picture).await.is_err()
        {
            // Nobody wants more of them, and says why.
            return Ok(());
        }
        if let Some(going) = going {
            stage.arrive(progress, going).await?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_frame_has_one_page_and_some_have_all() {
        for pages in 1..=8 {
            let frames = 130;
            for frame in 0..frames {
                let takers = (0..pages).filter(|&page| {
                    Turns {
                        page,
                        pages,
                        frames,
                    }
                    .has(frame)
                });
                let takers = takers.count();
                match frame {
                    0 | 60 | 120 | 129 => assert_eq!(takers, pages as usize, "{frame}"),
                    _ => assert_eq!(takers, 1, "{frame}"),
                }
            }
        }
    }
}
