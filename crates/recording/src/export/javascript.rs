//! Texts, blocks and names of JavaScript, with the recording's variables in them.

mod helpers;

use super::code::{self, Function, Part, Said};
use super::element::text;
use crate::Variables;

pub(super) use helpers::{Types, helpers};

/// An expression for a text: a literal, or a template that asks `value("NAME")` for each variable.
pub(super) fn expression(given: &str) -> String {
    let names: Vec<&str> = Variables::names_in(given).collect();
    if names.is_empty() {
        return text(given);
    }
    if let [one] = names.as_slice()
        && given == format!("${{{one}}}")
    {
        return format!("value({})", text(one));
    }
    let mut out = String::from("`");
    let mut rest = given;
    for name in names {
        let placeholder = format!("${{{name}}}");
        let (before, after) = rest.split_once(&placeholder).unwrap_or((rest, ""));
        out.push_str(&escaped(before));
        out.push_str(&format!("${{value({})}}", text(name)));
        rest = after;
    }
    out.push_str(&escaped(rest));
    out.push('`');
    out
}

/// An expression for a number that is written as a text.
pub(super) fn number(given: &str) -> String {
    format!("Number({})", expression(given))
}

/// What would end a template literal, or begin an expression in it.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\")
        .replace('`', "\\`")
        .replace("${", "\\${")
}

/// A line that says the step's number and title; nothing in a title ends a comment of one line.
pub(super) fn comment(index: usize, title: &str) -> String {
    comment_of(&format!("{}. {title}", index + 1))
}

fn comment_of(title: &str) -> String {
    let line: String = title
        .chars()
        .map(|c| {
            if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') {
                ' '
            } else {
                c
            }
        })
        .collect();
    format!("// {line}")
}

/// What opens, divides or closes a block.
pub(super) fn part(part: &Part) -> Said {
    let keeps = |variable: &Option<String>, what: &str| {
        let name = variable.as_deref()?;
        Some(format!("values[{}] = {what};", text(name)))
    };
    let (line, first) = match part {
        Part::If(condition) => (format!("if ({condition}) {{"), None),
        Part::ElseIf(condition) => (format!("}} else if ({condition}) {{"), None),
        Part::Else => ("} else {".to_owned(), None),
        Part::While(condition) => (format!("while ({condition}) {{"), None),
        Part::Do => ("do {".to_owned(), None),
        Part::RepeatIf(condition) => (format!("}} while ({condition});"), None),
        // What gives the number is asked once: the rounds may change it.
        Part::Times { count, variable } => (
            format!("for (let round = 1, last = {count}; round <= last; round++) {{"),
            keeps(variable, "String(round)"),
        ),
        Part::ForEach { list, variable } => (
            format!("for (const item of {list}) {{"),
            keeps(variable, "item"),
        ),
        Part::End => ("}".to_owned(), None),
    };
    Said {
        after: first.into_iter().collect(),
        ..Said::from(line)
    }
}

/// The name of a function: `performSignIn`.
pub(super) fn function(words: &[String]) -> String {
    let mut name = String::new();
    for (place, word) in words.iter().enumerate() {
        let mut letters = word.chars();
        match letters.next() {
            Some(first) if place > 0 => {
                name.push(first.to_ascii_uppercase());
                name.push_str(letters.as_str());
            }
            _ => name.push_str(word),
        }
    }
    name
}

/// The functions that stand for included recordings; `head` is what stands before the body of the one of this name.
pub(super) fn functions(functions: &[Function], head: impl Fn(&str) -> String) -> String {
    let written = functions.iter().map(|function| {
        let (title, head) = (title(&function.title), head(&function.name));
        let lines = code::indented(&function.lines, "  ");
        format!("\n{title}\n{head} {{\n{lines}}}\n")
    });
    written.collect()
}

/// A line that says what a function stands for.
fn title(title: &str) -> String {
    let title = title.trim();
    let said = if title.is_empty() {
        "A recording"
    } else {
        title
    };
    comment_of(&format!("{said}, which the recording includes"))
}
