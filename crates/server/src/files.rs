//! The bytes of stored files: ranges, caching, and nothing that a browser would run in the server's name.

use std::ops::Range;

use axum::body::Body;
use axum::response::{IntoResponse, Response};
use http::header::{
    ACCEPT_RANGES, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_RANGE,
    CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, IF_NONE_MATCH, IF_RANGE, RANGE,
};
use http::{HeaderMap, HeaderValue, StatusCode};
use store::{Artifact, ArtifactKind, Expired, Expiry, Store};

use crate::error::ApiError;

/// A stored page is shown without scripts, without a network, and as an origin of its own.
const SANDBOX: &str = "sandbox; default-src 'none'; img-src data:; style-src 'unsafe-inline'";

/// A stored file on its way out.
#[derive(Clone, Copy, Debug)]
pub(crate) struct File<'a> {
    /// Where its bytes are.
    pub(crate) key: &'a str,
    /// Of the bytes, in hexadecimal; names the version for caches.
    pub(crate) sha256: &'a str,
    /// Bytes.
    pub(crate) size: u64,
    /// Read from the bytes.
    pub(crate) content_type: &'a str,
    /// What it is called when it is saved.
    pub(crate) name: &'a str,
    pub(crate) showing: Showing,
}

/// What a browser does with a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Showing {
    /// Shows it.
    Inline,
    /// Saves it.
    Saved,
}

/// Files that were removed by the rule for all of their kind.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Gone {
    /// The code of the answer.
    pub(crate) code: &'static str,
    /// What was removed, with its verb: "The film's files were".
    pub(crate) what: &'static str,
    /// What is kept so long: "films".
    pub(crate) kind: &'static str,
    /// How to have it back.
    pub(crate) way_out: &'static str,
}

impl Gone {
    /// The answer to whoever asks for them.
    pub(crate) fn at(self, expired: Expired) -> ApiError {
        let Self {
            what,
            kind,
            way_out,
            ..
        } = self;
        let why = match expired.why {
            Expiry::Age => format!("{kind} are kept so long here"),
            Expiry::Space => format!("newer {kind} needed the room"),
        };
        let message = format!("{what} removed at {}: {why}. {way_out}", expired.at);
        ApiError::new(StatusCode::GONE, self.code, message)
    }
}

impl<'a> From<&'a Artifact> for File<'a> {
    fn from(artifact: &'a Artifact) -> Self {
        Self {
            key: &artifact.key,
            sha256: &artifact.sha256,
            size: artifact.size,
            content_type: &artifact.content_type,
            name: &artifact.name,
            showing: match artifact.kind {
                ArtifactKind::Download => Showing::Saved,
                _ => Showing::Inline,
            },
        }
    }
}

/// The whole file, the range that was asked for, or 304 when the caller has it.
pub(crate) async fn answer(
    store: &Store,
    file: &File<'_>,
    headers: &HeaderMap,
) -> Result<Response, ApiError> {
    let etag = format!("\"{}\"", file.sha256);
    if names(headers, IF_NONE_MATCH.as_str(), &etag) {
        return Ok((StatusCode::NOT_MODIFIED, [(ETAG, etag)]).into_response());
    }
    let fresh = !headers.contains_key(IF_RANGE) || names(headers, IF_RANGE.as_str(), &etag);
    let asked = headers
        .get(RANGE)
        .and_then(|value| value.to_str().ok())
        .filter(|_| fresh);
    let range = match asked.map(|text| parse_range(text, file.size)) {
        None | Some(Asked::Everything) => None,
        Some(Asked::Part(range)) => Some(range),
        Some(Asked::Outside) => {
            let size = format!("bytes */{}", file.size);
            let error = ApiError::new(
                StatusCode::RANGE_NOT_SATISFIABLE,
                "bad_range",
                "The range is outside the file.",
            );
            return Ok(([(CONTENT_RANGE, size)], error).into_response());
        }
    };
    let partial = range.is_some();
    // An empty file has no range to ask the disk for.
    let found = store.blobs().get(file.key, range).await?;
    let length = found.range.end - found.range.start;
    let mut response = Response::new(Body::from_stream(found.stream));
    let out = response.headers_mut();
    out.insert(CONTENT_LENGTH, HeaderValue::from(length));
    out.insert(ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    out.insert(
        CACHE_CONTROL,
        HeaderValue::from_static("private, max-age=31536000, immutable"),
    );
    out.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(SANDBOX));
    put(out, CONTENT_TYPE.as_str(), file.content_type);
    put(out, ETAG.as_str(), &etag);
    put(out, CONTENT_DISPOSITION.as_str(), &disposition(file));
    if partial {
        let span = format!(
            "bytes {}-{}/{}",
            found.range.start,
            found.range.end.saturating_sub(1),
            file.size
        );
        put(out, CONTENT_RANGE.as_str(), &span);
        *response.status_mut() = StatusCode::PARTIAL_CONTENT;
    }
    Ok(response)
}

