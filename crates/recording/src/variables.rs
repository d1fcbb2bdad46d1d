//! Values that are given when a recording is performed, and kept out of everything that is shown.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use thiserror::Error;

/// Names and values of a run: those that were given, which are secret, and those that its steps have stored, which come
/// from the page and are not. `Debug` shows the names only.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Variables {
    values: BTreeMap<String, String>,
    /// What was given, to be masked also when a step has stored something else under the name since.
    secrets: BTreeMap<String, String>,
}

/// Variables that a text asks for and nobody gave.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("no value was given for {}", .names.iter().map(|name| format!("${{{name}}}")).collect::<Vec<_>>().join(", "))]
pub struct Unresolved {
    /// Their names, in the order in which the text asks for them.
    pub names: Vec<String>,
}

impl Variables {
    /// No variables.
    pub fn new() -> Self {
        Self::default()
    }

    /// Gives `name` a value; an earlier value is replaced.
    pub fn set(&mut self, name: impl Into<String>, value: impl Into<String>) {
        let (name, value) = (name.into(), value.into());
        self.secrets.insert(name.clone(), value.clone());
        self.values.insert(name, value);
    }

    /// Gives `name` a value that is not secret, because it was read from the page or written in the recording.
    pub fn store(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.values.insert(name.into(), value.into());
    }

    /// Whether a text can be the name of a variable: ASCII letters, digits and `_`, no digit first.
    pub fn is_name(text: &str) -> bool {
        leading_name(&format!("${{{text}}}")) == Some(text)
    }

    /// Puts values into JavaScript: each `${NAME}` that has a value becomes that value, as a number, a list or what
    /// else it is as JSON, and otherwise as a text in quotes. Any other `${…}` is JavaScript's own.
    pub fn in_javascript<'t>(&self, code: &'t str) -> Cow<'t, str> {
        filled(code, |name| self.get(name).map(javascript_value))
    }

    /// A text as an expression of JavaScript that [`in_javascript`](Self::in_javascript) puts the values into: what stands
    /// between the names is in quotes.
    pub(crate) fn text_in_javascript(text: &str) -> String {
        let quoted = |text: &str| serde_json::Value::from(text).to_string();
        let mut parts = Vec::new();
        let mut rest = text;
        for name in Self::names_in(text) {
            let placeholder = format!("${{{name}}}");
            let Some((before, after)) = rest.split_once(&placeholder) else {
                continue;
            };
            parts.extend((!before.is_empty()).then(|| quoted(before)));
            parts.push(placeholder);
            rest = after;
        }
        if !rest.is_empty() || parts.is_empty() {
            parts.push(quoted(rest));
        }
        match parts.as_slice() {
            [one] => one.clone(),
            // Numbers among the values are texts here.
            _ => format!("[{}].join(\"\")", parts.join(", ")),
        }
    }

    /// The value of `name`.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.values.get(name).map(String::as_str)
    }

    /// The names that have a value.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.values.keys().map(String::as_str)
    }

    /// Whether no variable was given.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// Replaces every `${NAME}` of `text` by its value. A value is never looked at again, so it cannot smuggle in
    /// another variable; `${` that no name follows stays as it is.
    pub fn substitute<'t>(&self, text: &'t str) -> Result<Cow<'t, str>, Unresolved> {
        let mut missing: Vec<String> = Vec::new();
        for name in Self::names_in(text) {
            if self.get(name).is_none() && !missing.iter().any(|known| known == name) {
                missing.push(name.to_owned());
            }
        }
        if missing.is_empty() {
            Ok(self.substitute_known(text))
        } else {
            Err(Unresolved { names: missing })
        }
    }

    /// As [`Variables::substitute`], but a name without a value stays as it is.
    pub fn substitute_known<'t>(&self, text: &'t str) -> Cow<'t, str> {
        filled(text, |name| self.get(name).map(Cow::Borrowed))
    }

    /// The names of all `${NAME}` in `text`.
    pub fn names_in(text: &str) -> impl Iterator<Item = &str> {
        pieces(text).filter_map(|piece| match piece {
            Piece::Name(name) => Some(name),
            Piece::Text(_) => None,
        })
    }

    /// Puts `${NAME}` back wherever a value shows up in `text`. Values of one or two characters are replaced only where
    /// they stand alone, or a run with `${N}` = 1 would have no readable number left.
    pub fn mask<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let mut needles: Vec<(String, &str)> = Vec::new();
        for (name, value) in &self.secrets {
            if !value.trim().is_empty() {
                needles.extend(
                    spellings(value)
                        .into_iter()
                        .map(|spelling| (spelling, name.as_str())),
                );
            }
        }
        // The longest first: a value that contains another must not leave its rest behind.
        needles.sort_by_key(|(needle, _)| std::cmp::Reverse(needle.len()));
        let mut out = Cow::Borrowed(text);
        for (needle, name) in needles {
            if !out.contains(&needle) {
                continue;
            }
            let placeholder = format!("${{{name}}}");
            out = if needle.chars().count() > 2 {
                Cow::Owned(out.replace(&needle, &placeholder))
            } else {
                Cow::Owned(replace_alone(&out, &needle, &placeholder))
            };
        }
        out
    }
}

