//! What is performed: each recording on each engine that was asked for, with each row of the data.

use std::path::Path;

use anyhow::Context as _;
use browser::Engine;
use recording::{Recording, Variables};
use serde_json::{Map, Value};

use super::origin::Origin;
use crate::input;

/// Rows of one file; more are a load test, which this is not.
const MOST_ROWS: usize = 10_000;

/// One recording, to be performed on one engine with one set of values.
pub(crate) struct Job {
    pub(crate) origin: Origin,
    /// Its name tells engine and row, where there are several.
    pub(crate) recording: Recording,
    pub(crate) engine: Engine,
    pub(crate) variables: Variables,
}

/// Every combination, in the order of the recordings, then of the engines, then of the rows.
pub(crate) fn jobs(
    recordings: &[(Origin, Recording)],
    engines: &[Engine],
    rows: &[Variables],
) -> Vec<Job> {
    let mut all = Vec::with_capacity(recordings.len() * engines.len() * rows.len());
    for (origin, recording) in recordings {
        for engine in engines {
            for (nth, variables) in rows.iter().enumerate() {
                let mut recording = recording.clone();
                if engines.len() > 1 {
                    recording.test_name.push_str(&format!(" [{engine}]"));
                }
                if rows.len() > 1 {
                    recording.test_name.push_str(&format!(" [row {}]", nth + 1));
                }
                all.push(Job {
                    origin: origin.clone(),
                    recording,
                    engine: *engine,
                    variables: variables.clone(),
                });
            }
        }
    }
    all
}

/// The rows of a file of data, CSV with a header or a JSON list of objects, over the values that hold for all of them.
pub(crate) fn rows(file: &Path, common: &Variables) -> anyhow::Result<Vec<Variables>> {
    let bytes = input::read(file)?;
    let is_json = bytes
        .iter()
        .find(|byte| !byte.is_ascii_whitespace())
        .is_some_and(|first| *first == b'[');
    let rows = if is_json {
        from_json(&bytes)
    } else {
        from_csv(&bytes)
    };
    let rows = rows.with_context(|| format!("{} is no table of values", file.display()))?;
    anyhow::ensure!(!rows.is_empty(), "{} has no rows", file.display());
    anyhow::ensure!(
        rows.len() <= MOST_ROWS,
        "{} has {} rows, the limit is {MOST_ROWS}",
        file.display(),
        rows.len()
    );
    Ok(rows
        .into_iter()
        .map(|row| {
            let mut variables = common.clone();
            for (name, value) in row {
                variables.set(name, value);
            }
            variables
        })
        .collect())
}

type Row = Vec<(String, String)>;

fn from_csv(bytes: &[u8]) -> anyhow::Result<Vec<Row>> {
    // Spreadsheets begin a file with the mark of its encoding.
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut reader = csv::ReaderBuilder::new()
        .trim(csv::Trim::Headers)
        .from_reader(bytes);
    let names: Vec<String> = reader.headers()?.iter().map(str::to_owned).collect();
    names.iter().try_for_each(|name| check_name(name))?;
    reader
        .records()
        .map(|record| {
            let record = record?;
            let values = record.iter().map(str::to_owned);
            Ok(names.iter().cloned().zip(values).collect())
        })
        .collect()
}

fn from_json(bytes: &[u8]) -> anyhow::Result<Vec<Row>> {
    let rows: Vec<Map<String, Value>> = serde_json::from_slice(bytes)?;
    rows.into_iter()
        .map(|row| {
            row.into_iter()
                .map(|(name, value)| {
                    check_name(&name)?;
                    let value = match value {
                        Value::String(text) => text,
                        Value::Null => String::new(),
                        other => other.to_string(),
                    };
                    Ok((name, value))
                })
                .collect()
        })
        .collect()
}

fn check_name(name: &str) -> anyhow::Result<()> {
    anyhow::ensure!(
        Variables::is_name(name),
        "{name:?} is no name for a variable: letters, digits and “_”, no digit first"
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> anyhow::Result<Vec<Variables>> {
        let file = tempfile::NamedTempFile::new()?;
        std::fs::write(file.path(), text)?;
        let common = [("HOST", "a.test"), ("USER", "nobody")]
            .into_iter()
            .collect();
        rows(file.path(), &common)
    }

    #[test]
    fn tables_are_read_and_their_values_go_before_common_ones() {
        let csv = "\u{feff}USER, AGE\nann,42\n\"bob, jr\",\n";
        let json = r#"[{"USER": "ann", "AGE": 42}, {"USER": "bob, jr", "AGE": null}]"#;
        for text in [csv, json] {
            let rows = read(text).unwrap();
            let got = |nth: usize, name| rows[nth].get(name).unwrap().to_owned();
            assert_eq!(
                (got(0, "USER"), got(0, "AGE"), got(0, "HOST")),
                ("ann".into(), "42".into(), "a.test".into())
            );
            assert_eq!(
                (got(1, "USER"), got(1, "AGE")),
                ("bob, jr".into(), String::new())
            );
        }
    }

    #[test]
    fn what_is_no_table_is_refused_with_the_reason() {
        for (text, why) in [
            ("USER\n", "has no rows"),
            ("[]", "has no rows"),
            ("first name\nann\n", "no name for a variable"),
            ("A,B\n1\n", "found record with 1 fields"),
            ("[1]", "expected a map"),
        ] {
            let error = format!("{:#}", read(text).unwrap_err());
            assert!(error.contains(why), "{text:?}: {error}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_a_table_or_refused(text in "[A-B\",\n\\[\\]{}:0-9é ]{0,40}") {
            drop(read(&text));
        }
    }
}
