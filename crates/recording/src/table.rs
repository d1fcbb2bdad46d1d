//! Tables of values: a recording is performed once for each row, and the columns are its variables.

use serde_json::{Map, Value};
use thiserror::Error;

use crate::Variables;

/// The values of one row, by the names of their variables.
pub type Row = Vec<(String, String)>;

/// The size of a table, in bytes: as large as a recording may be.
const MOST_BYTES: usize = 10 * 1024 * 1024;

/// Why a text is no table of values.
#[derive(Debug, Error)]
pub enum TableError {
    /// Larger than anybody would run.
    #[error("it has {0} bytes, the limit is {most}", most = MOST_BYTES)]
    TooLarge(usize),
    /// It is not CSV.
    #[error("it is not CSV with a header")]
    Csv(#[from] csv::Error),
    /// It begins like a list and is none of objects.
    #[error("it is not a JSON list of objects")]
    Json(#[from] serde_json::Error),
    /// A column has a name that no variable can have.
    #[error("{0:?} is no name for a variable: letters, digits and “_”, no digit first")]
    Name(String),
    /// There is a header at most.
    #[error("it has no rows")]
    Empty,
}

/// Reads CSV with a header, or a JSON list of objects.
///
/// # Errors
/// [`TableError`].
pub fn rows(text: &[u8]) -> Result<Vec<Row>, TableError> {
    if text.len() > MOST_BYTES {
        return Err(TableError::TooLarge(text.len()));
    }
    let is_json = text
        .iter()
        .find(|byte| !byte.is_ascii_whitespace())
        .is_some_and(|first| *first == b'[');
    let rows = if is_json {
        from_json(text)
    } else {
        from_csv(text)
    }?;
    if rows.is_empty() {
        return Err(TableError::Empty);
    }
    Ok(rows)
}

fn from_csv(text: &[u8]) -> Result<Vec<Row>, TableError> {
    // Spreadsheets begin a file with the mark of its encoding.
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
    let mut reader = csv::ReaderBuilder::new()
        .trim(csv::Trim::Headers)
        .from_reader(text);
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

fn from_json(text: &[u8]) -> Result<Vec<Row>, TableError> {
    let rows: Vec<Map<String, Value>> = serde_json::from_slice(text)?;
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

fn check_name(name: &str) -> Result<(), TableError> {
    if Variables::is_name(name) {
        Ok(())
    } else {
        Err(TableError::Name(name.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_no_table_is_refused_with_the_reason() {
        for (text, why) in [
            ("", "no rows"),
            ("USER\n", "no rows"),
            ("[]", "no rows"),
            ("first name\nann\n", "no name for a variable"),
            ("A,B\n1\n", "not CSV"),
            ("[1]", "not a JSON list"),
            (&"A".repeat(MOST_BYTES + 1), "the limit is 10485760"),
        ] {
            let error = rows(text.as_bytes()).unwrap_err().to_string();
            assert!(error.contains(why), "{text:?}: {error}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_a_table_or_refused(text in "[A-B\",\n\\[\\]{}:0-9é ]{0,40}") {
            drop(rows(text.as_bytes()));
        }

        #[test]
        fn what_is_written_is_read(values in proptest::collection::vec(("[ -~]{1,12}", "\\PC{0,12}"), 1..6)) {
            let mut writer = csv::Writer::from_writer(Vec::new());
            writer.write_record(["A", "B"]).unwrap();
            for (a, b) in &values {
                writer.write_record([a, b]).unwrap();
            }
            let read = rows(&writer.into_inner().unwrap()).unwrap();
            let wanted: Vec<Row> = values
                .into_iter()
                .map(|(a, b)| vec![("A".to_owned(), a), ("B".to_owned(), b)])
                .collect();
            prop_assert_eq!(read, wanted);
        }
    }
}
