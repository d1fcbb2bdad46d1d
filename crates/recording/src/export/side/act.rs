//! Clicks, keys, tabs and answers to dialogs as commands.

use super::Writer;
use crate::{
    Click, Dialog, DialogResponse, Drag, Keypress, MouseButton, Point, RelativeTo, Step, TabEvent,
    keys,
};

impl Writer<'_> {
    pub(super) fn click(&mut self, step: &Step, click: &Click) -> Result<(), String> {
        if click.button != MouseButton::Left || !click.modifiers.is_empty() || click.click_count > 2
        {
            return Err("it is no plain click".to_owned());
        }
        if click.input_type.as_deref() == Some("checkbox")
            && let Some(checked) = click.checked
        {
            return self.on_element(step, if checked { "check" } else { "uncheck" }, "");
        }
        let at = click
            .coordinates
            .as_ref()
            .filter(|_| click.coordinates_relative_to == Some(RelativeTo::Element));
        match (at, click.click_count == 2) {
            (None, false) => self.on_element(step, "click", ""),
            (None, true) => self.on_element(step, "doubleClick", ""),
            (Some(at), false) => self.on_element(step, "clickAt", &format!("{},{}", at.x, at.y)),
            (Some(at), true) => {
                self.on_element(step, "doubleClickAt", &format!("{},{}", at.x, at.y))
            }
        }
    }

    pub(super) fn press(&mut self, step: &Step, press: &Keypress) -> Result<(), String> {
        let known = keys::SELENIUM.iter().find(|(_, name)| *name == press.key);
        match known {
            Some((key, _)) if press.modifiers.is_empty() => {
                self.on_element(step, "sendKeys", &format!("${{KEY_{key}}}"))
            }
            _ => Err("there is no such key there".to_owned()),
        }
    }

    pub(super) fn tab(
        &mut self,
        event: &TabEvent,
        index: Option<usize>,
        url: Option<&str>,
    ) -> Result<(), String> {
        self.frames.clear();
        match (event, index, url) {
            (TabEvent::New, Some(index), None) => {
                let opener = self.commands.last_mut().ok_or("no command opens it")?;
                opener["opensWindow"] = true.into();
                opener["windowHandleName"] = format!("tab{index}").into();
                opener["windowTimeout"] = 2000.into();
                self.add("selectWindow", &format!("handle=${{tab{index}}}"), "");
                Ok(())
            }
            (TabEvent::Switch, Some(0), _) => {
                self.add("selectWindow", "handle=${root}", "");
                Ok(())
            }
            (TabEvent::Switch, Some(index), _) => {
                self.add("selectWindow", &format!("handle=${{tab{index}}}"), "");
                Ok(())
            }
            (TabEvent::Close, ..) => {
                self.add("close", "", "");
                Ok(())
            }
            _ => Err("it is not clear which tab is meant".to_owned()),
        }
    }
}

pub(super) fn dialog_command(dialog: &Dialog) -> Result<(&'static str, &str), String> {
    let kind = dialog.dialog_type.as_deref().unwrap_or("alert");
    Ok(match (&dialog.response, kind) {
        (DialogResponse::Accept, "prompt") => (
            "answerPrompt",
            dialog.prompt_value.as_deref().unwrap_or_default(),
        ),
        (DialogResponse::Accept, "alert") => ("acceptAlert", ""),
        (DialogResponse::Accept, _) => ("acceptConfirmation", ""),
        (DialogResponse::Dismiss, "prompt") => ("dismissPrompt", ""),
        (DialogResponse::Dismiss, _) => ("dismissConfirmation", ""),
        (DialogResponse::Other(word), _) => return Err(format!("{word:?} is no answer")),
    })
}

/// The command that compares what an open dialog says.
pub(super) fn dialog_check(dialog: &Dialog) -> &'static str {
    match dialog.dialog_type.as_deref() {
        Some("confirm") => "assertConfirmation",
        Some("prompt") => "assertPrompt",
        _ => "assertAlert",
    }
}

/// A drag within one element as commands of the pointer, each with its place; `None` when it is no such drag.
pub(super) fn presses(step: &Step, drag: &Drag) -> Option<Vec<(&'static str, String)>> {
    let is_within = drag.target.selectors == step.selectors
        && drag.coordinates_relative_to == Some(RelativeTo::Element)
        && drag.target.coordinates_relative_to == Some(RelativeTo::Element);
    let (from, to) = (
        drag.coordinates.as_ref()?,
        drag.target.coordinates.as_ref()?,
    );
    let at = |point: &Point| format!("{},{}", point.x, point.y);
    let moves = drag.path.iter().map(|point| ("mouseMoveAt", at(point)));
    let down = std::iter::once(("mouseDownAt", at(from)));
    let all = down.chain(moves).chain([("mouseUpAt", at(to))]);
    is_within.then(|| all.collect())
}
