//! The document as a whole.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{Map, Step, number, text};

/// The version of the format that this crate writes.
pub const VERSION: &str = "1.0.0";

/// A width and a height, in CSS pixels.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Size {
    /// Width, in CSS pixels.
    pub width: u32,
    /// Height, in CSS pixels.
    pub height: u32,
    /// Everything else the document says about it.
    #[serde(flatten)]
    pub extra: Map,
}

impl Size {
    /// A width and a height, in CSS pixels.
    pub fn new(width: u32, height: u32) -> Self {
        Self {
            width,
            height,
            extra: Map::new(),
        }
    }
}

/// A value that is given when the recording is performed.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct VariableDeclaration {
    /// The name, without `${}`.
    pub name: String,
    /// What it is for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Type of the field it was recorded in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field_type: Option<String>,
    /// CSS selector of that field.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub selector: Option<Value>,
    /// `${NAME}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub placeholder: Option<String>,
    /// Everything else the document says about it.
    #[serde(flatten)]
    pub extra: Map,
}

/// A recording.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Recording {
    /// `rec_<unix ms>`.
    #[serde(
        default,
        skip_serializing_if = "String::is_empty",
        deserialize_with = "text::lenient"
    )]
    pub id: String,
    /// Version of the format.
    #[serde(default = "version", deserialize_with = "text::lenient")]
    pub version: String,
    /// Name of the recording.
    #[serde(
        default,
        skip_serializing_if = "String::is_empty",
        deserialize_with = "text::lenient"
    )]
    pub test_name: String,
    /// The page where it starts.
    pub url: String,
    /// When the recording started, RFC 3339.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "text::lenient_option"
    )]
    pub start_time: Option<String>,
    /// When it ended, RFC 3339.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "text::lenient_option"
    )]
    pub end_time: Option<String>,
    /// Size of the page area.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub viewport: Option<Size>,
    /// Size of the window.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub window_size: Option<Size>,
    /// Size of the screen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub screen_size: Option<Size>,
    /// Device pixels for each CSS pixel.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        serialize_with = "number::tidy_option"
    )]
    pub device_pixel_ratio: Option<f64>,
    /// Whether the page is laid out as on a phone: its meta viewport tag counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is_mobile: Option<bool>,
    /// Whether the page sees a touch screen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub has_touch: Option<bool>,
    /// User agent of the browser that recorded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_agent: Option<String>,
    /// The steps, in the order in which they are performed.
    #[serde(rename = "actions", default)]
    pub steps: Vec<Step>,
    /// Values that are given when the recording is performed.
    #[serde(
        default,
        skip_serializing_if = "Vec::is_empty",
        deserialize_with = "text::list_or_null"
    )]
    pub variables: Vec<VariableDeclaration>,
    /// Everything else the document says.
    #[serde(flatten)]
    pub extra: Map,
    /// What stood beside `data` when the document came as `{"data": {…}}`; it is written back the same way.
    #[serde(skip)]
    pub wrapper: Option<Map>,
}

fn version() -> String {
    VERSION.to_owned()
}

impl Recording {
    /// Size of the page area when the document gives none.
    pub const DEFAULT_VIEWPORT: (u32, u32) = (1280, 720);

    /// An empty recording that starts now at `url`.
    pub fn new(
        test_name: impl Into<String>,
        url: impl Into<String>,
        viewport: Size,
        user_agent: impl Into<String>,
    ) -> Self {
        let now = Timestamp::now();
        Self {
            id: format!("rec_{}", now.as_millisecond()),
            version: version(),
            test_name: test_name.into(),
            url: url.into(),
            start_time: Some(now.to_string()),
            end_time: None,
            viewport: Some(viewport),
            window_size: None,
            screen_size: None,
            device_pixel_ratio: None,
            is_mobile: None,
            has_touch: None,
            user_agent: Some(user_agent.into()),
            steps: Vec::new(),
            variables: Vec::new(),
            extra: Map::new(),
            wrapper: None,
        }
    }

    /// Adds a step at the end; one without an id gets the next `act_NNN`. Gives the id.
    pub fn push(&mut self, mut step: Step) -> &str {
        if step.id.is_empty() {
            step.id = self.next_step_id();
        }
        self.steps.push(step);
        self.steps
            .last()
            .map(|step| step.id.as_str())
            .unwrap_or_default()
    }

    /// The id that the next step gets: one more than the highest `act_NNN`.
    pub fn next_step_id(&self) -> String {
        let highest = self
            .steps
            .iter()
            .filter_map(|step| step.id.strip_prefix("act_")?.parse::<u64>().ok())
            .max();
        format!("act_{:03}", highest.unwrap_or(0).saturating_add(1))
    }

    /// The words that a person sorted it under: `tags` of the document, a list or a text with commas.
    pub fn tags(&self) -> Vec<&str> {
        let given = match self.extra.get("tags") {
            Some(Value::Array(tags)) => tags.iter().filter_map(Value::as_str).collect(),
            Some(Value::String(tags)) => tags.split(',').collect(),
            _ => Vec::new(),
        };
        let mut tags: Vec<&str> = given.into_iter().map(str::trim).collect();
        tags.retain(|tag| !tag.is_empty());
        tags
    }

    /// Whether a document claims to be a recording: it has a list of actions, or `data` that has one. What else is wrong
    /// with it, [`Recording::from_value`] says.
    pub fn is_claimed_by(document: &Value) -> bool {
        let holds = |value: &Value| value.get("actions").is_some_and(Value::is_array);
        holds(document) || document.get("data").is_some_and(holds)
    }

    /// Width and height of the page area, in CSS pixels.
    pub fn page_size(&self) -> (u32, u32) {
        self.viewport
            .as_ref()
            .map_or(Self::DEFAULT_VIEWPORT, |size| (size.width, size.height))
    }

    /// When `step` began and ended, in milliseconds since the recording started. Files that hold epoch times instead
    /// are understood.
    pub fn span_of(&self, step: &Step) -> (f64, f64) {
        let begin = self.offset(step.timestamp);
        let end = step.completed_at.map_or(begin, |at| self.offset(at));
        (begin, end.max(begin))
    }

    fn offset(&self, at: f64) -> f64 {
        /// Above this a number is milliseconds since 1970, not since the recording started.
        const EPOCH_TIMES: f64 = 1e12;
        if at < EPOCH_TIMES {
            return at.max(0.0);
        }
        let start = self
            .start_time
            .as_deref()
            .and_then(|text| text.parse::<Timestamp>().ok());
        #[expect(
            clippy::cast_precision_loss,
            reason = "milliseconds since 1970 are exact in an f64"
        )]
        let base = start
            .map(|start| start.as_millisecond() as f64)
            .or_else(|| {
                self.steps
                    .iter()
                    .map(|step| step.timestamp)
                    .find(|at| *at >= EPOCH_TIMES)
            });
        (at - base.unwrap_or(at)).max(0.0)
    }

    /// The document as JSON, with its wrapper if it came with one.
    pub fn to_value(&self) -> Result<Value, serde_json::Error> {
        let document = serde_json::to_value(self)?;
        Ok(match &self.wrapper {
            Some(beside) => {
                let mut map = beside.clone();
                map.insert("data".to_owned(), document);
                Value::Object(map)
            }
            None => document,
        })
    }

    /// The document as indented JSON text.
    pub fn to_json_pretty(&self) -> Result<String, serde_json::Error> {
        let mut text = serde_json::to_string_pretty(&self.to_value()?)?;
        text.push('\n');
        Ok(text)
    }
}
