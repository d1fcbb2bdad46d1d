//! Recording documents between the wire, the recording crate and the store.

use http::HeaderValue;
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE, HeaderName};
use ids::RecordingId;
use recording::{Format, ParseError, Problem, Recording, Report};
use serde_json::{Value, json};
use store::{NewDocument, Store, Viewport};

use crate::api::recording::{Problem as ApiProblem, ValidationReport};
use crate::error::ApiError;

/// A body with a document in it is not larger than this: 10 MiB and room for the envelope around it.
pub(crate) const BODY_LIMIT: usize = 11 * 1024 * 1024;

/// A document out of its text.
pub(crate) fn read(bytes: &[u8], format: Format) -> Result<Recording, ApiError> {
    Recording::parse(bytes, format).map_err(refused)
}

/// A document out of JSON that was read already. It passes the same limits as text.
pub(crate) fn from_value(value: Value) -> Result<Recording, ApiError> {
    read(value.to_string().as_bytes(), Format::Json)
}

/// What people call the recording when nothing else is said.
pub(crate) fn name(recording: &Recording) -> String {
    let name = recording.test_name.trim();
    let name = if name.is_empty() {
        recording.url.as_str()
    } else {
        name
    };
    let short = short(name);
    if short.is_empty() {
        "Untitled recording".to_owned()
    } else {
        short
    }
}

/// What lists show of a text.
fn short(text: &str) -> String {
    text.chars().take(200).collect()
}

/// The document as the store keeps it, with what lists show lifted out.
pub(crate) fn to_store(recording: &Recording) -> Result<NewDocument, ApiError> {
    let value = recording
        .to_value()
        .map_err(|error| ApiError::internal(&error))?;
    let scale = recording.device_pixel_ratio.unwrap_or(1.0);
    let viewport = recording.viewport.as_ref().map(|size| Viewport {
        width: size.width,
        height: size.height,
        device_scale_factor: scale,
        mobile: recording.is_mobile.unwrap_or_default(),
        touch: recording.has_touch.unwrap_or_default(),
    });
    Ok(NewDocument {
        text: value.to_string(),
        url: recording.url.clone(),
        steps: u32::try_from(recording.steps.len()).unwrap_or(u32::MAX),
        viewport,
        tags: recording.tags().into_iter().map(short).collect(),
    })
}

/// The latest document under the name that the recording has now.
pub(crate) async fn load(
    store: &Store,
    id: RecordingId,
) -> Result<(store::Recording, Recording), ApiError> {
    let summary = store.recordings().get(id).await?;
    let text = store.recordings().document(id, summary.revision).await?;
    let mut document =
        Recording::parse(text, Format::Json).map_err(|error| ApiError::internal(&error))?;
    document.test_name.clone_from(&summary.name);
    Ok((summary, document))
}

/// Refuses a document that cannot be performed, with everything that is wrong with it.
pub(crate) fn must_be_performable(recording: &Recording) -> Result<(), ApiError> {
    let report = recording.validate();
    if report.is_valid() {
        return Ok(());
    }
    Err(invalid("This recording cannot be performed", report.errors))
}

/// Headers that make a browser save the answer under the recording's name.
pub(crate) fn download(
    name: &str,
    extension: &str,
    kind: &'static str,
) -> [(HeaderName, HeaderValue); 2] {
    let safe: String = name
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.') {
                c
            } else {
                '-'
            }
        })
        .take(80)
        .collect();
    let safe = safe.trim_matches(['-', '.']);
    let safe = if safe.is_empty() { "recording" } else { safe };
    let disposition =
        HeaderValue::from_str(&format!("attachment; filename=\"{safe}.{extension}\""));
    [
        (CONTENT_TYPE, HeaderValue::from_static(kind)),
        (
            CONTENT_DISPOSITION,
            disposition.unwrap_or(HeaderValue::from_static("attachment")),
        ),
    ]
}

fn refused(error: ParseError) -> ApiError {
    invalid("This is not a recording", error.problems)
}

fn invalid(what: &str, problems: Vec<Problem>) -> ApiError {
    let first = problems
        .first()
        .map(|problem| format!(": {}", problem.to_string().trim_end_matches('.')))
        .unwrap_or_default();
    let problems: Vec<ApiProblem> = problems
        .into_iter()
        .take(MOST_PROBLEMS)
        .map(Into::into)
        .collect();
    ApiError::invalid("invalid_recording", format!("{what}{first}."))
        .with_details(json!({ "problems": problems }))
}

/// A hostile document has a problem in every step; nobody reads ten thousand.
const MOST_PROBLEMS: usize = 100;

impl From<Problem> for ApiProblem {
    fn from(problem: Problem) -> Self {
        Self {
            path: problem.path,
            message: problem.message,
        }
    }
}

impl From<Report> for ValidationReport {
    fn from(report: Report) -> Self {
        let all = |problems: Vec<Problem>| {
            problems
                .into_iter()
                .take(MOST_PROBLEMS)
                .map(Into::into)
                .collect()
        };
        Self {
            valid: report.is_valid(),
            errors: all(report.errors),
            warnings: all(report.warnings),
        }
    }
}

impl From<ParseError> for ValidationReport {
    fn from(error: ParseError) -> Self {
        let errors = error
            .problems
            .into_iter()
            .take(MOST_PROBLEMS)
            .map(Into::into)
            .collect();
        Self {
            valid: false,
            errors,
            warnings: Vec::new(),
        }
    }
}
