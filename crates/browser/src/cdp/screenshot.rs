//! Pictures of a page.

/// How to encode a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImageFormat {
    /// Exact and large.
    Png,
    /// Small.
    Jpeg {
        /// 1 to 100.
        quality: u8,
    },
    /// Smallest and slow.
    Webp {
        /// 1 to 100.
        quality: u8,
    },
}

/// A rectangle of the page, in CSS pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Clip {
    /// From the left edge of the document (full page) or viewport.
    pub x: f64,
    /// From the top edge of the document (full page) or viewport.
    pub y: f64,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

/// How many picture pixels a CSS pixel gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ScreenshotScale {
    /// As many as the screen has.
    #[default]
    Device,
    /// One.
    Css,
}

/// What to take a picture of.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ScreenshotOptions {
    /// The whole document, not only what is in view.
    pub full_page: bool,
    /// Encoding.
    pub format: ImageFormat,
    /// Only this part.
    pub clip: Option<Clip>,
    /// Resolution.
    pub scale: ScreenshotScale,
}

impl Default for ScreenshotOptions {
    fn default() -> Self {
        Self {
            full_page: false,
            format: ImageFormat::Png,
            clip: None,
            scale: ScreenshotScale::Device,
        }
    }
}
