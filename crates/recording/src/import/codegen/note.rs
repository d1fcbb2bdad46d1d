//! Steps that an export kept whole, beside the lines that say less of them.

use serde_json::Value;

use crate::{Map, Step};

/// A step as it was, and what stands for it in the lines behind.
pub(super) struct Note {
    pub(super) step: Step,
    pub(super) stands_for: Vec<Map>,
    /// The page that is worked in from there on.
    pub(super) page: String,
}

impl Note {
    /// Whether the lines behind it are still those that stand for it.
    pub(super) fn is_before(&self, lines: &[(usize, Map)]) -> bool {
        let mut behind = lines.iter().map(|(_, line)| line);
        self.stands_for
            .iter()
            .all(|line| behind.next() == Some(line))
    }
}

/// Reads a line as such a step; `None` when it is none, or nothing that can be read.
pub(super) fn read(fields: &Map) -> Option<Note> {
    fields.get("name").filter(|name| *name == "proscenium")?;
    let mut step = Step::from_value(fields.get("step")?.clone()).ok()?;
    step.id.clear();
    let lines = fields.get("standsFor")?.as_array()?;
    let stands_for: Option<Vec<Map>> = lines.iter().map(|line| line.as_object().cloned()).collect();
    let page = fields.get("pageGuid").and_then(Value::as_str);
    Some(Note {
        step,
        stands_for: stands_for?,
        page: page.unwrap_or_default().to_owned(),
    })
}
