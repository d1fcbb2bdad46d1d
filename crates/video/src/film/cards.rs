//! Cards: captions, titles, the window and the pointer, drawn once by the browser in a page of its own, without a network.
//! So text has all scripts and all fonts that pages have.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use browser::{
    Browser, Clip, Context, ContextOptions, OfflineFile, OfflineSite, Page, Progress,
    ScreenshotOptions, Viewport,
};
use bytes::Bytes;
use serde::Serialize;
use serde_json::{Value, json};
use tiny_skia::{ColorU8, Pixmap};

use crate::film::compose::{POINTER_DETAIL, PointerPicture};
use crate::film::error::FilmError;
use crate::film::look::{Frame, Layout, Look, Scheme};
use crate::film::notes::Area;
use crate::film::style::PointerStyle;

const ADDRESS: &str = "https://cards.invalid/";

/// Nothing but what is in memory: a background may name no picture.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'unsafe-inline'";

const DOCUMENT: &str = "<!doctype html><meta charset=utf-8><style>html, body { margin: 0; background: transparent }</style><body><script src=cards.js></script>";

const DOING: &str = "drawing the film's cards";

/// Words on a plate, in the look of captions.
#[derive(Debug, Serialize)]
pub(crate) struct Plate<'a> {
    pub(crate) text: &'a str,
    /// Of the letters, in pixels.
    pub(crate) size: u32,
    /// How wide and how high it may be, in pixels.
    pub(crate) room: (u32, u32),
    /// Where lines stand that are shorter than others: "left", "center", "right".
    pub(crate) align: &'static str,
}

/// What became of a plate.
pub(crate) enum Plated {
    /// A PNG.
    Picture(Bytes),
    /// There is no room for it.
    TooLarge(Area),
}

/// Draws cards.
pub(crate) struct Cards {
    context: Context,
    page: Page,
    layout: Layout,
    background: String,
    is_dark: bool,
    drawn: Mutex<HashMap<String, Arc<Pixmap>>>,
    /// Held while a card stands in the page: one at a time does.
    standing: tokio::sync::Mutex<()>,
}

impl Cards {
    pub(crate) async fn open(
        progress: &Progress,
        browser: &Browser,
        layout: Layout,
        look: &Look,
    ) -> Result<Self, FilmError> {
        let refused = |source| FilmError::browser(DOING, source);
        let document = OfflineFile::new("text/html; charset=utf-8", DOCUMENT.as_bytes())
            .with_header("content-security-policy", POLICY);
        let script = OfflineFile::new("text/javascript; charset=utf-8", include_bytes!("cards.js"));
        let site = OfflineSite::default()
            .with_file(ADDRESS, document)
            .with_file(format!("{ADDRESS}cards.js"), script);
        let (width, height) = layout.size;
        let options = ContextOptions {
            viewport: Some(Viewport {
                device_scale_factor: f64::from(layout.scale),
                ..Viewport::desktop(width / layout.scale, height / layout.scale)
            }),
            offline: Some(Arc::new(site)),
            transparent: true,
            ..ContextOptions::default()
        };
        let context = browser
            .new_context(progress, options)
            .await
            .map_err(refused)?;
        let page = context.new_page(progress).await.map_err(refused)?;
        page.goto(progress, ADDRESS, browser::LoadState::Load)
            .await
            .map_err(refused)?;
        Ok(Self {
            context,
            page,
            layout,
            background: look.background.0.clone(),
            is_dark: look.scheme == Some(Scheme::Dark),
            drawn: Mutex::default(),
            standing: tokio::sync::Mutex::default(),
        })
    }

    /// The page that they are drawn in, which nobody sees.
    pub(crate) fn page(&self) -> &Page {
        &self.page
    }

    /// The background with the window's shadow; nothing when the page fills the film.
    pub(crate) async fn backdrop(
        &self,
        progress: &Progress,
        frame: Frame,
    ) -> Result<Option<Pixmap>, FilmError> {
        if frame == Frame::None {
            return Ok(None);
        }
        let scale = self.layout.scale;
        let (x, y, width, bar) = self.layout.bar;
        let height = bar + self.layout.page.3;
        let options = json!({
            "background": self.background,
            "width": self.layout.size.0 / scale,
            "height": self.layout.size.1 / scale,
            "box": [x / scale, y / scale, width / scale, height / scale],
            "radius": self.layout.radius / scale,
        });
        self.draw(progress, "backdrop", &options).await.map(Some)
    }

    pub(crate) async fn pointer(
        &self,
        progress: &Progress,
        style: PointerStyle,
    ) -> Result<Option<PointerPicture>, FilmError> {
        let tip = match style {
            PointerStyle::None => return Ok(None),
            PointerStyle::Arrow | PointerStyle::White => (6.0, 4.0),
            PointerStyle::Dot => (16.0, 18.0),
        };
        let detail = POINTER_DETAIL / f64::from(self.layout.scale);
        let options = json!({ "detail": detail, "style": style.as_str() });
        let picture = self.draw(progress, "pointer", &options).await?;
        Ok(Some(PointerPicture { picture, tip }))
    }

