//! Role selectors taken apart: `button[name="Save" i][level=2]`, also one inside another with `>>`.

/// One part of a role selector.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Role {
    pub(super) role: String,
    pub(super) name: Option<String>,
    /// The name may be written in any letter case.
    pub(super) folds_case: bool,
    pub(super) level: Option<u32>,
}

/// The parts of a role selector, outermost first; `None` when it cannot be read.
pub(super) fn parse(value: &str) -> Option<Vec<Role>> {
    let mut rest = value;
    let mut parts = Vec::new();
    loop {
        let (part, tail) = one(rest.trim_start())?;
        parts.push(part);
        let tail = tail.trim_start();
        if tail.is_empty() {
            return Some(parts);
        }
        rest = tail.strip_prefix(">>")?;
    }
}

fn one(text: &str) -> Option<(Role, &str)> {
    let end = text
        .find(|c: char| !c.is_ascii_alphabetic())
        .unwrap_or(text.len());
    if end == 0 {
        return None;
    }
    let mut role = Role {
        role: text[..end].to_ascii_lowercase(),
        name: None,
        folds_case: false,
        level: None,
    };
    let mut rest = &text[end..];
    while let Some(inner) = rest.strip_prefix('[') {
        let (attribute, tail) = inner.split_once('=')?;
        let tail = tail.trim_start();
        match attribute.trim() {
            "name" => {
                let (name, tail) = quoted(tail)?;
                role.name = Some(name);
                let tail = tail.trim_start();
                role.folds_case = tail.starts_with('i');
                let tail = tail.strip_prefix('i').unwrap_or(tail);
                rest = tail.trim_start().strip_prefix(']')?;
            }
            "level" => {
                let (number, tail) = tail.split_once(']')?;
                role.level = Some(number.trim().trim_matches(['"', '\'']).parse().ok()?);
                rest = tail;
            }
            _ => return None,
        }
    }
    Some((role, rest))
}

/// A text in quotes, with backslashes taken away.
fn quoted(text: &str) -> Option<(String, &str)> {
    let quote = text.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let mut out = String::new();
    let mut characters = text.char_indices().skip(1);
    while let Some((at, c)) = characters.next() {
        match c {
            '\\' => out.push(characters.next()?.1),
            c if c == quote => return Some((out, &text[at + 1..])),
            c => out.push(c),
        }
    }
    None
}
