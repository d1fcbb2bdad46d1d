//! What is sent to ask for a film, and what it means.

use std::time::Duration;

use browser::{BrowserError, Capability, Engine};
use ids::{FilmId, RecordingId};
use recording::{Recording, Variables};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use store::FilmSetup;
use video::{Clock, Container, FrameRate, Look, Pace, Preset, Setup, Storyboard, Template, Title};

use super::values;

/// Bytes of an order: a storyboard is the largest part of it.
pub const LARGEST_FILM_ORDER: usize = 2 << 20;

/// What is sent to ask for a film. Fields that are not known are kept.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct FilmRequest {
    /// What it is called; its title or its address when left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The page that a tour is made of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// What kind of tour.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub template: Option<TemplateName>,
    /// How long a tour is: milliseconds, or "30s". Scripts take as long as they take.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duration: Option<Value>,
    /// What decides between equals in a tour.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seed: Option<u64>,
    /// The steps, as `proscenium film` reads them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub storyboard: Option<Value>,
    /// Parts of films of this studio, one after another, as `proscenium edit` reads them; films are named by their ids.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edit: Option<Value>,
    /// What is heard: `voice`, `music` (ids of sounds), `musicVolume`, and `page` for what the page itself plays. It counts more
    /// than what a script says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sound: Option<Value>,
    /// The recording that is performed; with a storyboard, the one that it was made of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recording_id: Option<RecordingId>,
    /// A recording that the player performs; with a `recordingId`, that one as it was when it was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recording: Option<Value>,
    /// Values of the recording's variables, such as `PASSWORD`. They are kept sealed, and not with the order.
    #[serde(skip_serializing, deserialize_with = "values::read")]
    pub variables: Variables,
    /// Whether the steps of a recording are named at the bottom of the film.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub captions: Option<bool>,
    /// What of the recording is not performed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub left_out: Vec<String>,
    /// A card before everything else.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Resolution, rate and bitrate.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub preset: Option<PresetName>,
    /// Pixels, in place of the preset's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub width: Option<u32>,
    /// Pixels, in place of the preset's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub height: Option<u32>,
    /// Pixels of the film for each CSS pixel of the page, in place of the preset's: the page is laid out smaller by it, and drawn
    /// denser.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scale: Option<u32>,
    /// Frames a second, in place of the preset's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fps: Option<f64>,
    /// Thousand bits a second, in place of the preset's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kbps: Option<u32>,
    /// The kind of file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub format: Option<FormatName>,
    /// Whether every frame is drawn on command, by a clock that waits for it: nothing is dropped however slow the machine.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub perfect: Option<bool>,
    /// The engine whose page is filmed: chromium, firefox or webkit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub browser: Option<String>,
    /// What is around and over the page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub look: Option<Value>,
    /// How fast things are done: `scrollSpeed`, in CSS pixels a second, and the time `between` two steps.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pace: Option<Value>,
    /// The demo that it shows, in the words of whoever asks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub demo_id: Option<String>,
    /// For whom it is, in the words of whoever asks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lead_id: Option<String>,
    /// The film that this one is made again of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub again_of: Option<FilmId>,
    /// Fields that mean nothing here.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// What kind of film is made of a page, in the words of the API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TemplateName {
    /// The best elements of the page.
    #[default]
    Tour,
    /// What the page shows first.
    Hero,
    /// The page's headings.
    Features,
    /// All of the page.
    Page,
}

/// The four qualities, in the words of the API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PresetName {
    /// 1280 × 720, 24 frames a second, 1.5 Mbit/s.
    Low,
    /// 1280 × 720, 30 frames a second, 2.5 Mbit/s.
    Medium,
    /// 1920 × 1080, 30 frames a second, 5 Mbit/s.
    #[default]
    High,
    /// 3840 × 2160, 60 frames a second, 10 Mbit/s.
    Ultra,
}

/// The kinds of file, in the words of the API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FormatName {
    /// H.264 in MP4.
    #[default]
    Mp4,
    /// VP9 in WebM.
    Webm,
}

/// A field of an order that makes no sense.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {problem}")]
pub struct WrongOrder {
    /// Which field: "storyboard.steps[2].click".
    pub field: String,
    /// What is wrong and what is right.
    pub problem: String,
}

impl WrongOrder {
    pub(super) fn new(field: impl Into<String>, problem: impl Into<String>) -> Self {
        Self {
            field: field.into(),
            problem: problem.into(),
        }
    }
}

