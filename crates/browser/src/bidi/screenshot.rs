//! Pictures of a page.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use serde_json::{Value, json};

use crate::bidi::target::Target;
use crate::capability::Capability;
use crate::cdp::screenshot::{ImageFormat, ScreenshotOptions, ScreenshotScale};
use crate::drive::driver::{Answer, unsupported};
use crate::error::BrowserError;
use crate::options::{Engine, Viewport};

pub(crate) fn take(
    target: &Target,
    options: ScreenshotOptions,
    viewport: Option<Viewport>,
) -> Answer<Bytes> {
    let density = viewport.map_or(1.0, |viewport| viewport.device_scale_factor);
    if options.scale == ScreenshotScale::Css && (density - 1.0).abs() > f64::EPSILON {
        return unsupported(Engine::Firefox, Capability::CssScaleScreenshots);
    }
    let part = |quality: u8| f64::from(quality.clamp(1, 100)) / 100.0;
    let format = match options.format {
        ImageFormat::Png => json!({ "type": "image/png" }),
        ImageFormat::Jpeg { quality } => {
            json!({ "type": "image/jpeg", "quality": part(quality) })
        }
        ImageFormat::Webp { quality } => {
            json!({ "type": "image/webp", "quality": part(quality) })
        }
    };
    let mut params = json!({
        "context": &*target.context,
        "origin": if options.full_page { "document" } else { "viewport" },
        "format": format,
    });
    if let (Some(clip), Value::Object(params)) = (options.clip, &mut params) {
        let clip = json!({ "type": "box", "x": clip.x, "y": clip.y, "width": clip.width, "height": clip.height });
        params.insert("clip".to_owned(), clip);
    }
    let taking = target
        .connection
        .send("browsingContext.captureScreenshot", &params);
    Box::pin(async move {
        let taken = taking.await?;
        let data = taken
            .get("data")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let picture = STANDARD
            .decode(data)
            .map_err(|error| BrowserError::Invalid(error.to_string()))?;
        Ok(picture.into())
    })
}