fn put(headers: &mut HeaderMap, name: &str, value: &str) {
    if let (Ok(name), Ok(value)) = (
        http::HeaderName::from_bytes(name.as_bytes()),
        HeaderValue::from_str(value),
    ) {
        headers.insert(name, value);
    }
}

fn names(headers: &HeaderMap, header: &str, etag: &str) -> bool {
    let value = headers
        .get(header)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    value
        .split(',')
        .map(str::trim)
        .any(|tag| tag == etag || tag == "*")
}

/// Pictures are shown; what came from a page or could hold a script is saved.
fn disposition(file: &File<'_>) -> String {
    let shown =
        file.showing == Showing::Inline && !file.content_type.starts_with("application/octet");
    let way = if shown { "inline" } else { "attachment" };
    let ascii: String = file
        .name
        .chars()
        .map(|c| {
            if c.is_ascii_graphic() && c != '"' {
                c
            } else {
                '_'
            }
        })
        .collect();
    format!("{way}; filename=\"{ascii}\"")
}

#[derive(Debug, PartialEq, Eq)]
enum Asked {
    Everything,
    Part(Range<u64>),
    Outside,
}

/// One range of bytes. Several at once, or another unit, may be answered with everything, and are.
fn parse_range(text: &str, size: u64) -> Asked {
    let Some(spec) = text.trim().strip_prefix("bytes=") else {
        return Asked::Everything;
    };
    if spec.contains(',') {
        return Asked::Everything;
    }
    let Some((first, last)) = spec.split_once('-') else {
        return Asked::Everything;
    };
    let range = match (first.trim().parse::<u64>(), last.trim().parse::<u64>()) {
        (Ok(first), Ok(last)) if first <= last => first..last.saturating_add(1).min(size),
        (Ok(first), Err(_)) if last.trim().is_empty() => first..size,
        (Err(_), Ok(count)) if first.trim().is_empty() => size.saturating_sub(count)..size,
        _ => return Asked::Everything,
    };
    if range.start < range.end {
        Asked::Part(range)
    } else {
        Asked::Outside
    }
}

#[cfg(test)]
mod tests {
    use super::{Asked, parse_range};

    #[test]
    fn ranges_are_read_as_the_protocol_says() {
        for (text, asked) in [
            ("bytes=0-9", Asked::Part(0..10)),
            ("bytes=90-", Asked::Part(90..100)),
            ("bytes=-10", Asked::Part(90..100)),
            ("bytes=-1000", Asked::Part(0..100)),
            ("bytes=50-1000", Asked::Part(50..100)),
            ("bytes=100-", Asked::Outside),
            ("bytes=-0", Asked::Outside),
            ("bytes=9-0", Asked::Everything),
            ("bytes=0-1,5-6", Asked::Everything),
            ("lines=0-1", Asked::Everything),
            ("bytes=x-y", Asked::Everything),
        ] {
            assert_eq!(parse_range(text, 100), asked, "{text}");
        }
        assert_eq!(parse_range("bytes=0-", 0), Asked::Outside);
    }
}