impl FilmRequest {
    /// Reads an order.
    ///
    /// # Errors
    /// Names the field that makes no sense.
    pub fn parse(json: &[u8]) -> Result<Self, WrongOrder> {
        if json.len() > LARGEST_FILM_ORDER {
            let problem = format!("it has at most {LARGEST_FILM_ORDER} bytes");
            return Err(WrongOrder::new("the order", problem));
        }
        Self::read(json)
    }

    /// Reads an order that was kept; with the recording that it has by then it may be larger.
    pub(crate) fn read(json: &[u8]) -> Result<Self, WrongOrder> {
        let mut reader = serde_json::Deserializer::from_slice(json);
        let request: Self =
            serde_path_to_error::deserialize(&mut reader).map_err(|error| match error.path() {
                path if path.iter().len() == 0 => {
                    WrongOrder::new("the order", error.inner().to_string())
                }
                path => WrongOrder::new(path.to_string(), error.inner().to_string()),
            })?;
        reader
            .end()
            .map_err(|error| WrongOrder::new("the order", error.to_string()))?;
        Ok(request)
    }

    /// What happens in the film, when it is written down.
    ///
    /// # Errors
    /// Says where in the storyboard, and what.
    pub fn script(&self) -> Result<Option<Storyboard>, WrongOrder> {
        let Some(value) = &self.storyboard else {
            return Ok(None);
        };
        let read = match value {
            Value::String(text) => Storyboard::parse(text),
            value => Storyboard::from_value(value.clone()),
        };
        let mut storyboard = read.map_err(|error| match error.place.as_str() {
            "" => WrongOrder::new("storyboard", error.problem),
            place => WrongOrder::new(format!("storyboard.{place}"), error.problem),
        })?;
        self.entitle(&mut storyboard);
        Ok(Some(storyboard))
    }

    /// Puts the order's own title before a script.
    pub fn entitle(&self, storyboard: &mut Storyboard) {
        if let Some(title) = self.card() {
            storyboard.title = Some(title);
        }
    }

    /// The order's own title, as a card.
    #[must_use]
    pub fn card(&self) -> Option<Title> {
        let text = self.title.as_ref().filter(|text| !text.trim().is_empty())?;
        Some(Title {
            text: text.clone(),
            subtitle: None,
            duration: None,
        })
    }

    /// The recording that the player performs, when there is one.
    ///
    /// # Errors
    /// Says why it cannot be read.
    pub fn recorded(&self) -> Result<Option<Recording>, WrongOrder> {
        let read = |value: &Value| {
            Recording::from_value(value.clone())
                .map_err(|error| WrongOrder::new("recording", error.to_string()))
        };
        self.recording.as_ref().map(read).transpose()
    }

    /// Size, rate and bitrate.
    ///
    /// # Errors
    /// Says which number cannot be filmed.
    pub fn setup(&self) -> Result<Setup, WrongOrder> {
        let mut setup = self.preset().setup();
        setup.width = self.width.unwrap_or(setup.width);
        setup.height = self.height.unwrap_or(setup.height);
        setup.scale = self.scale.unwrap_or(setup.scale);
        setup.kbps = self.kbps.unwrap_or(setup.kbps);
        if let Some(fps) = self.fps {
            if !(1.0..=120.0).contains(&fps) {
                let problem = format!("a film has 1 to 120 frames a second, not {fps}");
                return Err(WrongOrder::new("fps", problem));
            }
            setup.rate = FrameRate::from_number(fps);
        }
        match setup.problem() {
            Some((field, problem)) => Err(WrongOrder::new(field, problem)),
            None => Ok(setup),
        }
    }

    /// The engine whose page is filmed.
    ///
    /// # Errors
    /// Names those that there are, and the one that can film under a clock that waits.
    pub fn engine(&self) -> Result<Engine, WrongOrder> {
        let engine = match self.browser.as_deref() {
            None => Engine::default(),
            Some(name) => name
                .parse()
                .map_err(|error: BrowserError| WrongOrder::new("browser", error.to_string()))?,
        };
        if self.perfect == Some(true) && engine != Engine::Chromium {
            let problem = "only chromium draws its frames on command, which perfect needs";
            return Err(WrongOrder::new("browser", problem));
        }
        Ok(engine)
    }

    /// What is around and over the page.
    ///
    /// # Errors
    /// Says which field cannot be drawn.
    pub fn look(&self) -> Result<Look, WrongOrder> {
        let Some(value) = &self.look else {
            return Ok(Look::default());
        };
        let look: Look = serde_path_to_error::deserialize(value).map_err(|error| {
            let field = match error.path() {
                path if path.iter().len() == 0 => "look".to_owned(),
                path => format!("look.{path}"),
            };
            WrongOrder::new(field, error.inner().to_string())
        })?;
        match look.problem() {
            Some((field, problem)) => Err(WrongOrder::new(format!("look.{field}"), problem)),
            None => Ok(look),
        }
    }

