//! From a storyboard to text.

use serde_json::{Map, Value, json};

use super::document::{
    Action, Click, Goto, Highlight, Pause, Scroll, Step, Storyboard, Tab, Type, Wait, Zoom,
};
use super::span;
use crate::film::pace::Pace;

impl Storyboard {
    /// The document as a tree, fields in the order in which people read them.
    pub fn to_value(&self) -> Value {
        let mut fields = Map::new();
        let mut put = |name: &str, value: Option<Value>| {
            if let Some(value) = value {
                fields.insert(name.to_owned(), value);
            }
        };
        put(
            "title",
            self.title.as_ref().map(|title| {
                let mut inner = json!({ "text": title.text });
                if let Some(subtitle) = &title.subtitle {
                    inner["subtitle"] = subtitle.clone().into();
                }
                if let Some(duration) = title.duration {
                    inner["duration"] = span::write(duration);
                }
                inner
            }),
        );
        put("url", self.url.clone().map(Value::from));
        put("seed", (self.seed != 0).then(|| self.seed.into()));
        put("look", self.look.as_ref().map(|look| json!(look)));
        put("pace", self.pace.map(Pace::write));
        put("sound", self.sound.as_ref().map(|sound| json!(sound)));
        put("length", self.length.map(span::write));
        put(
            "steps",
            Some(self.steps.iter().map(Step::to_value).collect()),
        );
        fields.extend(self.extra.clone());
        Value::Object(fields)
    }

    /// The document as YAML.
    ///
    /// # Errors
    /// When a value cannot be written down, which no storyboard of [`Storyboard::parse`] has.
    pub fn to_yaml(&self) -> Result<String, serde_saphyr::ser::Error> {
        serde_saphyr::to_string(&self.to_value())
    }
}

impl Step {
    fn to_value(&self) -> Value {
        let mut fields = Map::new();
        let (name, value, beside) = match &self.action {
            Action::Wait(Wait::Time(time)) => ("wait", span::write(*time), None),
            Action::Wait(Wait::Element(target)) => ("wait", json!({ "for": target.write() }), None),
            Action::Scroll(scroll) => ("scroll", written(scroll), None),
            Action::Hover(target) => ("hover", target.write(), None),
            Action::Click(Click { target, highlight }) => (
                "click",
                target.write(),
                highlight.then(|| ("highlight", true.into())),
            ),
            Action::Type(Type { text, into }) => {
                ("type", text.clone().into(), Some(("into", into.write())))
            }
            Action::Highlight(Highlight(target)) => ("highlight", target.write(), None),
            Action::Zoom(Zoom::Out) => ("zoom", "out".into(), None),
            Action::Zoom(Zoom::On(target, factor)) => (
                "zoom",
                target.write(),
                factor.map(|factor| ("factor", factor.into())),
            ),
            Action::Caption(words) => ("caption", words.clone().into(), None),
            Action::Chapter(words) => ("chapter", words.clone().into(), None),
            Action::Pause(Pause(time)) => ("pause", span::write(*time), None),
            Action::Goto(Goto(url)) => ("goto", url.clone().into(), None),
            Action::Tab(Tab::Close) => ("tab", "close".into(), None),
            Action::Tab(Tab::Number(number)) => ("tab", (*number).into(), None),
        };
        fields.insert(name.to_owned(), value);
        if let Some((name, value)) = beside {
            fields.insert(name.to_owned(), value);
        }
        if let Some(caption) = &self.caption {
            fields.insert("caption".to_owned(), caption.clone().into());
        }
        for (name, time) in [("at", self.at), ("duration", self.duration)] {
            if let Some(time) = time {
                fields.insert(name.to_owned(), span::write(time));
            }
        }
        fields.extend(self.extra.clone());
        Value::Object(fields)
    }
}

fn written(scroll: &Scroll) -> Value {
    match scroll {
        Scroll::By(far) => json!({ "by": far }),
        Scroll::Position(y) => json!({ "to": y }),
        Scroll::Top => json!({ "to": "top" }),
        Scroll::Bottom => json!({ "to": "bottom" }),
        Scroll::To(target) => json!({ "to": target.write() }),
    }
}
