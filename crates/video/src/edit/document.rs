//! What an edit says.

use std::time::Duration;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use serde_json::{Map, Value};

use super::error::EditError;
use super::overlay::{MOST_OVERLAYS, Overlay};
use crate::film::{Preset, Setup, read_duration, write_duration};
use crate::job::FrameRate;
use crate::sound::Soundtrack;

/// Bytes of an edit.
const LARGEST: usize = 1 << 20;

/// Clips of an edit: each is a file that ffmpeg holds open.
pub(super) const MOST_CLIPS: usize = 100;

/// How long a transition is when nothing is said, in milliseconds.
const TRANSITION_MS: u64 = 500;

/// Parts of films, one after another.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Edit {
    /// Kept in the file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Pixels, even; those of the first clip when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub width: Option<u32>,
    /// Pixels, even; those of the first clip when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub height: Option<u32>,
    /// Frames a second; those of the first clip when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fps: Option<f64>,
    /// Thousand bits a second that the encoder aims at; as many as films of that size have when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bitrate: Option<u32>,
    /// What is heard over what the clips have themselves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sound: Option<Soundtrack>,
    /// In order.
    pub clips: Vec<Clip>,
    /// What lies over the new film; later ones over earlier ones.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub overlays: Vec<Overlay>,
    /// Fields that are not known here; they are kept.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// A part of a film.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Clip {
    /// Which film, in the words of who keeps films: a path, an id.
    pub film: String,
    /// Where it begins in the film; its beginning when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Span>,
    /// Where it ends; its end when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Span>,
    /// In place of both: the part of the film that has this name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chapter: Option<String>,
    /// The part of the picture that is shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub crop: Option<Crop>,
    /// How many times as fast, 0.25 to 16.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speed: Option<f64>,
    /// How many times as fast, besides, what shows nothing new for a second or longer, up to 16.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dull: Option<f64>,
    /// How it comes in after the clip before it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub transition: Option<Transition>,
    /// Fields that are not known here; they are kept.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// A part of a picture, in pixels of the film.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Crop {
    /// From the left.
    #[serde(default)]
    pub x: u32,
    /// From the top.
    #[serde(default)]
    pub y: u32,
    /// How wide.
    pub width: u32,
    /// How high.
    pub height: u32,
}

/// How a clip comes in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Written")]
pub struct Transition {
    /// Which.
    pub kind: TransitionKind,
    /// How long both are to be seen.
    pub duration: Span,
}

/// Which transition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TransitionKind {
    /// None: one picture, then the next.
    #[default]
    Cut,
    /// To black, and from black.
    Fade,
    /// One becomes the other.
    Dissolve,
    /// The next comes in over the other from the right.
    Wipe,
}

/// A transition is its kind alone, or with its duration.
#[derive(Deserialize)]
#[serde(untagged)]
enum Written {
    Kind(TransitionKind),
    Whole {
        kind: TransitionKind,
        duration: Option<Span>,
    },
}

impl From<Written> for Transition {
    fn from(written: Written) -> Self {
        let (kind, duration) = match written {
            Written::Kind(kind) => (kind, None),
            Written::Whole { kind, duration } => (kind, duration),
        };
        let usual = Span(Duration::from_millis(TRANSITION_MS));
        Self {
            kind,
            duration: duration.unwrap_or(usual),
        }
    }
}

/// A time as people write it: milliseconds, or a number with its unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span(pub Duration);

impl<'de> Deserialize<'de> for Span {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        read_duration(&value).map(Self).map_err(de::Error::custom)
    }
}

impl Serialize for Span {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        write_duration(self.0).serialize(serializer)
    }
}

impl Edit {
    /// Reads YAML or JSON.
    ///
    /// # Errors
    /// Says where and what.
    pub fn parse(text: &str) -> Result<Self, EditError> {
        if text.len() > LARGEST {
            let problem = format!("an edit has at most {LARGEST} bytes");
            return Err(EditError::document("", problem));
        }
        let text = text.trim_start_matches('\u{feff}');
        let value: Value = serde_saphyr::from_str(text)
            .map_err(|error| EditError::document("", error.to_string()))?;
        Self::from_value(value)
    }

    /// Reads a document that is already a tree.
    ///
    /// # Errors
    /// Says where and what.
    pub fn from_value(value: Value) -> Result<Self, EditError> {
        let edit: Self = serde_path_to_error::deserialize(value).map_err(|error| {
            let place = error.path().to_string();
            let place = if place == "." { String::new() } else { place };
            EditError::document(place, error.inner().to_string())
        })?;
        edit.check()?;
        Ok(edit)
    }

    /// The document as YAML.
    ///
    /// # Errors
    /// When a value cannot be written down, which no edit of [`Edit::parse`] has.
    pub fn to_yaml(&self) -> Result<String, serde_saphyr::ser::Error> {
        serde_saphyr::to_string(self)
    }

