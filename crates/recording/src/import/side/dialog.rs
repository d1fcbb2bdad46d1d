//! Answers to dialogs, and what the dialogs have to say.

use super::command::Command;
use super::read::Reader;
use crate::{Dialog, DialogResponse};

/// What commands have said so far of a dialog whose step is still to come.
#[derive(Default)]
pub(super) struct Coming {
    /// The answer that a command gave before the dialog opens.
    answer: Option<Answer>,
    /// Its kind, and what it has to say.
    says: Option<(&'static str, String)>,
}

type Answer = (&'static str, DialogResponse, Option<String>);

/// The kind of dialog whose text a command compares.
fn compared(command: &str) -> Option<&'static str> {
    Some(match command {
        "assertAlert" | "verifyAlert" => "alert",
        "assertConfirmation" | "verifyConfirmation" => "confirm",
        "assertPrompt" | "verifyPrompt" => "prompt",
        _ => return None,
    })
}

/// The answer that a command gives to an open dialog.
fn answered(command: &Command) -> Option<Answer> {
    use DialogResponse::{Accept, Dismiss};
    Some(match command.command.as_str() {
        "acceptAlert" => ("alert", Accept, None),
        "acceptConfirmation" | "webdriverChooseOkOnVisibleConfirmation" => {
            ("confirm", Accept, None)
        }
        "dismissConfirmation" | "webdriverChooseCancelOnVisibleConfirmation" => {
            ("confirm", Dismiss, None)
        }
        "dismissPrompt" | "webdriverChooseCancelOnVisiblePrompt" => ("prompt", Dismiss, None),
        // The answer stood in `target` before it stood in `value`.
        "answerPrompt" | "webdriverAnswerOnVisiblePrompt" => {
            let answer = match command.value.is_empty() {
                true => &command.target,
                false => &command.value,
            };
            ("prompt", Accept, Some(answer.clone()))
        }
        _ => return None,
    })
}

/// The answer that a command gives to the next dialog, before that opens.
fn promised(command: &Command) -> Option<Answer> {
    use DialogResponse::{Accept, Dismiss};
    Some(match command.command.as_str() {
        "chooseOkOnNextConfirmation" => ("confirm", Accept, None),
        "chooseCancelOnNextConfirmation" => ("confirm", Dismiss, None),
        "chooseCancelOnNextPrompt" => ("prompt", Dismiss, None),
        "answerOnNextPrompt" => ("prompt", Accept, Some(command.target.clone())),
        _ => return None,
    })
}

impl Reader<'_> {
    /// Reads a command about a dialog; `next` is the command behind it. Whether it was one.
    pub(super) fn dialog(&mut self, command: &Command, next: Option<&Command>) -> bool {
        if let Some(answer) = promised(command) {
            self.coming.answer = Some(answer);
            return true;
        }
        let answers = |command: &Command| answered(command).is_some();
        if let Some(kind) = compared(&command.command) {
            self.coming.says = Some((kind, command.target.clone()));
            if next.is_some_and(answers) {
                return true;
            }
            let answer = self.coming.answer.take().unwrap_or_else(|| {
                self.draft.lose(
                    "command",
                    "no command answers the dialog: an alert is accepted, others are dismissed",
                );
                let response = match kind {
                    "alert" => DialogResponse::Accept,
                    _ => DialogResponse::Dismiss,
                };
                (kind, response, None)
            });
            self.answer(command, answer);
            return true;
        }
        let Some(answer) = answered(command) else {
            return false;
        };
        self.coming.answer = None;
        self.answer(command, answer);
        true
    }

    /// A step was read: a dialog that was promised an answer may be open behind it, and has it unless `next` gives it.
    pub(super) fn may_have_opened(&mut self, command: &Command, next: Option<&Command>) {
        let is_dialog =
            |command: &Command| compared(&command.command).is_some() || answered(command).is_some();
        if self.coming.answer.is_none() || next.is_some_and(is_dialog) {
            return;
        }
        if let Some(answer) = self.coming.answer.take() {
            self.answer(command, answer);
        }
    }

    fn answer(&mut self, command: &Command, (kind, response, prompt_value): Answer) {
        let says = self.coming.says.take();
        let dialog = Dialog {
            dialog_type: Some(says.as_ref().map_or(kind, |(kind, _)| kind).to_owned()),
            check_message: says.as_ref().map(|_| true),
            message: says.map(|(_, text)| text),
            response,
            prompt_value,
            ..Dialog::default()
        };
        self.add(command, dialog);
    }
}
