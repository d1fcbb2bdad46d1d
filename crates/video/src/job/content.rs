//! What a job makes, as a name: equal for jobs that make the same bytes.

use data_encoding::HEXLOWER;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::{Extent, FilmFormat, Output, PictureFormat, RenderJob, Source, WebmCodec};

impl RenderJob {
    /// A name of what is made: the SHA-256, in hexadecimal, of all that the bytes of the output depend on, and of this
    /// version of the product. Time and size limits, names and places are not part of it. What is made in
    /// real time, and a page by its address, may be another one each time, and so is its name.
    #[must_use]
    pub fn content_key(&self) -> String {
        let mut said = json!({
            "version": env!("CARGO_PKG_VERSION"),
            "source": source(&self.source),
            "screen": [self.screen.width, self.screen.height, self.screen.scale],
            "output": output(self.output),
            "page": self.page,
            "rate": self.output.rate().to_string(),
            "seed": self.seed,
            "context": self.context,
            "transparent": self.transparent,
        });
        // The browser's own encoder gives other bytes.
        if self.is_fast {
            said["fast"] = json!(true);
        }
        if self.is_real_time || matches!(self.source, Source::Address { .. }) {
            said["once"] = json!(fastrand::u128(..).to_string());
        }
        HEXLOWER.encode(&Sha256::digest(said.to_string().as_bytes()))
    }
}

fn source(source: &Source) -> Value {
    match source {
        Source::Sketch { code, version } => json!({ "p5": version, "code": code }),
        Source::Script {
            html,
            css,
            javascript,
        } => json!({ "html": html, "css": css, "javascript": javascript }),
        Source::Address { url, extent } => json!({ "url": url, "all": *extent == Extent::Page }),
    }
}

fn output(output: Output) -> Value {
    match output {
        Output::Picture { format, frame, .. } => match format {
            PictureFormat::Png => json!(["png", frame]),
            PictureFormat::Jpeg { quality } => json!(["jpeg", quality, frame]),
            PictureFormat::Webp { quality } => json!(["webp", quality, frame]),
        },
        Output::Film { format, frames, .. } => {
            let name = match format {
                FilmFormat::Mp4 => "mp4",
                FilmFormat::Webm(WebmCodec::Vp9) => "webm",
                FilmFormat::Webm(WebmCodec::Av1) => "webm-av1",
                FilmFormat::Gif => "gif",
                FilmFormat::PngSequence => "png-sequence",
            };
            json!([name, frames])
        }
    }
}
