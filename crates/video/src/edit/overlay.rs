//! What lies over the picture of the new film: words and pictures.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::document::Span;

/// Overlays of an edit: each is a file that ffmpeg holds open.
pub(super) const MOST_OVERLAYS: usize = 50;

/// Characters of a text.
const LONGEST_TEXT: usize = 500;

/// Words or a picture over the new film, during a time of it.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Overlay {
    /// Words, on a plate in the look of captions. Lines stay lines.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// In place of words: which picture, in the words of who keeps pictures.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picture: Option<String>,
    /// When it comes, in the new film; with the film when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Span>,
    /// When it has gone; with the film when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Span>,
    /// Where it is; words below in the middle and pictures at the top right when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// Of letters, in pixels of the new film; a thirtieth of its height when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<u32>,
    /// Of a picture, in pixels of the new film; its own when left out, but no more than a quarter of the film.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub width: Option<u32>,
    /// From 0 to 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opacity: Option<f64>,
    /// Fields that are not known here; they are kept.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// Where an overlay is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    /// At the upper left corner.
    TopLeft,
    /// Above, in the middle.
    Top,
    /// At the upper right corner.
    TopRight,
    /// At the left edge.
    Left,
    /// In the middle.
    Center,
    /// At the right edge.
    Right,
    /// At the lower left corner.
    BottomLeft,
    /// Below, in the middle.
    Bottom,
    /// At the lower right corner.
    BottomRight,
}

/// One of the two things that an overlay can be.
pub(super) enum Content<'a> {
    Text(&'a str),
    Picture(&'a str),
}

impl Overlay {
    pub(super) fn content(&self) -> Option<Content<'_>> {
        match (&self.text, &self.picture) {
            (Some(text), None) => Some(Content::Text(text)),
            (None, Some(picture)) => Some(Content::Picture(picture)),
            _ => None,
        }
    }

    pub(super) fn place(&self) -> Place {
        let usual = match self.picture {
            Some(_) => Place::TopRight,
            None => Place::Bottom,
        };
        self.place.unwrap_or(usual)
    }

    pub(super) fn check(&self) -> Result<(), (&'static str, String)> {
        let wrong = |field, problem: &str| Err((field, problem.to_owned()));
        match self.content() {
            None => return wrong("", "an overlay has a text, or a picture"),
            Some(Content::Text(text)) => {
                let length = text.chars().count();
                if text.trim().is_empty() || length > LONGEST_TEXT {
                    let problem =
                        format!("a text has 1 to {LONGEST_TEXT} characters, not {length}");
                    return Err(("text", problem));
                }
                if self.width.is_some() {
                    return wrong(
                        "width",
                        "a text is as wide as its words: size says how large",
                    );
                }
            }
            Some(Content::Picture(picture)) => {
                if picture.trim().is_empty() {
                    return wrong("picture", "it names none");
                }
                if self.size.is_some() {
                    return wrong("size", "a picture has a width, letters have a size");
                }
            }
        }
        if self.size.is_some_and(|size| !(8..=400).contains(&size)) {
            return wrong("size", "letters are 8 to 400 pixels high");
        }
        if self.width.is_some_and(|width| !(8..=4096).contains(&width)) {
            return wrong("width", "a picture is 8 to 4096 pixels wide");
        }
        if let Some(opacity) = self.opacity
            && !(0.0..=1.0).contains(&opacity)
        {
            let problem = format!("an opacity is a number from 0 to 1, not {opacity}");
            return Err(("opacity", problem));
        }
        if let (Some(from), Some(to)) = (self.from, self.to)
            && from >= to
        {
            return wrong("to", "it goes before it comes");
        }
        Ok(())
    }
}

impl Place {
    /// Pixels from the upper left corner of a film to that of what lies there, `margin` away from the edges as long as there
    /// is room. Even, because colours are kept for squares of four.
    pub(super) fn of(self, film: (u32, u32), laid: (u32, u32), margin: u32) -> (u32, u32) {
        use Place::{Bottom, BottomLeft, BottomRight, Center, Left, Right, Top, TopLeft, TopRight};
        let (across, down) = match self {
            TopLeft => (0, 0),
            Top => (1, 0),
            TopRight => (2, 0),
            Left => (0, 1),
            Center => (1, 1),
            Right => (2, 1),
            BottomLeft => (0, 2),
            Bottom => (1, 2),
            BottomRight => (2, 2),
        };
        let along = |film: u32, laid: u32, third: u32| {
            let room = film.saturating_sub(laid);
            let margin = margin.min(room / 2);
            let at = match third {
                0 => margin,
                1 => room / 2,
                _ => room - margin,
            };
            at - at % 2
        };
        (along(film.0, laid.0, across), along(film.1, laid.1, down))
    }

    /// Where lines stand that are shorter than others.
    pub(super) fn align(self) -> &'static str {
        match self {
            Self::TopLeft | Self::Left | Self::BottomLeft => "left",
            Self::Top | Self::Center | Self::Bottom => "center",
            Self::TopRight | Self::Right | Self::BottomRight => "right",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lies_over_a_film_is_inside_of_it_wherever_it_is() {
        let film = (1280, 720);
        let at = |place: Place, laid| place.of(film, laid, 36);
        assert_eq!(at(Place::TopLeft, (161, 90)), (36, 36));
        assert_eq!(at(Place::Center, (160, 90)), (560, 314));
        assert_eq!(at(Place::BottomRight, (160, 90)), (1084, 594));
        // Without room for margins there are none.
        assert_eq!(at(Place::BottomRight, (1280, 700)), (0, 10));
    }

    #[test]
    fn places_have_the_names_that_people_write() {
        let names: Vec<Place> = serde_json::from_value(serde_json::json!([
            "top-left",
            "top",
            "top-right",
            "left",
            "center",
            "right",
            "bottom-left",
            "bottom",
            "bottom-right"
        ]))
        .unwrap();
        assert_eq!(names.len(), 9);
        assert_eq!((names[0], names[7]), (Place::TopLeft, Place::Bottom));
    }
}
