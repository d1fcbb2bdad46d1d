//! What is performed: each recording on each engine that was asked for, with each row of the data.

use std::path::Path;
use std::sync::Arc;

use anyhow::Context as _;
use browser::Engine;
use recording::{Recording, Variables};

use super::origin::Origin;
use crate::input;

/// Rows of one file; more are a load test, which this is not.
const MOST_ROWS: usize = 10_000;

/// One recording, to be performed on one engine with one set of values.
pub(crate) struct Job {
    pub(crate) origin: Origin,
    pub(crate) recording: Arc<Recording>,
    /// The recording's, with engine and row where there are several.
    pub(crate) name: String,
    pub(crate) engine: Engine,
    pub(crate) variables: Variables,
}

/// Every combination, in the order of the recordings, then of the engines, then of the rows.
pub(crate) fn jobs(
    recordings: &[(Origin, Arc<Recording>)],
    engines: &[Engine],
    rows: &[Variables],
) -> Vec<Job> {
    let mut all = Vec::with_capacity(recordings.len() * engines.len() * rows.len());
    for (origin, recording) in recordings {
        for engine in engines {
            for (nth, variables) in rows.iter().enumerate() {
                let mut name = recording.test_name.clone();
                if engines.len() > 1 {
                    name.push_str(&format!(" [{engine}]"));
                }
                if rows.len() > 1 {
                    name.push_str(&format!(" [row {}]", nth + 1));
                }
                all.push(Job {
                    origin: origin.clone(),
                    recording: Arc::clone(recording),
                    name,
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
    let rows = recording::rows(&bytes)
        .with_context(|| format!("{} is no table of values", file.display()))?;
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

#[cfg(test)]
mod tests {
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
}