    /// Size, rate and bitrate of the new film: where it says nothing, those of its first clip, whose film has this size in
    /// pixels and rate in frames a second.
    ///
    /// # Errors
    /// Says which number cannot be.
    pub fn setup(&self, (width, height): (u32, u32), fps: f64) -> Result<Setup, EditError> {
        let crop = self.clips.first().and_then(|clip| clip.crop);
        let (width, height) = crop.map_or((width, height), |crop| (crop.width, crop.height));
        let even = |side: u32| side - side % 2;
        let width = self.width.unwrap_or_else(|| even(width));
        let height = self.height.unwrap_or_else(|| even(height));
        let fps = self.fps.unwrap_or(fps);
        if !(1.0..=120.0).contains(&fps) {
            let problem = format!("a film has 1 to 120 frames a second, not {fps}");
            return Err(EditError::document("fps", problem));
        }
        let setup = Setup {
            width,
            height,
            scale: 1,
            rate: FrameRate::from_number(fps),
            kbps: self.bitrate.unwrap_or_else(|| usual_kbps(width, height)),
        };
        let checked = setup.check();
        checked.map_err(|error| EditError::document("", error.to_string()))?;
        Ok(setup)
    }

    /// Whether it can be made of films that hold what it names.
    ///
    /// # Errors
    /// Says where and what.
    pub fn check(&self) -> Result<(), EditError> {
        if self.clips.is_empty() || self.clips.len() > MOST_CLIPS {
            let problem = format!("an edit has 1 to {MOST_CLIPS} clips");
            return Err(EditError::document("clips", problem));
        }
        if let Some(sound) = &self.sound {
            sound
                .check()
                .map_err(|problem| EditError::document("sound.musicVolume", problem))?;
            if sound.page {
                let problem = "an edit has no page; its films keep the sound that they have";
                return Err(EditError::document("sound.page", problem.to_owned()));
            }
        }
        for (index, clip) in self.clips.iter().enumerate() {
            clip.check(index).map_err(|(field, problem)| {
                EditError::document(format!("clips[{index}].{field}"), problem)
            })?;
        }
        if self.overlays.len() > MOST_OVERLAYS {
            let problem = format!("an edit has at most {MOST_OVERLAYS} overlays");
            return Err(EditError::document("overlays", problem));
        }
        for (index, overlay) in self.overlays.iter().enumerate() {
            overlay.check().map_err(|(field, problem)| {
                let dot = if field.is_empty() { "" } else { "." };
                EditError::document(format!("overlays[{index}]{dot}{field}"), problem)
            })?;
        }
        Ok(())
    }
}

/// As many as the presets of that size have.
fn usual_kbps(width: u32, height: u32) -> u32 {
    let pixels = u64::from(width) * u64::from(height);
    let fits = |preset: &Setup| pixels <= u64::from(preset.width) * u64::from(preset.height);
    let presets = [Preset::Medium, Preset::High].map(Preset::setup);
    let usual = presets.into_iter().find(fits);
    usual.unwrap_or(Preset::Ultra.setup()).kbps
}

