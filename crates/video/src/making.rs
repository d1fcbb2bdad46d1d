//! From a page at its first frame to a finished output.

use std::path::Path;
use std::time::Instant;

use browser::{ImageFormat, Progress};
use bytes::Bytes;
use data_encoding::HEXLOWER;
use sha2::{Digest as _, Sha256};

use crate::canvas;
use crate::draft::DraftFile;
use crate::encode::{Coded, Encoder};
use crate::error::RenderError;
use crate::job::{Output, PageOutput, PictureFormat, RenderJob};
use crate::made::Made;
use crate::rendered::{Rendered, RenderedPage, Way};
use crate::renderer::FramesDone;
use crate::side_by_side;
use crate::stage::{Next, Stage};
use crate::standalone;
use crate::warm::Warm;
use crate::watch::{Warning, Watch};

/// Makes the output of a job whose page is on the stage; `encoder` is one that was started for it. `begun` is when the job was.
pub(crate) async fn make(
    progress: &Progress,
    job: &RenderJob,
    target: &Path,
    tell: &mut (dyn FnMut(FramesDone) + Send),
    (warm, stage, others): (&Warm, &mut Stage, Vec<&mut Stage>),
    encoder: Option<Encoder>,
    begun: Instant,
) -> Result<Rendered, RenderError> {
    let (drawing, browser) = (Instant::now(), &warm.browser);
    let mut watch = Watch::default();
    let mut way = Way::BeginFrame;
    let made = match job.output {
        Output::Picture { format, frame, .. } => {
            let wanted = (format, frame);
            picture(progress, job, target, tell, stage, &mut watch, wanted).await?
        }
        Output::Film { format, frames, .. } => {
            let is_canvas =
                canvas::is_wanted(job) && canvas::open(progress, job, stage, &mut watch).await?;
            if is_canvas {
                way = Way::Canvas;
                let with = (Coded::start(job, target)?, &mut *stage, &mut watch);
                canvas::film(progress, job, with, tell).await?
            } else {
                let mut encoder = match encoder {
                    Some(encoder) => encoder,
                    None => Encoder::start(job, (format, frames), target)?,
                };
                let stages = std::iter::once(&mut *stage).chain(others).collect();
                let into = (&mut encoder, &mut watch);
                side_by_side::film(progress, job, stages, into, tell).await?;
                encoder.finish(progress).await?
            }
        }
    };
    let page = match job.page {
        PageOutput::Beside => Some(page(job, &target.with_extension("html"))?),
        PageOutput::None | PageOutput::Only => None,
    };
    let drawing = drawing.elapsed().as_secs_f64();
    let mut warnings = watch.warnings();
    let (width, height) = job.screen.pixels();
    if (made.width, made.height) != (width, height) {
        warnings.push(Warning::Padded);
    }
    if job.is_fast && way != Way::Canvas {
        warnings.push(Warning::WholePage);
    }
    stage.complaints.collect();
    Ok(Rendered {
        path: target.to_owned(),
        media_type: job.media_type(),
        width: made.width,
        height: made.height,
        frames: made.frames,
        fps: made.duration.map(|_| job.output.rate()),
        duration_ms: made.duration.map(|seconds| seconds * 1000.0),
        bytes: made.bytes,
        sha256: made.sha256,
        page,
        seed: job.seed.clone(),
        engine: browser.engine().to_string(),
        browser: format!("{} {}", browser.product(), browser.version()),
        gpu: warm.drawn_by.clone(),
        way,
        pages: side_by_side::pages(job),
        draws: stage.draws,
        warnings,
        console: stage.complaints.all(),
        elapsed_ms: begun.elapsed().as_millis().try_into().unwrap_or(u64::MAX),
        frames_per_second: f64::from(job.output.frames()) / drawing.max(f64::EPSILON),
    })
}

async fn picture(
    progress: &Progress,
    job: &RenderJob,
    target: &Path,
    tell: &mut (dyn FnMut(FramesDone) + Send),
    stage: &mut Stage,
    watch: &mut Watch,
    (format, frame): (PictureFormat, u32),
) -> Result<Made, RenderError> {
    let mut draft = DraftFile::beside(target)?;
    for index in 0..frame {
        // What is between is drawn too: observers of sizes and of what is in view are told by frames.
        let (_, going) = stage.draw_and_go_on(progress, None, Next::Wanted).await?;
        tell(FramesDone {
            done: index + 1,
            of: frame + 1,
        });
        if let Some(going) = going {
            stage.arrive(progress, going).await?;
        }
    }
    let bytes = shot(progress, stage, format).await?;
    watch
        .see(&bytes, format, job.screen.pixels())
        .map_err(RenderError::Picture)?;
    if bytes.len() as u64 > job.most_bytes {
        return Err(RenderError::TooLarge {
            most: job.most_bytes,
        });
    }
    let mut made = Made::of_picture(&bytes)?;
    if job.page == PageOutput::Only {
        let page = page(job, target)?;
        (made.bytes, made.sha256) = (page.bytes, page.sha256);
    } else {
        draft.write(&bytes)?;
        draft.publish()?;
    }
    tell(FramesDone {
        done: frame + 1,
        of: frame + 1,
    });
    Ok(made)
}

/// Writes the page itself.
fn page(job: &RenderJob, target: &Path) -> Result<RenderedPage, RenderError> {
    let page = standalone::page(job)?;
    if page.len() as u64 > job.most_bytes {
        return Err(RenderError::TooLarge {
            most: job.most_bytes,
        });
    }
    let mut draft = DraftFile::beside(target)?;
    draft.write(page.as_bytes())?;
    draft.publish()?;
    Ok(RenderedPage {
        path: target.to_owned(),
        bytes: page.len() as u64,
        sha256: HEXLOWER.encode(&Sha256::digest(page.as_bytes())),
    })
}

/// A picture of what the page shows now.
async fn shot(
    progress: &Progress,
    stage: &mut Stage,
    format: PictureFormat,
) -> Result<Bytes, RenderError> {
    let format = match format {
        PictureFormat::Png => ImageFormat::Png,
        PictureFormat::Jpeg { quality } => ImageFormat::Jpeg { quality },
        PictureFormat::Webp { quality } => ImageFormat::Webp { quality },
    };
    stage.picture(progress, format).await
}
