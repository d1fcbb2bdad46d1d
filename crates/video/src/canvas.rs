//! The faster way for films of a page that is one canvas: the browser encodes the canvas itself, without drawing the page.
//! That it shows the same is not believed but compared, with pictures of the page, at its first frame, at its last one and
//! between.

use browser::{ImageFormat, Progress};
use bytes::Bytes;
use data_encoding::BASE64;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::encode::Coded;
use crate::error::RenderError;
use crate::job::{FrameRate, PictureFormat, RenderJob};
use crate::made::Made;
use crate::renderer::FramesDone;
use crate::stage::Stage;
use crate::watch::Watch;

/// Frames that the page makes before it says how far it is. An endless loop is found as soon as among single frames.
const BATCH: u32 = 10;

/// Frames from one comparison with the page to the next: whole batches.
const COMPARE_EVERY: u32 = 120;

/// Bits for each pixel of each frame, at most: what x264 takes for drawings at the quality of the other way.
const BITS: f64 = 0.3;

/// Bits a second that small films have all the same: their first picture is worth as much as that of a large one.
const LEAST_BITS: f64 = 4_000_000.0;

/// H.264, high profile, at a level that all sizes fit into.
const CODEC: &str = "avc1.640033";

/// Bytes of a frame that differs from the one before; the encoder says "the same" in fewer, when it has made the first
/// picture as good as it can, which takes it some frames.
const NEWS: usize = 200;
const SETTLED: u32 = 30;

#[derive(Deserialize)]
struct Batch {
    draws: u64,
    /// In Base64.
    chunks: Vec<String>,
}

/// Whether a job asks for it and has a size that the encoder takes. It is an MP4 then: no other is read as a job.
pub(crate) fn is_wanted(job: &RenderJob) -> bool {
    let (width, height) = job.screen.pixels();
    job.is_fast && width % 2 == 0 && height % 2 == 0
}

/// Looks whether the page is one canvas, and gets its encoder ready.
pub(crate) async fn open(
    progress: &Progress,
    job: &RenderJob,
    stage: &mut Stage,
    watch: &mut Watch,
) -> Result<bool, RenderError> {
    let (width, height) = job.screen.pixels();
    let rate = job.output.rate().per_second();
    let bitrate = (f64::from(width) * f64::from(height) * rate * BITS)
        .round()
        .max(LEAST_BITS);
    let config = json!({
        "codec": CODEC,
        "width": width,
        "height": height,
        "framerate": rate,
        "bitrate": bitrate,
        "bitrateMode": "variable",
        "latencyMode": "quality",
        "avc": { "format": "annexb" },
    });
    let group = group(job.output.rate());
    let open = format!("__proscenium_stage.canvas.open({config}, {group})");
    let Value::String(picture) = stage.ask_for_canvas(progress, &open).await? else {
        return Ok(false);
    };
    shows(progress, job, stage, watch, &picture).await
}

/// Makes the film of a page that has [shown](open) that it is one canvas, at its first frame.
///
/// # Errors
/// [`RenderError::Unequal`] when the page shows something else than its canvas.
pub(crate) async fn film(
    progress: &Progress,
    job: &RenderJob,
    (mut encoder, stage, watch): (Coded, &mut Stage, &mut Watch),
    tell: &mut (dyn FnMut(FramesDone) + Send),
) -> Result<Made, RenderError> {
    let frames = job.output.frames();
    let mut done = 0;
    while done < frames {
        let count = BATCH.min(frames - done);
        let times: Vec<Option<f64>> = (done..done + count)
            .map(|frame| (frame > 0).then(|| stage.time_of(frame)))
            .collect();
        let film = format!("__proscenium_stage.canvas.film({done}, {})", json!(times));
        let batch = stage.ask_for_canvas(progress, &film).await?;
        done += count;
        stage.is_at(done - 1);
        if batch.is_null() {
            return Err(RenderError::Unequal { frame: done - 1 });
        }
        send(progress, &mut encoder, stage, watch, batch).await?;
        if done.is_multiple_of(COMPARE_EVERY) || done == frames {
            let picture = "__proscenium_stage.canvas.picture()";
            let same = match stage.ask_for_canvas(progress, picture).await? {
                Value::String(picture) => shows(progress, job, stage, watch, &picture).await?,
                _ => false,
            };
            if !same {
                return Err(RenderError::Unequal { frame: done - 1 });
            }
        }
        tell(FramesDone { done, of: frames });
    }
    let finish = "__proscenium_stage.canvas.finish()";
    let rest = stage.ask_for_canvas(progress, finish).await?;
    send(progress, &mut encoder, stage, watch, rest).await?;
    encoder.finish(progress).await
}

async fn send(
    progress: &Progress,
    encoder: &mut Coded,
    stage: &mut Stage,
    watch: &mut Watch,
    batch: Value,
) -> Result<(), RenderError> {
    let odd = |why: &str| RenderError::Encoder {
        said: format!("the browser's encoder: {why}"),
    };
    let batch: Batch = serde_json::from_value(batch).map_err(|error| odd(&error.to_string()))?;
    stage.draws = batch.draws;
    for chunk in &batch.chunks {
        let bytes = BASE64
            .decode(chunk.as_bytes())
            .map_err(|error| odd(&error.to_string()))?;
        let frame = encoder.frames();
        // Where a player can begin, a whole picture stands.
        let is_whole = frame.is_multiple_of(group(stage.rate()));
        if frame > SETTLED && !is_whole && bytes.len() > NEWS {
            watch.moves();
        }
        encoder.chunk(progress, Bytes::from(bytes)).await?;
    }
    Ok(())
}

/// Frames from one whole picture to the next: a player can seek to every second second.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a rate is at most 240"
)]
fn group(rate: FrameRate) -> u32 {
    (rate.per_second() * 2.0).ceil() as u32
}

/// Whether the page shows what its canvas holds, to the pixel.
async fn shows(
    progress: &Progress,
    job: &RenderJob,
    stage: &mut Stage,
    watch: &mut Watch,
    canvas: &str,
) -> Result<bool, RenderError> {
    let page = stage.picture(progress, ImageFormat::Png).await?;
    watch
        .see(&page, PictureFormat::Png, job.screen.pixels())
        .map_err(RenderError::Picture)?;
    let Ok(canvas) = BASE64.decode(canvas.as_bytes()) else {
        return Ok(false);
    };
    let read = |bytes: &[u8]| {
        let picture = image::load_from_memory_with_format(bytes, image::ImageFormat::Png);
        picture.map(image::DynamicImage::into_rgba8)
    };
    let (page, canvas) = (read(&page), read(&canvas));
    Ok(page.map_err(RenderError::Picture)? == canvas.map_err(RenderError::Picture)?)
}
