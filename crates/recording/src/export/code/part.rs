//! Branches and loops, in words that every language has a way to write.

use serde_json::Value;

use super::super::losses::Losses;
use super::Language;
use crate::{Checkpoint, Control, ControlCommand, Step, Variables};

/// What a branch or a loop goes by.
pub(in super::super) enum Condition<'a> {
    /// JavaScript of the page.
    Code(&'a str),
    /// A statement about the page, which is looked at once or for as many milliseconds.
    Statement(Box<Checkpoint>, Option<u64>),
}

/// What opens, divides or closes a block; all texts are expressions of the language.
pub(in super::super) enum Part {
    If(String),
    ElseIf(String),
    Else,
    While(String),
    Do,
    RepeatIf(String),
    Times {
        count: String,
        variable: Option<String>,
    },
    ForEach {
        list: String,
        variable: Option<String>,
    },
    End,
}

/// How a language writes a part of a block.
#[derive(Default)]
pub(in super::super) struct Said {
    /// The last lines of the block before it.
    pub(in super::super) before: Vec<String>,
    /// What stands between the blocks, or around the one.
    pub(in super::super) line: Option<String>,
    /// The first lines of the block behind it.
    pub(in super::super) after: Vec<String>,
}

impl From<String> for Said {
    fn from(line: String) -> Self {
        Self {
            line: Some(line),
            ..Self::default()
        }
    }
}

impl Part {
    /// Whether a block ends here, and whether one begins.
    pub(super) fn borders(&self) -> (bool, bool) {
        match self {
            Self::If(_) | Self::While(_) | Self::Do | Self::Times { .. } | Self::ForEach { .. } => {
                (false, true)
            }
            Self::ElseIf(_) | Self::Else => (true, true),
            Self::RepeatIf(_) | Self::End => (true, false),
        }
    }
}

/// The control step in the words of `language`.
pub(super) fn of<L: Language>(
    step: &Step,
    control: &Control,
    language: &mut L,
    losses: &mut Losses,
) -> Result<Part, String> {
    let variable = control.variable.clone().filter(|name| !name.is_empty());
    if let Some(name) = variable.as_deref().filter(|name| !Variables::is_name(name)) {
        return Err(format!("{name:?} is no name"));
    }
    Ok(match &control.command {
        ControlCommand::If => Part::If(condition(step, control, language, losses)?),
        ControlCommand::ElseIf => Part::ElseIf(condition(step, control, language, losses)?),
        ControlCommand::Else => Part::Else,
        ControlCommand::While => Part::While(condition(step, control, language, losses)?),
        ControlCommand::Do => Part::Do,
        ControlCommand::RepeatIf => Part::RepeatIf(condition(step, control, language, losses)?),
        ControlCommand::Times => Part::Times {
            count: count(control, language)?,
            variable,
        },
        ControlCommand::ForEach => Part::ForEach {
            list: match code(control) {
                Some(code) => language.list(step, code, losses)?,
                None => items(control, language),
            },
            variable,
        },
        ControlCommand::End => Part::End,
        ControlCommand::Other(word) => return Err(format!("{word:?} is not known")),
    })
}

fn condition<L: Language>(
    step: &Step,
    control: &Control,
    language: &mut L,
    losses: &mut Losses,
) -> Result<String, String> {
    let condition = match (code(control), control.statement()) {
        (Some(code), _) => Condition::Code(code),
        (None, Some(statement)) => Condition::Statement(Box::new(statement), step.timeout),
        (None, None) => return Err("it has no condition".to_owned()),
    };
    language.condition(step, &condition, losses)
}

fn code(control: &Control) -> Option<&str> {
    let code = control.expression.as_deref();
    code.filter(|code| !code.trim().is_empty())
}

/// A number is written as it is; a text may hold one when the test is performed.
fn count<L: Language>(control: &Control, language: &L) -> Result<String, String> {
    let written = match &control.count {
        Some(Value::Number(number)) => number.to_string(),
        Some(Value::String(text)) => text.trim().to_owned(),
        _ => String::new(),
    };
    match written.parse::<u64>() {
        Ok(number) => Ok(number.to_string()),
        Err(_) if Variables::names_in(&written).next().is_some() => {
            Ok(format!("rounds({})", language.text(&written)))
        }
        Err(_) => Err(format!("{written:?} is no number of rounds")),
    }
}

fn items<L: Language>(control: &Control, language: &L) -> String {
    let items = control.items.iter().flatten().map(|item| match item {
        Value::String(text) => language.text(text),
        other => language.text(&other.to_string()),
    });
    format!("[{}]", items.collect::<Vec<_>>().join(", "))
}
