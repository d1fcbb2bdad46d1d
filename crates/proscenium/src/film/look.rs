//! What a person says about the look of a film: each word counts more than what is written in a storyboard.

use clap::ValueEnum;
use video::{Background, ClickEffect, Frame, Look, PointerStyle, Scheme};

/// The look of a film.
#[derive(clap::Args)]
pub(crate) struct LookArgs {
    /// What the page stands in, also where the storyboard says otherwise; a window when neither does.
    #[arg(long, value_name = "NAME")]
    frame: Option<FrameName>,
    /// What is behind the window: a CSS background without pictures, as "#203040" or "linear-gradient(#246, #123)".
    #[arg(long, value_name = "CSS")]
    background: Option<String>,
    /// Which look pages are asked for, and that of the window around them. Not in Firefox.
    #[arg(long, value_name = "NAME")]
    scheme: Option<SchemeName>,
    /// The pointer that is drawn.
    #[arg(long, value_name = "NAME", conflicts_with = "no_pointer")]
    pointer: Option<PointerName>,
    /// No pointer is drawn.
    #[arg(long)]
    no_pointer: bool,
    /// What a click makes.
    #[arg(long, value_name = "NAME")]
    clicks: Option<ClickName>,
    /// Of rings and boxes, as "#ff3b30".
    #[arg(long, value_name = "COLOUR")]
    highlight: Option<String>,
    /// The view stays as it is.
    #[arg(long)]
    no_zoom: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum FrameName {
    /// A browser's window.
    Window,
    /// A card with a shadow.
    Card,
    /// Nothing: the page fills the film.
    None,
}

#[derive(Clone, Copy, ValueEnum)]
enum SchemeName {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

#[derive(Clone, Copy, ValueEnum)]
enum PointerName {
    /// A dark arrow.
    Arrow,
    /// A white arrow.
    White,
    /// A round spot, as of a finger.
    Dot,
    /// None.
    None,
}

#[derive(Clone, Copy, ValueEnum)]
enum ClickName {
    /// A ring that grows.
    Ring,
    /// Two rings.
    Pulse,
    /// A disc that grows.
    Disc,
    /// Nothing.
    None,
}

impl LookArgs {
    /// What is written, with what was said in its place.
    ///
    /// # Errors
    /// When a colour is none.
    pub(crate) fn over(&self, written: Look) -> anyhow::Result<Look> {
        let pointer = match self.pointer {
            _ if self.no_pointer => PointerStyle::None,
            Some(PointerName::Arrow) => PointerStyle::Arrow,
            Some(PointerName::White) => PointerStyle::White,
            Some(PointerName::Dot) => PointerStyle::Dot,
            Some(PointerName::None) => PointerStyle::None,
            None => written.pointer,
        };
        let look = Look {
            frame: match self.frame {
                Some(FrameName::Window) => Frame::Window,
                Some(FrameName::Card) => Frame::Card,
                Some(FrameName::None) => Frame::None,
                None => written.frame,
            },
            background: match &self.background {
                Some(css) => Background(css.clone()),
                None => written.background,
            },
            scheme: match self.scheme {
                Some(SchemeName::Light) => Some(Scheme::Light),
                Some(SchemeName::Dark) => Some(Scheme::Dark),
                None => written.scheme,
            },
            pointer,
            ripples: match self.clicks {
                Some(ClickName::Ring) => ClickEffect::Ring,
                Some(ClickName::Pulse) => ClickEffect::Pulse,
                Some(ClickName::Disc) => ClickEffect::Disc,
                Some(ClickName::None) => ClickEffect::None,
                None => written.ripples,
            },
            zoom: written.zoom && !self.no_zoom,
            highlight_color: match &self.highlight {
                Some(colour) => colour.clone(),
                None => written.highlight_color,
            },
        };
        match look.problem() {
            Some((_, problem)) => Err(anyhow::anyhow!("--highlight: {problem}")),
            None => Ok(look),
        }
    }
}
