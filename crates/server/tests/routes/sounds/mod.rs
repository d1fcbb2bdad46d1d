//! `/api/v1/sounds`, and films that are heard.

mod hearing;
mod keeping;

use axum::body::Body;
use http::Method;

use crate::support::{Answer, Owner};

pub(crate) const SOUNDS: &str = "/api/v1/sounds";

/// How files are sent.
pub(crate) const KIND: Option<&str> = Some("application/octet-stream");

/// A tone in an uncompressed file.
pub(crate) fn tone(seconds: f64) -> Vec<u8> {
    const RATE: u32 = 8000;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a few seconds of samples"
    )]
    let samples = (seconds * f64::from(RATE)) as u32;
    let mut wav = Vec::new();
    wav.extend(b"RIFF");
    wav.extend((36 + samples * 2).to_le_bytes());
    wav.extend(b"WAVEfmt ");
    wav.extend(16_u32.to_le_bytes());
    for field in [1_u16, 1] {
        wav.extend(field.to_le_bytes());
    }
    wav.extend(RATE.to_le_bytes());
    wav.extend((RATE * 2).to_le_bytes());
    for field in [2_u16, 16] {
        wav.extend(field.to_le_bytes());
    }
    wav.extend(b"data");
    wav.extend((samples * 2).to_le_bytes());
    for sample in 0..samples {
        let level: i16 = if sample % 20 < 10 { 8000 } else { -8000 };
        wav.extend(level.to_le_bytes());
    }
    wav
}

/// Sends a file.
pub(crate) async fn send(owner: &Owner, name: &str, bytes: &[u8]) -> Answer {
    let body = Body::from(bytes.to_vec());
    let path = format!("{SOUNDS}?name={name}");
    owner.send(Method::POST, &path, KIND, body).await
}
