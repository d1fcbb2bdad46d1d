//! Makes a picture of each overlay, as ffmpeg lays it over the film: words are drawn, pictures are read and brought to their
//! size. Whatever somebody wrote or sent, ffmpeg sees PNGs that were made here, and numbers.

use std::io::Cursor;
use std::path::Path;

use browser::Progress;
use image::{ImageFormat, RgbaImage};
use tempfile::NamedTempFile;

use super::error::EditError;
use super::order::EditOrder;
use super::overlay::{Content, Overlay, Place};
use super::plan::{Plan, Seen};
use super::still::{self, NoStill};
use crate::draft;
use crate::error::RenderError;
use crate::film::{Plate, Plated, Setup, letter};

/// Share of the film's height between its edges and what lies over it.
const MARGIN: f64 = 0.05;
/// Letters are so many times smaller than the film is high, …
const LETTERS: u32 = 30;
/// … and never smaller than this, in pixels.
const SMALLEST_LETTERS: u32 = 12;
/// Share of the film's width that words take at most.
const WIDEST: f64 = 0.8;

/// An overlay as a picture, and where and when it is seen.
pub(super) struct Laid {
    /// A PNG.
    pub(super) file: NamedTempFile,
    /// Pixels from the film's upper left corner.
    pub(super) at: (u32, u32),
    /// Pixels.
    pub(super) size: (u32, u32),
    pub(super) seen: Seen,
}

/// Files are made beside `target`, and go when they are dropped.
pub(super) async fn lay(
    progress: &Progress,
    order: &EditOrder,
    plan: &Plan,
    target: &Path,
) -> Result<Vec<Laid>, EditError> {
    let overlays = &order.edit.overlays;
    let mut stills = stills(progress, order, plan.setup).await?.into_iter();
    let mut words = words(progress, order, plan.setup).await?.into_iter();
    let film = (plan.setup.width, plan.setup.height);
    let mut laid = Vec::new();
    for (index, (overlay, seen)) in overlays.iter().zip(&plan.overlays).enumerate() {
        let next = match overlay.picture {
            Some(_) => stills.next(),
            None => words.next(),
        };
        let mut picture = next.ok_or_else(|| {
            EditError::document(format!("overlays[{index}]"), "it has nothing to show")
        })?;
        if let Some(opacity) = overlay.opacity {
            fade(&mut picture, opacity);
        }
        let at = overlay.place().of(film, picture.dimensions(), margin(film));
        let file = draft::hidden_beside(target)?;
        let mut png = Cursor::new(Vec::new());
        picture
            .write_to(&mut png, ImageFormat::Png)
            .map_err(RenderError::Picture)?;
        std::fs::write(file.path(), png.into_inner())
            .map_err(|source| RenderError::file("writing", file.path(), source))?;
        laid.push(Laid {
            file,
            at,
            size: picture.dimensions(),
            seen: *seen,
        });
    }
    Ok(laid)
}

/// Those overlays that are pictures, in order.
async fn stills(
    progress: &Progress,
    order: &EditOrder,
    setup: Setup,
) -> Result<Vec<RgbaImage>, EditError> {
    let film = (setup.width, setup.height);
    let mut files = order.pictures.iter();
    let mut stills = Vec::new();
    for (index, overlay) in order.edit.overlays.iter().enumerate() {
        if overlay.picture.is_none() {
            continue;
        }
        let place = format!("overlays[{index}].picture");
        let Some(path) = files.next() else {
            return Err(EditError::document(place, "it needs its file"));
        };
        let (file, width) = (path.clone(), overlay.width);
        let reading = tokio::task::spawn_blocking(move || still::read(&file, width, film));
        let read = progress
            .race("reading the picture", reading)
            .await
            .map_err(|why| RenderError::browser("reading the picture", why.into()))?;
        let read = read.unwrap_or_else(|error| Err(NoStill::Unreadable(error.to_string())));
        stills.push(read.map_err(|why| match why {
            NoStill::Unreadable(why) => EditError::Picture {
                place,
                path: path.clone(),
                why,
            },
            NoStill::TooLarge(size) => still::too_large(index, size, film),
        })?);
    }
    Ok(stills)
}

/// Those overlays that are words, in order.
async fn words(
    progress: &Progress,
    order: &EditOrder,
    setup: Setup,
) -> Result<Vec<RgbaImage>, EditError> {
    let film = (setup.width, setup.height);
    let room = (
        share(film.0, WIDEST).min(film.0 - 2 * margin(film)),
        film.1 - 2 * margin(film),
    );
    let plate = |(index, overlay): (usize, &'_ Overlay)| match overlay.content() {
        Some(Content::Text(text)) => {
            Some((index, text.to_owned(), size(overlay, film), overlay.place()))
        }
        _ => None,
    };
    let asked: Vec<(usize, String, u32, Place)> = order
        .edit
        .overlays
        .iter()
        .enumerate()
        .filter_map(plate)
        .collect();
    if asked.is_empty() {
        return Ok(Vec::new());
    }
    let plates: Vec<Plate<'_>> = asked
        .iter()
        .map(|(_, text, size, place)| Plate {
            text,
            size: *size,
            room,
            align: place.align(),
        })
        .collect();
    let drawn = letter(progress, setup, order.executable.clone(), &plates).await?;
    let mut words = Vec::new();
    for (plated, (index, ..)) in drawn.into_iter().zip(&asked) {
        words.push(match plated {
            Plated::Picture(png) => image::load_from_memory(&png)
                .map_err(RenderError::Picture)?
                .into_rgba8(),
            Plated::TooLarge(area) => {
                let problem = format!(
                    "it would take {} × {} pixels, and there is room for {} × {}: write less, or give it a smaller size",
                    area.width, area.height, room.0, room.1
                );
                return Err(EditError::document(format!("overlays[{index}].text"), problem));
            }
        });
    }
    Ok(words)
}

fn size(overlay: &Overlay, (_, height): (u32, u32)) -> u32 {
    let usual = (height / LETTERS).max(SMALLEST_LETTERS);
    overlay.size.unwrap_or(usual)
}

fn margin((_, height): (u32, u32)) -> u32 {
    share(height, MARGIN)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a share of a side of at most 4096 pixels"
)]
fn share(side: u32, share: f64) -> u32 {
    (f64::from(side) * share).round() as u32
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "an opacity is at most 1"
)]
fn fade(picture: &mut RgbaImage, opacity: f64) {
    for pixel in picture.pixels_mut() {
        pixel.0[3] = (f64::from(pixel.0[3]) * opacity).round() as u8;
    }
}
