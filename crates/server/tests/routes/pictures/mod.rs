//! `/api/v1/pictures`, and films that show them.

mod keeping;
mod laying;

use std::io::Cursor;

use axum::body::Body;
use http::Method;
use image::{ImageFormat, Rgb, RgbImage};

use crate::support::{Answer, Owner};

pub(crate) const PICTURES: &str = "/api/v1/pictures";

/// How files are sent.
pub(crate) const KIND: Option<&str> = Some("application/octet-stream");

/// A picture of one colour that no page of the tests has.
pub(crate) fn magenta(format: ImageFormat, (width, height): (u32, u32)) -> Vec<u8> {
    let picture = RgbImage::from_pixel(width, height, Rgb([255, 0, 255]));
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// Sends a file.
pub(crate) async fn send(owner: &Owner, name: &str, bytes: &[u8]) -> Answer {
    let body = Body::from(bytes.to_vec());
    let path = format!("{PICTURES}?name={name}");
    owner.send(Method::POST, &path, KIND, body).await
}
