//! A step: what every kind has in common, plus the kind.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use crate::{
    AlternativeSelector, ContentSignature, Context, FrameRef, LegacySelector, Map, Problem,
    Selector, StepKind, WaitConditions, number, text,
};

/// One step of a recording. The document calls it an action.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", remote = "Self")]
pub struct Step {
    /// `act_001`, unique in the recording.
    #[serde(default, deserialize_with = "text::lenient")]
    pub id: String,
    /// What the step does.
    #[serde(skip, default = "unread")]
    pub kind: StepKind,
    /// When it began, in milliseconds since the recording started.
    #[serde(default, serialize_with = "number::tidy")]
    pub timestamp: f64,
    /// When it ended, in milliseconds since the recording started.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        serialize_with = "number::tidy_option"
    )]
    pub completed_at: Option<f64>,
    /// Address of the page at the time.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub url: String,
    /// A name given by a person; [`Step::title`] prefers it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// How to find the element, best first.
    #[serde(
        default,
        skip_serializing_if = "Vec::is_empty",
        deserialize_with = "text::list_or_null"
    )]
    pub selectors: Vec<Selector>,
    /// The single selector of older files.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub selector: Option<LegacySelector>,
    /// More ways to the element, as the recorder extension writes them.
    #[serde(
        default,
        skip_serializing_if = "Vec::is_empty",
        deserialize_with = "text::list_or_null"
    )]
    pub alternative_selectors: Vec<AlternativeSelector>,
    /// Frames on the way to the element, outermost first; empty for the page's own document.
    #[serde(
        default,
        skip_serializing_if = "Vec::is_empty",
        deserialize_with = "text::list_or_null"
    )]
    pub frames: Vec<FrameRef>,
    /// The recorder extension's own name of the frame.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub frame_id: Option<Value>,
    /// Address of the frame, as the recorder extension writes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub frame_url: Option<String>,
    /// CSS selector of the frame's element, as the recorder extension writes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub frame_selector: Option<String>,
    /// A failure of this step does not fail the run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is_optional: Option<bool>,
    /// The step is skipped when its element does not appear.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub skip_if_not_found: Option<bool>,
    /// Why it is optional.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// What tells the item of a list from its neighbours.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content_signature: Option<ContentSignature>,
    /// What the element was beside its selectors: a [`Fingerprint`](crate::Fingerprint), unless another tool means
    /// something else by the word.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fingerprint: Option<Value>,
    /// How the element was when the step was done, as its recorder wrote it: `visible`, `enabled`, `imageComplete`, …
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub element_state: Option<Value>,
    /// What the page had to reach.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wait_conditions: Option<WaitConditions>,
    /// Why the step happened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub context: Option<Context>,
    /// How long this step may take, in milliseconds; overrides the run's limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub timeout: Option<u64>,
    /// Everything else the document says about it.
    #[serde(flatten)]
    pub extra: Map,
}

/// Stands in until [`Step::read`] has read the kind from what is left of the object.
fn unread() -> StepKind {
    StepKind::Unknown(crate::Unknown {
        type_name: String::new(),
        fields: Map::new(),
    })
}

impl Step {
    /// A step with nothing but its kind; [`Recording::push`](crate::Recording::push) gives it an id.
    pub fn new(kind: impl Into<StepKind>) -> Self {
        Self {
            id: String::new(),
            kind: kind.into(),
            timestamp: 0.0,
            completed_at: None,
            url: String::new(),
            name: None,
            selectors: Vec::new(),
            selector: None,
            alternative_selectors: Vec::new(),
            frames: Vec::new(),
            frame_id: None,
            frame_url: None,
            frame_selector: None,
            is_optional: None,
            skip_if_not_found: None,
            reason: None,
            content_signature: None,
            fingerprint: None,
            element_state: None,
            wait_conditions: None,
            context: None,
            timeout: None,
            extra: Map::new(),
        }
    }

    /// Reads a step from its JSON form, such as the recorder in the page emits; the id may be missing.
    pub fn from_value(value: Value) -> Result<Self, Problem> {
        let Value::Object(mut map) = value else {
            return Err(Problem::error("", "a step must be an object"));
        };
        let type_name = match map.shift_remove("type") {
            Some(Value::String(name)) if !name.is_empty() => name,
            Some(_) => return Err(Problem::error("type", "the type of a step must be text")),
            None => return Err(Problem::error("type", "the step has no type")),
        };
        let mut track = serde_path_to_error::Track::new();
        let object = Value::Object(map);
        let mut step = Self::deserialize(serde_path_to_error::Deserializer::new(
            object, &mut track,
        ))
        .map_err(|error: serde_json::Error| {
            let path = track.path().to_string();
            Problem::error(
                if path == "." { String::new() } else { path },
                error.to_string(),
            )
        })?;
        let fields = std::mem::take(&mut step.extra);
        step.kind = StepKind::from_fields(&type_name, fields)
            .map_err(|(path, message)| Problem::error(path, message))?;
        Ok(step)
    }

    /// The step's JSON form.
    pub fn to_value(&self) -> Result<Value, serde_json::Error> {
        let mut common = match Self::serialize(self, serde_json::value::Serializer)? {
            Value::Object(map) => map,
            other => return Ok(other),
        };
        let mut map = Map::new();
        if let Some(id) = common.shift_remove("id").filter(|id| id != "") {
            map.insert("id".to_owned(), id);
        }
        map.insert("type".to_owned(), Value::from(self.kind.type_name()));
        map.extend(common);
        self.kind.write_into(&mut map)?;
        Ok(Value::Object(map))
    }

    /// Every way to the step's element, best first: the ranked list, then the single selector of older files, then
    /// the alternatives. Doubles are left out.
    pub fn locators(&self) -> Vec<Selector> {
        let mut ranked = self.selectors.clone();
        ranked.sort_by(|a, b| {
            let rank = |selector: &Selector| selector.priority.unwrap_or(f64::MAX);
            rank(a).total_cmp(&rank(b))
        });
        let mut alternatives: Vec<&AlternativeSelector> =
            self.alternative_selectors.iter().collect();
        alternatives.sort_by(|a, b| {
            a.priority
                .unwrap_or(f64::MAX)
                .total_cmp(&b.priority.unwrap_or(f64::MAX))
        });

        let legacy = self.selector.iter().flat_map(LegacySelector::to_selectors);
        let alternative = alternatives
            .into_iter()
            .flat_map(AlternativeSelector::to_selectors);
        let mut all: Vec<Selector> = Vec::with_capacity(ranked.len());
        for selector in ranked.into_iter().chain(legacy).chain(alternative) {
            if !all
                .iter()
                .any(|known| known.strategy == selector.strategy && known.value == selector.value)
            {
                all.push(selector);
            }
        }
        // A place among siblings finds something in every page: it must not win over a name from another list.
        all.sort_by_key(|selector| selector.strategy == "position");
        all
    }

    /// Frames on the way to the element, outermost first, from either form of the document.
    pub fn frame_path(&self) -> Vec<FrameRef> {
        if !self.frames.is_empty() {
            return self.frames.clone();
        }
        match &self.frame_selector {
            Some(css) if !css.trim().is_empty() => vec![FrameRef {
                selectors: vec![Selector::new("css", css)],
                url: self.frame_url.clone(),
                extra: Map::new(),
            }],
            _ => Vec::new(),
        }
    }
}

impl Serialize for Step {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.to_value()
            .map_err(serde::ser::Error::custom)?
            .serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Step {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        Self::from_value(value).map_err(serde::de::Error::custom)
    }
}
