//! From a file and arguments to a job and the place of its output.

use std::num::NonZero;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use serde_json::{Map, Value};
use video::{LARGEST_JOB, RenderJob};

use crate::input;

/// What the command was given.
pub(crate) struct Given {
    /// Code, a job or an address; `-` is standard input.
    pub(crate) file: PathBuf,
    pub(crate) is_job: bool,
    pub(crate) out: Option<PathBuf>,
    /// Fields of the job that arguments set; they count more than the job's own.
    pub(crate) fields: Map<String, Value>,
}

/// What outputs are called by the ends of their names.
const ENDINGS: [(&str, &str); 9] = [
    ("png", "png"),
    ("jpg", "jpeg"),
    ("jpeg", "jpeg"),
    ("webp", "webp"),
    ("mp4", "mp4"),
    ("webm", "webm"),
    ("gif", "gif"),
    ("html", "html"),
    ("htm", "html"),
];

impl Given {
    /// Reads the file and checks everything.
    pub(crate) fn read(self) -> anyhow::Result<(RenderJob, PathBuf)> {
        let name = self.file.to_string_lossy().into_owned();
        let mut fields = if is_address(&name) {
            address(&name)
        } else if self.is_job || name.ends_with(".job.json") {
            let bytes = input::read_at_most(&self.file, LARGEST_JOB)?;
            serde_json::from_slice(&bytes)
                .with_context(|| format!("{name} is no job: a JSON object is needed"))?
        } else {
            let bytes = input::read_at_most(&self.file, LARGEST_JOB)?;
            let text =
                String::from_utf8(bytes).with_context(|| format!("{name} is no text in UTF-8"))?;
            code(&name, text, self.fields.get("type"))
        };
        fields.extend(self.fields);
        let target = match (self.out, fields.get("filename").and_then(Value::as_str)) {
            (Some(out), _) => out,
            (None, Some(filename)) => file_name(filename)?,
            (None, None) => bail!("say where the output goes: -o out.png"),
        };
        let says_both = ["output", "outputType"]
            .iter()
            .any(|field| fields.get(*field).is_some_and(|kind| kind == "both"));
        let kind = kind_of(&target);
        if says_both && kind == Some("png") {
            // The page goes beside the picture.
        } else if let Some(kind) = kind {
            fields.insert("output".to_owned(), kind.into());
        } else if !fields.contains_key("output") && !fields.contains_key("outputType") {
            let known = ENDINGS.map(|(ending, _)| ending).join(", ");
            bail!(
                "{}: the end of the name says what is made; known are {known} and a folder ending with /",
                target.display()
            );
        }
        if !fields.contains_key("parallel") {
            fields.insert("parallel".to_owned(), usual_pages().into());
        }
        let job =
            RenderJob::from_fields(fields).with_context(|| format!("{name} is not rendered"))?;
        Ok((job, target))
    }
}

/// Nothing else is done here meanwhile: a page for every two cores.
fn usual_pages() -> u32 {
    const MOST: usize = 4;
    let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
    u32::try_from((cores / 2).clamp(1, MOST)).unwrap_or(1)
}

/// Whether this is no file but a page of the web.
fn is_address(name: &str) -> bool {
    name.starts_with("https://") || name.starts_with("http://")
}

/// A job of nothing but an address.
fn address(url: &str) -> Map<String, Value> {
    [("type", "url"), ("url", url)]
        .map(|(name, value)| (name.to_owned(), Value::from(value)))
        .into_iter()
        .collect()
}

/// A job of nothing but code.
fn code(name: &str, text: String, kind: Option<&Value>) -> Map<String, Value> {
    let is_markup = [".html", ".htm", ".svg"]
        .iter()
        .any(|end| name.ends_with(end));
    let looks_like_markup = name == "-" && text.trim_start().starts_with('<');
    let kind = match kind.and_then(Value::as_str) {
        Some(kind) => kind,
        None if is_markup || looks_like_markup => "html",
        None if video::is_p5(&text) => "p5",
        None => "js",
    };
    let field = if kind == "html" { "html" } else { "code" };
    [("type", kind.to_owned()), (field, text)]
        .map(|(name, value)| (name.to_owned(), Value::String(value)))
        .into_iter()
        .collect()
}

/// What the name of an output says about its kind.
fn kind_of(target: &Path) -> Option<&'static str> {
    if target.as_os_str().as_encoded_bytes().ends_with(b"/") || target.is_dir() {
        return Some("png-sequence");
    }
    let ending = target.extension()?.to_str()?.to_ascii_lowercase();
    ENDINGS
        .iter()
        .find(|(known, _)| *known == ending)
        .map(|(_, kind)| *kind)
}

/// A job comes from elsewhere: its file goes into the working folder, wherever its name points.
fn file_name(filename: &str) -> anyhow::Result<PathBuf> {
    let path = Path::new(filename);
    match path.file_name() {
        Some(name) if name == path.as_os_str() => Ok(name.into()),
        _ => {
            bail!("filename: {filename:?} is no plain file name; say where the output goes with -o")
        }
    }
}
