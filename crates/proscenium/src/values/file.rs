//! A file with values: an object of names and values, or lines as programs read them from `.env`.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Context as _;
use recording::Variables;
use serde_json::Value;
use serde_json::value::RawValue;

use crate::input;

/// The names and values of a file. What goes wrong names the file and the place in it, and never a value.
pub(super) fn values(file: &Path) -> anyhow::Result<Vec<(String, String)>> {
    let bytes = input::read(file)?;
    let read = if is_env(file) {
        lines(&bytes)
    } else {
        object(&bytes)
    };
    let values = read.with_context(|| format!("{} gives no values", file.display()))?;
    for (name, _) in &values {
        anyhow::ensure!(
            Variables::is_name(name),
            "{} gives no values: {name:?} is no name for a variable, write letters, digits and “_”, no digit first",
            file.display()
        );
    }
    Ok(values)
}

/// `.env`, `.env.test` and `test.env`.
fn is_env(file: &Path) -> bool {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    name == ".env" || name.starts_with(".env.") || name.ends_with(".env")
}

fn lines(bytes: &[u8]) -> anyhow::Result<Vec<(String, String)>> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut values: Vec<(String, String)> = Vec::new();
    for line in dotenvy::from_read_iter(bytes) {
        // The error holds the line, and with it a secret.
        let Ok(value) = line else {
            let place = match values.last() {
                Some((name, _)) => format!("the line after {name}"),
                None => "the first line".to_owned(),
            };
            anyhow::bail!("{place} is not NAME=VALUE; put a value with blanks in quotes");
        };
        values.push(value);
    }
    Ok(values)
}

fn object(bytes: &[u8]) -> anyhow::Result<Vec<(String, String)>> {
    // Read as trees are, with their limits, and with words for what is wrong.
    let tree = recording::read_tree(bytes).map_err(|error| {
        let problems: Vec<String> = error.problems.iter().map(ToString::to_string).collect();
        anyhow::anyhow!(problems.join("; "))
    })?;
    let Value::Object(tree) = tree else {
        anyhow::bail!(r#"write an object of names and values, such as {{"USER": "ann"}}"#);
    };
    let written = as_written(bytes);
    tree.into_iter()
        .map(|(name, value)| {
            let what = match value {
                Value::String(text) => return Ok((name, text)),
                Value::Number(_) | Value::Bool(_) => {
                    let text = written.get(&name).cloned();
                    return Ok((name, text.unwrap_or_else(|| value.to_string())));
                }
                Value::Null => "nothing",
                Value::Array(_) => "a list",
                Value::Object(_) => "an object",
            };
            anyhow::bail!("{name} is {what}: write a text, a number, true or false")
        })
        .collect()
}

/// The values by the text that stands in the file, because 1.10 is another text than 1.1 and the same number.
fn as_written(bytes: &[u8]) -> BTreeMap<String, String> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if let Ok(read) = serde_json::from_slice::<BTreeMap<String, Box<RawValue>>>(bytes) {
        return read
            .into_iter()
            .map(|(name, value)| (name, value.get().to_owned()))
            .collect();
    }
    serde_saphyr::from_slice(bytes).unwrap_or_default()
}