impl fmt::Debug for Variables {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.values.keys()).finish()
    }
}

impl<N: Into<String>, V: Into<String>> FromIterator<(N, V)> for Variables {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(pairs: I) -> Self {
        let mut all = Self::new();
        for (name, value) in pairs {
            all.set(name, value);
        }
        all
    }
}

/// A value as JavaScript writes it.
fn javascript_value(value: &str) -> Cow<'static, str> {
    match serde_json::from_str::<serde_json::Value>(value) {
        Ok(read) if !read.is_string() => read.to_string().into(),
        _ => serde_json::Value::from(value).to_string().into(),
    }
}

/// The value as addresses, forms, markup and JSON write it.
fn spellings(value: &str) -> Vec<String> {
    let form: String = url::form_urlencoded::byte_serialize(value.as_bytes()).collect();
    let address = form.replace('+', "%20");
    // What `encodeURIComponent` and browsers leave alone in an address.
    let component = ["!", "'", "(", ")", "~"]
        .iter()
        .fold(address.clone(), |text, plain| {
            let encoded = format!("%{:02X}", plain.as_bytes()[0]);
            text.replace(&encoded, plain)
        });
    let html = value
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;");
    let attribute = html.replace('"', "&quot;");
    let json = serde_json::Value::from(value).to_string();
    let json = json.trim_matches('"').to_owned();
    let mut all = vec![
        value.to_owned(),
        form,
        address,
        component,
        html,
        attribute,
        json,
        value.trim().to_owned(),
    ];
    all.sort();
    all.dedup();
    all
}

/// The text with what `value` gives in the place of each `${NAME}`; a name without a value stays as it is.
fn filled<'t, 'v>(text: &'t str, value: impl Fn(&str) -> Option<Cow<'v, str>>) -> Cow<'t, str> {
    if !text.contains("${") {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for piece in pieces(text) {
        match piece {
            Piece::Text(text) => out.push_str(text),
            Piece::Name(name) => match value(name) {
                Some(value) => out.push_str(&value),
                None => out.push_str(&format!("${{{name}}}")),
            },
        }
    }
    Cow::Owned(out)
}

enum Piece<'t> {
    Text(&'t str),
    Name(&'t str),
}

/// Cuts a text into plain parts and `${NAME}`s.
fn pieces(text: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        if let Some(name) = leading_name(rest) {
            rest = &rest[name.len() + "${}".len()..];
            return Some(Piece::Name(name));
        }
        // The next possible beginning of a name, not counting the one here, which is none.
        let end = rest
            .char_indices()
            .skip(1)
            .map(|(at, _)| at)
            .find(|at| leading_name(&rest[*at..]).is_some());
        let (plain, tail) = rest.split_at(end.unwrap_or(rest.len()));
        rest = tail;
        Some(Piece::Text(plain))
    })
}

