//! Texts of JavaScript, with the recording's variables in them.

use super::element::text;
use crate::Variables;

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

/// What would end a template literal, or begin an expression in it.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\")
        .replace('`', "\\`")
        .replace("${", "\\${")
}

/// A line that says the step's number and title; nothing in a title ends a comment of one line.
pub(super) fn comment(index: usize, title: &str) -> String {
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
    format!("// {}. {line}", index + 1)
}