    /// How fast things are done.
    ///
    /// # Errors
    /// Says which field is none.
    pub fn pace(&self) -> Result<Pace, WrongOrder> {
        let Some(value) = &self.pace else {
            return Ok(Pace::default());
        };
        Pace::read(value).map_err(|(field, problem)| match field {
            "" => WrongOrder::new("pace", problem),
            field => WrongOrder::new(format!("pace.{field}"), problem),
        })
    }

    /// Refuses a scale that the engine cannot draw pages at.
    pub(super) fn must_be_drawn(&self, setup: Setup) -> Result<(), WrongOrder> {
        let screen = setup.screen();
        let drawn = screen.check(self.engine()?);
        drawn.map_err(|error| WrongOrder::new("scale", error.to_string()))
    }

    /// Refuses a look that the engine cannot ask pages for; a storyboard's own counts in place of the order's.
    pub(super) fn must_be_shown(&self, script: Option<&Storyboard>) -> Result<(), WrongOrder> {
        let (look, field) = match script.and_then(|script| script.look.clone()) {
            Some(look) => (look, "storyboard.look.scheme"),
            None => (self.look()?, "look.scheme"),
        };
        if look.scheme.is_none() {
            return Ok(());
        }
        let shown = Capability::ColorScheme.must_be_on(self.engine()?);
        shown.map_err(|error| WrongOrder::new(field, format!("{error}: leave it out")))
    }

    /// Refuses what would be ignored: only the player knows what the steps of a recording are called.
    pub(super) fn must_not_ask_for_captions_in_vain(&self) -> Result<(), WrongOrder> {
        let is_played = self.storyboard.is_none()
            && self.edit.is_none()
            && (self.recording.is_some() || self.recording_id.is_some())
            && self.perfect != Some(true);
        if self.captions == Some(true) && !is_played {
            let problem = "only a recording that is filmed in real time names its steps: leave it out, or `perfect`; a storyboard's steps have a `caption`";
            return Err(WrongOrder::new("captions", problem));
        }
        Ok(())
    }

    /// What it is made of, in a word.
    pub(crate) fn kind(&self) -> &'static str {
        if self.edit.is_some() {
            "edit"
        } else if self.storyboard.is_some() {
            "storyboard"
        } else if self.recording.is_some() {
            "recording"
        } else {
            "tour"
        }
    }

    /// How long a tour is.
    ///
    /// # Errors
    /// Says how durations are written.
    pub fn duration(&self) -> Result<Option<Duration>, WrongOrder> {
        match &self.duration {
            None | Some(Value::Null) => Ok(None),
            Some(value) => video::read_duration(value)
                .map(Some)
                .map_err(|problem| WrongOrder::new("duration", problem)),
        }
    }

    /// What kind of film is made of a page.
    #[must_use]
    pub fn template(&self) -> Template {
        match self.template.unwrap_or_default() {
            TemplateName::Tour => Template::Tour,
            TemplateName::Hero => Template::Hero,
            TemplateName::Features => Template::Features,
            TemplateName::Page => Template::Page,
        }
    }

    /// The kind of file.
    #[must_use]
    pub fn container(&self) -> Container {
        match self.format.unwrap_or_default() {
            FormatName::Mp4 => Container::Mp4,
            FormatName::Webm => Container::Webm,
        }
    }

    /// By which clock it is filmed.
    #[must_use]
    pub fn clock(&self) -> Clock {
        match self.perfect {
            Some(true) => Clock::Virtual,
            _ => Clock::Real,
        }
    }

    fn preset(&self) -> Preset {
        match self.preset.unwrap_or_default() {
            PresetName::Low => Preset::Low,
            PresetName::Medium => Preset::Medium,
            PresetName::High => Preset::High,
            PresetName::Ultra => Preset::Ultra,
        }
    }

    /// The setup as it is kept and shown.
    pub(super) fn kept_setup(&self, setup: Setup) -> FilmSetup {
        let preset = self.preset();
        let is_plain = preset.setup() == setup;
        FilmSetup {
            preset: if is_plain { preset.name() } else { "custom" }.to_owned(),
            width: setup.width,
            height: setup.height,
            scale: Some(setup.scale),
            fps: setup.rate.per_second(),
            kbps: setup.kbps,
            format: self.format_word().to_owned(),
        }
    }

    pub(super) fn format_word(&self) -> &'static str {
        match self.container() {
            Container::Mp4 => "mp4",
            Container::Webm => "webm",
        }
    }
}
