//! Pictures of a page. The inspector makes them of the page's own content, whether or not the page is drawn anew: the
//! Automation domain's hang where nothing changes.

use std::io::Cursor;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use image::codecs::jpeg::JpegEncoder;
use serde::Deserialize;
use serde_json::json;

use crate::Result;
use crate::capability::Capability;
use crate::cdp::frame::World;
use crate::cdp::screenshot::{Clip, ImageFormat, ScreenshotOptions, ScreenshotScale};
use crate::drive::driver::{Answer, unsupported};
use crate::error::BrowserError;
use crate::ids::FrameId;
use crate::options::Engine;
use crate::webkit::wire::Wire;

const SNAPSHOT: &str = "Page.snapshotRect";

/// What there is to take a picture of.
const EXTENT: &str = "[Math.max(document.documentElement?.scrollWidth ?? 0, innerWidth), \
    Math.max(document.documentElement?.scrollHeight ?? 0, innerHeight), innerWidth, innerHeight, devicePixelRatio]";

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Snapshot {
    #[serde(rename = "dataURL")]
    data_url: String,
}

pub(crate) fn take(wire: Arc<Wire>, options: ScreenshotOptions) -> Answer<Bytes> {
    if matches!(options.format, ImageFormat::Webp { .. }) {
        return unsupported(Engine::WebKit, Capability::WebpScreenshots);
    }
    Box::pin(async move {
        let main = FrameId::from(wire.id.as_str());
        let extent = wire.evaluate(&main, World::Isolated, EXTENT).await?;
        let [full_width, full_height, width, height, ratio]: [f64; 5] =
            serde_json::from_value(extent).map_err(|_| BrowserError::ContextDestroyed)?;
        let whole = if options.full_page {
            (full_width, full_height)
        } else {
            (width, height)
        };
        let clip = options.clip.unwrap_or(Clip {
            x: 0.0,
            y: 0.0,
            width: whole.0,
            height: whole.1,
        });
        let params = json!({
            "x": clip.x.round() as i64,
            "y": clip.y.round() as i64,
            "width": clip.width.round() as i64,
            "height": clip.height.round() as i64,
            "coordinateSystem": if options.full_page { "Page" } else { "Viewport" },
        });
        let snapshot = wire.send::<Snapshot>(SNAPSHOT, &params).await?;
        let png = snapshot
            .data_url
            .split_once("base64,")
            .and_then(|(_, data)| STANDARD.decode(data).ok())
            .ok_or_else(|| unreadable("it is no picture"))?;
        let shrink = (options.scale == ScreenshotScale::Css && ratio > 1.0).then_some(ratio);
        if options.format == ImageFormat::Png && shrink.is_none() {
            return Ok(png.into());
        }
        // Large pictures take long to encode, and the runtime's threads have other things to do.
        let encoding = tokio::task::spawn_blocking(move || encode(&png, options.format, shrink));
        encoding
            .await
            .unwrap_or_else(|error| Err(unreadable(&error.to_string())))
    })
}

fn encode(png: &[u8], format: ImageFormat, shrink: Option<f64>) -> Result<Bytes> {
    let broken = |error: image::ImageError| unreadable(&error.to_string());
    let mut picture =
        image::load_from_memory_with_format(png, image::ImageFormat::Png).map_err(broken)?;
    if let Some(ratio) = shrink {
        let side = |pixels: u32| (f64::from(pixels) / ratio).round().max(1.0) as u32;
        let (width, height) = (side(picture.width()), side(picture.height()));
        picture = picture.resize_exact(width, height, image::imageops::FilterType::Triangle);
    }
    let mut encoded = Cursor::new(Vec::new());
    match format {
        ImageFormat::Jpeg { quality } => {
            let encoder = JpegEncoder::new_with_quality(&mut encoded, quality.clamp(1, 100));
            picture
                .to_rgb8()
                .write_with_encoder(encoder)
                .map_err(broken)?;
        }
        ImageFormat::Png | ImageFormat::Webp { .. } => {
            picture
                .write_to(&mut encoded, image::ImageFormat::Png)
                .map_err(broken)?;
        }
    }
    Ok(encoded.into_inner().into())
}

fn unreadable(why: &str) -> BrowserError {
    BrowserError::Protocol {
        method: SNAPSHOT,
        code: 0,
        message: format!("the browser's picture could not be used: {why}"),
    }
}
