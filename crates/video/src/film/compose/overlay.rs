//! What is drawn over the page: the box around something, the rings of a click, the pointer.

use tiny_skia::{
    Color, FillRule, FilterQuality, Paint, PathBuilder, Pixmap, PixmapMut, PixmapPaint, Rect,
    Stroke, Transform,
};

use crate::film::style::ClickEffect;

/// How many times larger than on a screen the pointer's picture is, so that it stays sharp from near.
pub(crate) const POINTER_DETAIL: f64 = 4.0;

/// What the pointer looks like.
pub(crate) struct PointerPicture {
    pub(crate) picture: Pixmap,
    /// Where it points, in CSS pixels from its corner.
    pub(crate) tip: (f64, f64),
}

/// How far a ring spreads, in CSS pixels.
const RING: f64 = 30.0;

/// A rounded rectangle.
pub(crate) fn push_rounded(path: &mut PathBuilder, rect: Rect, radius: u32) {
    #[expect(clippy::cast_precision_loss, reason = "radii are small")]
    let r = (radius as f32)
        .min(rect.width() / 2.0)
        .min(rect.height() / 2.0);
    // A quarter of a circle as a cubic curve.
    let k = r * 0.447_715_25;
    let (left, top, right, bottom) = (rect.left(), rect.top(), rect.right(), rect.bottom());
    path.move_to(left + r, top);
    path.line_to(right - r, top);
    path.cubic_to(right - k, top, right, top + k, right, top + r);
    path.line_to(right, bottom - r);
    path.cubic_to(right, bottom - k, right - k, bottom, right - r, bottom);
    path.line_to(left + r, bottom);
    path.cubic_to(left + k, bottom, left, bottom - k, left, bottom - r);
    path.line_to(left, top + r);
    path.cubic_to(left, top + k, left + k, top, left + r, top);
    path.close();
}

/// A box around something, in pixels of the film; `unit` is a CSS pixel there, `strength` 0 to 1.
pub(crate) fn outline(
    film: &mut PixmapMut<'_>,
    (x, y, width, height): (f64, f64, f64, f64),
    colour: [u8; 3],
    unit: f64,
    strength: f64,
) {
    let grow = unit * 6.0;
    let rect = Rect::from_xywh(
        (x - grow) as f32,
        (y - grow) as f32,
        (width + 2.0 * grow) as f32,
        (height + 2.0 * grow) as f32,
    );
    let mut path = PathBuilder::new();
    if let Some(rect) = rect {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a radius of a few pixels"
        )]
        push_rounded(&mut path, rect, (unit * 8.0) as u32);
    }
    let Some(path) = path.finish() else {
        return;
    };
    // A wide faint line below a narrow one: it glows.
    for (line, share) in [(10.0, 0.22), (3.0, 1.0)] {
        let stroke = Stroke {
            width: (line * unit) as f32,
            ..Stroke::default()
        };
        let paint = paint(colour, strength * share);
        film.stroke_path(&path, &paint, &stroke, Transform::identity(), None);
    }
}

/// When the second ring of a pulse begins, as a share of the life of both.
const SECOND: f64 = 0.35;

/// What a click makes, `part` 0 to 1 of its life.
pub(crate) fn click(
    film: &mut PixmapMut<'_>,
    effect: ClickEffect,
    (place, part): ((f64, f64), f64),
    colour: [u8; 3],
    unit: f64,
) {
    match effect {
        ClickEffect::None => {}
        ClickEffect::Ring => ring(film, place, colour, unit, part),
        ClickEffect::Disc => disc(film, place, colour, unit, part),
        ClickEffect::Pulse => {
            let life = 1.0 - SECOND;
            for begun in [0.0, SECOND] {
                let part = (part - begun) / life;
                if (0.0..1.0).contains(&part) {
                    ring(film, place, colour, unit, part);
                }
            }
        }
    }
}

fn disc(film: &mut PixmapMut<'_>, (x, y): (f64, f64), colour: [u8; 3], unit: f64, part: f64) {
    let radius = (8.0 + (RING * 0.8 - 8.0) * (1.0 - (1.0 - part).powi(3))) * unit;
    let Some(circle) = PathBuilder::from_circle(x as f32, y as f32, radius as f32) else {
        return;
    };
    film.fill_path(
        &circle,
        &paint(colour, 0.6 * (1.0 - part)),
        FillRule::Winding,
        Transform::identity(),
        None,
    );
}

fn ring(film: &mut PixmapMut<'_>, (x, y): (f64, f64), colour: [u8; 3], unit: f64, part: f64) {
    let spread = 1.0 - (1.0 - part).powi(3);
    let fade = (1.0 - part).powf(1.5);
    let radius = (4.0 + (RING - 4.0) * spread) * unit;
    let Some(circle) = PathBuilder::from_circle(x as f32, y as f32, radius as f32) else {
        return;
    };
    film.fill_path(
        &circle,
        &paint(colour, 0.28 * fade),
        FillRule::Winding,
        Transform::identity(),
        None,
    );
    let stroke = Stroke {
        width: (2.5 * unit) as f32,
        ..Stroke::default()
    };
    let line = paint(colour, 0.9 * fade);
    film.stroke_path(&circle, &line, &stroke, Transform::identity(), None);
}

/// The pointer with its tip at a place; `unit` is a CSS pixel there, `pressed` 0 to 1.
pub(crate) fn pointer(
    film: &mut PixmapMut<'_>,
    PointerPicture { picture, tip }: &PointerPicture,
    (x, y): (f64, f64),
    unit: f64,
    pressed: f64,
) {
    let unit = unit * (1.0 - 0.16 * pressed);
    let scale = (unit / POINTER_DETAIL) as f32;
    let place = Transform::from_row(
        scale,
        0.0,
        0.0,
        scale,
        (x - tip.0 * unit) as f32,
        (y - tip.1 * unit) as f32,
    );
    let paint = PixmapPaint {
        quality: FilterQuality::Bilinear,
        ..PixmapPaint::default()
    };
    film.draw_pixmap(0, 0, picture.as_ref(), &paint, place, None);
}

/// A card at a place, `strength` 0 to 1.
pub(crate) fn card(film: &mut PixmapMut<'_>, picture: &Pixmap, (x, y): (i32, i32), strength: f64) {
    let paint = PixmapPaint {
        opacity: strength as f32,
        ..PixmapPaint::default()
    };
    film.draw_pixmap(x, y, picture.as_ref(), &paint, Transform::identity(), None);
}

fn paint([red, green, blue]: [u8; 3], strength: f64) -> Paint<'static> {
    let mut paint = Paint {
        anti_alias: true,
        ..Paint::default()
    };
    let alpha = (strength.clamp(0.0, 1.0) * 255.0).round();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between 0 and 255"
    )]
    paint.set_color(Color::from_rgba8(red, green, blue, alpha as u8));
    paint
}
