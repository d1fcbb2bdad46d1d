//! The step that waits for a file that the page gives.

use serde::{Deserialize, Serialize};

use crate::{Map, text};

/// A file that the page gives is waited for: the oldest one that no step has waited for before.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Download {
    /// What it is called; each `*` stands for any text. Any name will do when it is not said.
    #[serde(
        skip_serializing_if = "Option::is_none",
        deserialize_with = "text::lenient_option"
    )]
    pub file_name: Option<String>,
    /// A text that has to be in it.
    #[serde(
        skip_serializing_if = "Option::is_none",
        deserialize_with = "text::lenient_option"
    )]
    pub contains: Option<String>,
    /// Everything else the document says about it.
    #[serde(flatten)]
    pub extra: Map,
}

impl Download {
    /// The step that waits for a file like the one called `name`. A date, a long number or an identifier in it stands for any:
    /// the next file has another.
    pub fn like(name: &str) -> Self {
        Self {
            file_name: Some(pattern_of(name)),
            ..Self::default()
        }
    }

    /// Whether a file of this name is meant by `pattern`.
    pub fn is_meant(pattern: &str, name: &str) -> bool {
        let mut parts = pattern.split('*');
        let first = parts.next().unwrap_or_default();
        let Some(mut rest) = name.strip_prefix(first) else {
            return false;
        };
        let mut parts = parts.peekable();
        let mut is_open = false;
        while let Some(part) = parts.next() {
            is_open = true;
            if parts.peek().is_none() {
                return rest.ends_with(part);
            }
            match rest.find(part) {
                Some(at) => rest = &rest[at + part.len()..],
                None => return false,
            }
        }
        is_open || rest.is_empty()
    }
}

/// Digits that only a date, a time or a counter has so many of.
const MANY_DIGITS: usize = 6;
/// Letters and digits that only an identifier or a digest has so many of.
const LONG_HEX: usize = 16;

/// `report-2026-11-22.csv` as `report-*.csv`.
fn pattern_of(name: &str) -> String {
    let mut pattern = String::new();
    let mut rest = name;
    while let Some(first) = rest.chars().next() {
        let in_word = pattern.ends_with(|one: char| one.is_ascii_alphanumeric());
        if let Some(length) = changing(rest, in_word) {
            pattern.push('*');
            rest = &rest[length..];
            continue;
        }
        // A number is kept as a whole.
        let kept = run(rest, |one| one.is_ascii_digit()).max(first.len_utf8());
        pattern.push_str(&rest[..kept]);
        rest = &rest[kept..];
    }
    pattern
}

/// How much of the beginning, in bytes, is another the next time.
fn changing(rest: &str, in_word: bool) -> Option<usize> {
    let digits = |text: &str| text.bytes().filter(u8::is_ascii_digit).count();
    let hex = &rest[..run(rest, |one| one.is_ascii_hexdigit() || one == '-')];
    let hex = hex.trim_end_matches('-');
    let ends = !rest[hex.len()..].starts_with(|one: char| one.is_alphanumeric());
    if hex.len() >= LONG_HEX && digits(hex) > 0 && ends && !in_word && !hex.starts_with('-') {
        return Some(hex.len());
    }
    // Dates and times are written with these between their numbers.
    let number = &rest[..run(rest, |one| one.is_ascii_digit() || "-_.: T".contains(one))];
    let number = number.trim_end_matches(|one: char| !one.is_ascii_digit());
    let begins = number.starts_with(|one: char| one.is_ascii_digit());
    (begins && digits(number) >= MANY_DIGITS).then_some(number.len())
}

/// Where the characters that are like this end, in bytes from the beginning.
fn run(text: &str, is_like: impl Fn(char) -> bool) -> usize {
    text.find(|one| !is_like(one)).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Download;

    #[test]
    fn what_changes_from_one_file_to_the_next_is_any() {
        for (name, pattern) in [
            ("report.csv", "report.csv"),
            ("report-2026-11-22.csv", "report-*.csv"),
            ("export_20261122T103000.zip", "export_*.zip"),
            ("1795387431751.png", "*.png"),
            ("Invoice 12.pdf", "Invoice 12.pdf"),
            ("app-1.2.3.tar.gz", "app-1.2.3.tar.gz"),
            ("0b9c7e3a-9d1f-4a53-8f8e-2f3f0a5f7c11.json", "*.json"),
            ("bundle.9f86d081884c7d65.js", "bundle.*.js"),
            ("decade-facade-added.txt", "decade-facade-added.txt"),
            ("größe 2026-11-22 10.30 Uhr.txt", "größe * Uhr.txt"),
            ("", ""),
        ] {
            assert_eq!(Download::like(name).file_name.as_deref(), Some(pattern));
        }
    }

    proptest! {
        #[test]
        fn a_file_is_meant_by_the_pattern_of_its_own_name(name in "[a-f0-9TX .:_-]{0,40}|\\PC{0,20}") {
            let pattern = Download::like(&name).file_name.unwrap();
            prop_assert!(Download::is_meant(&pattern, &name), "{pattern:?} {name:?}");
        }
    }
}