    /// The window's bar with an address; nothing without a bar.
    pub(crate) async fn bar(
        &self,
        progress: &Progress,
        address: &str,
    ) -> Result<Option<Arc<Pixmap>>, FilmError> {
        let (.., width, height) = self.layout.bar;
        if height == 0 {
            return Ok(None);
        }
        let shown = address
            .split_once("://")
            .map_or(address, |(_, behind)| behind)
            .trim_end_matches('/');
        let scale = self.layout.scale;
        let options = json!({ "address": shown, "width": width / scale, "height": height / scale, "dark": self.is_dark });
        self.kept(progress, "bar", &options).await.map(Some)
    }

    pub(crate) async fn caption(
        &self,
        progress: &Progress,
        text: &str,
    ) -> Result<Arc<Pixmap>, FilmError> {
        let width = self.layout.size.0 / self.layout.scale;
        self.kept(
            progress,
            "caption",
            &json!({ "text": text, "width": width }),
        )
        .await
    }

    pub(crate) async fn title(
        &self,
        progress: &Progress,
        text: &str,
        subtitle: Option<&str>,
    ) -> Result<Arc<Pixmap>, FilmError> {
        let scale = self.layout.scale;
        let options = json!({
            "text": text,
            "subtitle": subtitle,
            "background": self.background,
            "width": self.layout.size.0 / scale,
            "height": self.layout.size.1 / scale,
        });
        self.kept(progress, "title", &options).await
    }

    /// Words on a plate of their own.
    pub(crate) async fn plate(
        &self,
        progress: &Progress,
        plate: &Plate<'_>,
    ) -> Result<Plated, FilmError> {
        let _standing = self.standing.lock().await;
        let area = self.put(progress, "plate", &json!(plate)).await?;
        let (width, height) = plate.room;
        if area.width > f64::from(width) || area.height > f64::from(height) {
            return Ok(Plated::TooLarge(area));
        }
        self.picture(progress, area).await.map(Plated::Picture)
    }

    pub(crate) async fn close(&self, progress: &Progress) {
        // The browser ends with the film in any case.
        let _ = self.context.close(progress).await;
    }

    /// As `draw`, each card once.
    async fn kept(
        &self,
        progress: &Progress,
        kind: &'static str,
        options: &Value,
    ) -> Result<Arc<Pixmap>, FilmError> {
        let key = format!("{kind}{options}");
        let known = self.drawn().get(&key).cloned();
        if let Some(known) = known {
            return Ok(known);
        }
        let card = Arc::new(self.draw(progress, kind, options).await?);
        self.drawn().insert(key, Arc::clone(&card));
        Ok(card)
    }

    fn drawn(&self) -> std::sync::MutexGuard<'_, HashMap<String, Arc<Pixmap>>> {
        self.drawn.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn draw(
        &self,
        progress: &Progress,
        kind: &'static str,
        options: &Value,
    ) -> Result<Pixmap, FilmError> {
        let _standing = self.standing.lock().await;
        let area = self.put(progress, kind, options).await?;
        pixmap(&self.picture(progress, area).await?)
    }

    /// Puts a card into the page; the answer is where it stands.
    async fn put(
        &self,
        progress: &Progress,
        kind: &'static str,
        options: &Value,
    ) -> Result<Area, FilmError> {
        let area = self
            .page
            .evaluate(progress, &format!("draw({}, {options})", json!(kind)))
            .await
            .map_err(|source| FilmError::browser(DOING, source))?;
        serde_json::from_value(area).map_err(|error| FilmError::Picture(error.to_string()))
    }

    /// What stands there, as a PNG.
    async fn picture(&self, progress: &Progress, area: Area) -> Result<Bytes, FilmError> {
        let options = ScreenshotOptions {
            clip: Some(Clip {
                x: area.x,
                y: area.y,
                width: area.width,
                height: area.height,
            }),
            ..ScreenshotOptions::default()
        };
        self.page
            .screenshot(progress, options)
            .await
            .map_err(|source| FilmError::browser(DOING, source))
    }
}

/// A decoded picture, as it is drawn with: colours multiplied by their opacity.
fn pixmap(png: &[u8]) -> Result<Pixmap, FilmError> {
    let picture =
        image::load_from_memory(png).map_err(|error| FilmError::Picture(error.to_string()))?;
    let picture = picture.into_rgba8();
    let mut pixmap = Pixmap::new(picture.width(), picture.height())
        .ok_or_else(|| FilmError::Picture("it has no size".to_owned()))?;
    for (target, source) in pixmap.pixels_mut().iter_mut().zip(picture.pixels()) {
        let [red, green, blue, alpha] = source.0;
        *target = ColorU8::from_rgba(red, green, blue, alpha).premultiply();
    }
    Ok(pixmap)
}
