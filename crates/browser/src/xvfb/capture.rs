//! Pictures of a window on a private screen, one for each change: the X server tells when something was drawn, and
//! keeps what the window shows even where another window covers it.

use std::error::Error;
use std::os::fd::AsFd as _;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use image::codecs::jpeg::JpegEncoder;
use image::{ExtendedColorType, RgbImage};
use nix::poll::{PollFd, PollFlags, PollTimeout};
use x11rb::connection::Connection as _;
use x11rb::protocol::Event;
use x11rb::protocol::composite::{ConnectionExt as _, Redirect};
use x11rb::protocol::damage::{ConnectionExt as _, ReportLevel};
use x11rb::protocol::xproto::{
    ChangeWindowAttributesAux, ConnectionExt as _, EventMask, ImageFormat,
};
use x11rb::rust_connection::RustConnection;

use crate::cdp::screencast::{CastFrame, ScreencastOptions};
use crate::drive::screencast::Slot;
use crate::xvfb::focus;

/// Between two pictures: 30 in a second.
const PACE: Duration = Duration::from_millis(33);

/// How soon a stream that nobody wants any more is noticed, in milliseconds.
const PATIENCE: u16 = 100;

type Trouble = Box<dyn Error + Send + Sync>;

/// A window on a screen, and what of it is no page.
#[derive(Debug, Clone)]
pub(crate) struct View {
    /// The value of `DISPLAY`.
    pub(crate) display: String,
    /// The window.
    pub(crate) window: u32,
    /// Height in device pixels of the browser's own controls, above the page.
    pub(crate) controls: u16,
    /// Device pixels per CSS pixel.
    pub(crate) scale: f64,
}

/// When a picture was taken: by the time it has been made smaller and encoded the page may have changed.
#[derive(Debug, Clone, Copy)]
struct Taken {
    clock: SystemTime,
    moment: Instant,
}

impl Taken {
    fn now() -> Self {
        Self {
            clock: SystemTime::now(),
            moment: Instant::now(),
        }
    }
}

/// The window that lies above all others; waits on the X server.
pub(crate) fn topmost(display: &str) -> Result<u32, Trouble> {
    let (connection, screen) = RustConnection::connect(Some(display))?;
    let root = focus::root(&connection, screen)?;
    let found = focus::topmost(&connection, root)?;
    found.ok_or_else(|| "there is no window on the screen".into())
}

/// Puts pictures of the view into the slot until its stream ends, on a thread of its own.
pub(crate) fn start(
    view: View,
    options: ScreencastOptions,
    slot: Arc<Slot>,
) -> std::io::Result<()> {
    let thread = std::thread::Builder::new().name("screen-capture".to_owned());
    thread.spawn(move || {
        if let Err(error) = watch(&view, options, &slot) {
            // The window or its whole screen has gone, as they do when a page is closed.
            tracing::debug!(%error, window = view.window, "pictures of a window ended");
        }
        slot.end();
    })?;
    Ok(())
}

fn watch(view: &View, options: ScreencastOptions, slot: &Slot) -> Result<(), Trouble> {
    let (connection, _) = RustConnection::connect(Some(&view.display))?;
    connection.composite_query_version(0, 4)?.reply()?;
    connection.damage_query_version(1, 1)?.reply()?;
    connection.composite_redirect_window(view.window, Redirect::AUTOMATIC)?;
    let changes = ChangeWindowAttributesAux::new().event_mask(EventMask::STRUCTURE_NOTIFY);
    connection.change_window_attributes(view.window, &changes)?;
    let damage = connection.generate_id()?;
    connection.damage_create(damage, view.window, ReportLevel::NON_EMPTY)?;
    let mut last = Vec::new();
    loop {
        let taken = Taken::now();
        // What is drawn from now on is told again.
        connection.damage_subtract(damage, x11rb::NONE, x11rb::NONE)?;
        let (width, height, pixels) = picture(&connection, view)?;
        if pixels != last {
            if let Some(frame) = frame(view, options, taken, (width, height), &pixels)? {
                slot.put(frame);
            }
            last = pixels;
        }
        std::thread::sleep(PACE.saturating_sub(taken.moment.elapsed()));
        if !drawn(&connection, slot)? {
            return Ok(());
        }
    }
}

/// What the page shows: its size in pixels, and four bytes for each (blue, green, red, nothing).
fn picture(connection: &RustConnection, view: &View) -> Result<(u32, u32, Vec<u8>), Trouble> {
    // A window that was resized has another one.
    let pixmap = connection.generate_id()?;
    connection.composite_name_window_pixmap(view.window, pixmap)?;
    let size = connection.get_geometry(pixmap)?.reply()?;
    let height = size.height.saturating_sub(view.controls);
    let top = i16::try_from(view.controls)?;
    let image = connection.get_image(
        ImageFormat::Z_PIXMAP,
        pixmap,
        0,
        top,
        size.width,
        height,
        u32::MAX,
    )?;
    let pixels = image.reply()?.data;
    connection.free_pixmap(pixmap)?;
    Ok((size.width.into(), height.into(), pixels))
}

/// Waits until something was drawn; `false` when nobody wants to see it any more.
fn drawn(connection: &RustConnection, slot: &Slot) -> Result<bool, Trouble> {
    loop {
        if slot.is_ended() {
            return Ok(false);
        }
        connection.flush()?;
        let mut changed = false;
        while let Some(event) = connection.poll_for_event()? {
            match event {
                Event::DamageNotify(_) | Event::ConfigureNotify(_) => changed = true,
                Event::DestroyNotify(_) => return Ok(false),
                _ => {}
            }
        }
        if changed {
            return Ok(true);
        }
        let mut readable = [PollFd::new(connection.stream().as_fd(), PollFlags::POLLIN)];
        nix::poll::poll(&mut readable, PollTimeout::from(PATIENCE))?;
    }
}

fn frame(
    view: &View,
    options: ScreencastOptions,
    taken: Taken,
    (width, height): (u32, u32),
    pixels: &[u8],
) -> Result<Option<CastFrame>, Trouble> {
    let mut colours = Vec::with_capacity(pixels.len() / 4 * 3);
    for pixel in pixels.chunks_exact(4) {
        colours.extend_from_slice(&[pixel[2], pixel[1], pixel[0]]);
    }
    // Between the two answers the window may have changed.
    let Some(mut image) = RgbImage::from_raw(width, height, colours) else {
        return Ok(None);
    };
    let fit = |side: u32, limit: u32| f64::from(limit.max(1)) / f64::from(side.max(1));
    let factor = fit(width, options.max_width).min(fit(height, options.max_height));
    if factor < 1.0 {
        let side = |pixels: u32| (f64::from(pixels) * factor).round().max(1.0) as u32;
        let filter = image::imageops::FilterType::Triangle;
        image = image::imageops::resize(&image, side(width), side(height), filter);
    }
    let mut jpeg = Vec::new();
    JpegEncoder::new_with_quality(&mut jpeg, options.quality.clamp(1, 100)).encode(
        &image,
        image.width(),
        image.height(),
        ExtendedColorType::Rgb8,
    )?;
    Ok(Some(CastFrame {
        jpeg: jpeg.into(),
        css_width: f64::from(width) / view.scale,
        css_height: f64::from(height) / view.scale,
        offset_top: 0.0,
        page_scale: 1.0,
        // The screen does not tell how far the page has scrolled.
        scroll: (0.0, 0.0),
        timestamp: taken.clock,
        received: taken.moment,
        asked: None,
    }))
}
