//! Files that the page gives, and turns of the wheel.

use super::Playwright;
use crate::export::code::held_key;
use crate::export::element::text;
use crate::export::javascript::expression;
use crate::export::losses::Losses;
use crate::{Download, RelativeTo, Step, Wheel};

impl Playwright {
    /// The file that was listened for before the step that gives it.
    pub(super) fn downloaded(
        &mut self,
        download: &Download,
        losses: &mut Losses,
    ) -> Result<Vec<String>, String> {
        if self.awaited == self.downloads {
            return Err("no step before it gives a file".to_owned());
        }
        self.awaited = self.downloads;
        let given = format!("(await download{})", self.downloads);
        let mut lines = vec![format!("expect(await {given}.failure()).toBeNull();")];
        if let Some(name) = &download.file_name {
            let suggested = format!("{given}.suggestedFilename()");
            match (name.contains('*'), name.contains("${")) {
                (false, _) => {
                    lines.push(format!("expect({suggested}).toBe({});", expression(name)))
                }
                (true, false) => {
                    let pattern = text(&pattern(name));
                    lines.push(format!(
                        "expect({suggested}).toMatch(new RegExp({pattern}));"
                    ));
                }
                (true, true) => {
                    losses.lose("fileName", "any name will do: it has variables and gaps")
                }
            }
        }
        if download.contains.is_some() {
            losses.lose("contains", "what is in the file is not looked at");
        }
        Ok(lines)
    }

    pub(super) fn wheel(
        &mut self,
        step: &Step,
        wheel: &Wheel,
        losses: &mut Losses,
    ) -> Result<Vec<String>, String> {
        let page = self.page();
        let found = self.find(step, losses)?;
        let keys = wheel.modifiers.iter().map(held_key);
        let keys: Vec<&str> = keys.collect::<Result<_, _>>()?;
        let position = wheel
            .coordinates
            .as_ref()
            .filter(|_| wheel.coordinates_relative_to == Some(RelativeTo::Element))
            .map(|at| format!("{{ position: {{ x: {}, y: {} }} }}", at.x, at.y))
            .unwrap_or_default();
        let turns = f64::from(wheel.turns.unwrap_or(1).max(1));
        let turn = format!(
            "await {page}.mouse.wheel({}, {});",
            wheel.delta_x / turns,
            wheel.delta_y / turns
        );
        let mut lines = vec![format!("await {found}.hover({position});")];
        lines.extend(
            keys.iter()
                .map(|key| format!("await {page}.keyboard.down({key:?});")),
        );
        lines.push(match wheel.turns {
            Some(many) if many > 1 => format!("for (let turn = 0; turn < {many}; turn++) {turn}"),
            _ => turn,
        });
        lines.extend(
            keys.iter()
                .rev()
                .map(|key| format!("await {page}.keyboard.up({key:?});")),
        );
        Ok(lines)
    }
}

/// A name with gaps as a regular expression.
fn pattern(name: &str) -> String {
    let escaped = |part: &str| -> String {
        let letters = part.chars().flat_map(|letter| {
            let is_special = "\\^$.|?+()[]{}/".contains(letter);
            is_special.then_some('\\').into_iter().chain([letter])
        });
        letters.collect()
    };
    let parts: Vec<String> = name.split('*').map(escaped).collect();
    format!("^{}$", parts.join(".*"))
}