/// The name, when the text begins with `${NAME}`.
fn leading_name(text: &str) -> Option<&str> {
    let rest = text.strip_prefix("${")?;
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_')?;
    let name = &rest[..end];
    let good = rest[end..].starts_with('}')
        && name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    good.then_some(name)
}

fn replace_alone(text: &str, value: &str, placeholder: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut before: Option<char> = None;
    while let Some(at) = rest.find(value) {
        let (head, tail) = rest.split_at(at);
        let after = &tail[value.len()..];
        let left = head.chars().next_back().or(before);
        let alone = !left.is_some_and(char::is_alphanumeric)
            && !after.chars().next().is_some_and(char::is_alphanumeric);
        out.push_str(head);
        out.push_str(if alone { placeholder } else { value });
        before = value.chars().next_back();
        rest = after;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(pairs: &[(&str, &str)]) -> Variables {
        pairs.iter().copied().collect()
    }

    #[test]
    fn names_are_replaced_by_their_values_once() {
        let variables = given(&[("USER", "ann ${HOST}"), ("HOST", "shop.example")]);
        assert_eq!(
            variables.substitute("hello ${USER}!").unwrap(),
            "hello ann ${HOST}!"
        );
        assert_eq!(
            variables.substitute("no variable, $5 and ${}").unwrap(),
            "no variable, $5 and ${}"
        );
        assert_eq!(
            variables.substitute("${ ${HOST} ${1} é${HOST}").unwrap(),
            "${ shop.example ${1} éshop.example"
        );
    }

    #[test]
    fn what_steps_store_is_filled_in_and_not_masked_and_what_was_given_stays_masked() {
        let mut variables = given(&[("TOTAL", "hunter22")]);
        variables.store("TOTAL", "42");
        variables.store("NAME", "Ann");
        assert_eq!(
            variables.substitute("${NAME}: ${TOTAL}").unwrap(),
            "Ann: 42"
        );
        assert_eq!(
            variables.mask("Ann has 42, not hunter22"),
            "Ann has 42, not ${TOTAL}"
        );
    }

    #[test]
    fn values_become_javascript() {
        let mut variables = given(&[("N", "3"), ("NAME", "Ann \"A\""), ("ZIP", "01234")]);
        variables.store("LIST", r#"["a", 2]"#);
        assert_eq!(
            variables.in_javascript("${N} < ${LIST}.length && ${NAME} + ${ZIP} + `${other}`"),
            r#"3 < ["a",2].length && "Ann \"A\"" + "01234" + `${other}`"#
        );
        assert!(
            Variables::is_name("A_1")
                && !Variables::is_name("1A")
                && !Variables::is_name("a-b")
                && !Variables::is_name("")
        );
    }

    #[test]
    fn every_missing_name_is_told_once() {
        let error = given(&[]).substitute("${A} ${B} ${A}").unwrap_err();
        assert_eq!(error.names, ["A", "B"]);
        assert_eq!(error.to_string(), "no value was given for ${A}, ${B}");
    }

    #[test]
    fn values_are_masked_longest_first_and_short_ones_only_when_they_stand_alone() {
        let variables = given(&[("PASSWORD", "hunter22"), ("SHORT", "hunter"), ("N", "1")]);
        assert_eq!(
            variables.mask("typed hunter22, not hunter"),
            "typed ${PASSWORD}, not ${SHORT}"
        );
        assert_eq!(
            variables.mask("item 1 of 10 at 1,1"),
            "item ${N} of 10 at ${N},${N}"
        );
        assert_eq!(format!("{variables:?}"), r#"{"N", "PASSWORD", "SHORT"}"#);
    }
}