impl Clip {
    fn check(&self, index: usize) -> Result<(), (&'static str, String)> {
        let is_speed = |speed: &f64, least: f64| (least..=16.0).contains(speed);
        if self.speed.is_some_and(|speed| !is_speed(&speed, 0.25)) {
            return Err(("speed", "a speed is a number from 0.25 to 16".to_owned()));
        }
        if self.dull.is_some_and(|speed| !is_speed(&speed, 1.0)) {
            return Err(("dull", "a speed for what is dull is 1 to 16".to_owned()));
        }
        if self.chapter.is_some() && (self.from.is_some() || self.to.is_some()) {
            let problem = "a clip has from and to, or the name of a chapter";
            return Err(("chapter", problem.to_owned()));
        }
        if self
            .crop
            .is_some_and(|crop| crop.width < 16 || crop.height < 16)
        {
            return Err((
                "crop",
                "what is shown has at least 16 × 16 pixels".to_owned(),
            ));
        }
        if index == 0 && self.transition.is_some() {
            let problem = "the first clip comes after nothing: transitions belong to the later one";
            return Err(("transition", problem.to_owned()));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::edit::Place;

    #[test]
    fn an_edit_is_read_and_written_as_it_was() {
        let text = r#"
title: Two rooms
fps: 30
author: somebody
clips:
  - film: a.mp4
    from: 2s
    to: 12500ms
    crop: { x: 10, y: 20, width: 640, height: 360 }
    dull: 4
  - film: b.webm
    chapter: Prices
    speed: 1.5
    transition: dissolve
  - film: a.mp4
    transition: { kind: wipe, duration: 800ms }
overlays:
  - { text: 'New: "in" 2.4', from: 2s, to: 6s, place: bottom-left, size: 40 }
  - { picture: logo.png, width: 160, opacity: 0.8, note: ours }
"#;
        let edit = Edit::parse(text).unwrap();
        assert_eq!(edit.clips.len(), 3);
        assert_eq!(edit.extra["author"], "somebody");
        let transitions: Vec<_> = edit
            .clips
            .iter()
            .filter_map(|clip| clip.transition)
            .collect();
        assert_eq!(transitions[0].duration.0, Duration::from_millis(500));
        assert_eq!(transitions[1].kind, TransitionKind::Wipe);
        assert_eq!(edit.overlays[0].place, Some(Place::BottomLeft));
        assert_eq!(edit.overlays[1].extra["note"], "ours");
        let again = Edit::parse(&edit.to_yaml().unwrap()).unwrap();
        assert_eq!(again, edit);
    }

    #[test]
    fn what_makes_no_sense_is_named_with_its_place() {
        for (text, place) in [
            ("clips: []", "clips"),
            ("title: none", ""),
            ("clips: [{ film: a, speed: 99 }]", "clips[0].speed"),
            ("clips: [{ film: a, dull: 0.5 }]", "clips[0].dull"),
            ("clips: [{ film: a, from: later }]", "clips[0].from"),
            (
                "clips: [{ film: a, from: 1s, chapter: x }]",
                "clips[0].chapter",
            ),
            (
                "clips: [{ film: a, transition: fade }]",
                "clips[0].transition",
            ),
            (
                "clips: [{ film: a, crop: { width: 4, height: 4 } }]",
                "clips[0].crop",
            ),
            (
                "sound: { voice: v.mp3, musicVolume: 7 }\nclips: [{ film: a }]",
                "sound.musicVolume",
            ),
            ("sound: { page: true }\nclips: [{ film: a }]", "sound.page"),
            ("clips: [{ film: a", ""),
            ("clips: [{ film: a }]\noverlays: [{}]", "overlays[0]"),
            (
                "clips: [{ film: a }]\noverlays: [{ text: a, picture: b }]",
                "overlays[0]",
            ),
            (
                "clips: [{ film: a }]\noverlays: [{ text: a }, { text: ' ' }]",
                "overlays[1].text",
            ),
            (
                "clips: [{ film: a }]\noverlays: [{ text: a, width: 200 }]",
                "overlays[0].width",
            ),
            (
                "clips: [{ film: a }]\noverlays: [{ text: a, size: 4 }]",
                "overlays[0].size",
            ),
            (
                "clips: [{ film: a }]\noverlays: [{ picture: a, size: 40 }]",
                "overlays[0].size",
            ),
            (
                "clips: [{ film: a }]\noverlays: [{ picture: a, width: 5000 }]",
                "overlays[0].width",
            ),
            (
                "clips: [{ film: a }]\noverlays: [{ picture: '' }]",
                "overlays[0].picture",
            ),
            (
                "clips: [{ film: a }]\noverlays: [{ text: a, opacity: 1.5 }]",
                "overlays[0].opacity",
            ),
            (
                "clips: [{ film: a }]\noverlays: [{ text: a, from: 3s, to: 3s }]",
                "overlays[0].to",
            ),
            (
                "clips: [{ film: a }]\noverlays: [{ text: a, place: middle }]",
                "overlays[0].place",
            ),
        ] {
            let EditError::Document {
                place: named,
                problem,
            } = Edit::parse(text).unwrap_err()
            else {
                panic!("{text}");
            };
            assert_eq!(named, place, "{text}: {problem}");
            assert!(!problem.is_empty());
        }
    }

    proptest! {
        #[test]
        fn no_text_is_too_strange(text in ".{0,400}") {
            let _ = Edit::parse(&text);
        }

        #[test]
        fn no_clip_is_too_strange(from in ".{0,8}", speed in proptest::num::f64::ANY, kind in "[a-z]{0,9}") {
            let value = serde_json::json!({ "clips": [
                { "film": "a" },
                { "film": "b", "from": from, "speed": speed, "transition": kind },
            ] });
            let _ = Edit::from_value(value);
        }

        #[test]
        fn no_overlay_is_too_strange(
            text in proptest::option::of("\\PC{0,600}"),
            picture in proptest::option::of(".{0,8}"),
            (from, to) in (".{0,8}", proptest::num::i64::ANY),
            (place, opacity) in ("[a-z-]{0,12}", proptest::num::f64::ANY),
            width in proptest::option::of(proptest::num::u32::ANY),
        ) {
            let value = serde_json::json!({ "clips": [{ "film": "a" }], "overlays": [{
                "text": text, "picture": picture, "from": from, "to": to, "place": place, "opacity": opacity, "width": width,
            }] });
            if let Err(EditError::Document { place, problem }) = Edit::from_value(value) {
                prop_assert!(place.starts_with("overlays[0]"), "{place}: {problem}");
            }
        }

        #[test]
        fn words_are_kept_as_they_are_whatever_they_say(text in "\\PC{1,100}") {
            let overlay = Overlay { text: Some(text), ..Overlay::default() };
            let clip = Clip { film: "a".to_owned(), ..Clip::default() };
            let edit = Edit { clips: vec![clip], overlays: vec![overlay], ..Edit::default() };
            if edit.check().is_ok() {
                prop_assert_eq!(Edit::parse(&edit.to_yaml().unwrap()).unwrap(), edit);
            }
        }
    }
}
