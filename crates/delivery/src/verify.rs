//! One look at a public address: everything that is seen there is compared with what was stored.

use std::collections::BTreeSet;
use std::time::Duration;

use data_encoding::HEXLOWER;
use http::header::{CACHE_CONTROL, CONTENT_RANGE, CONTENT_TYPE, HeaderName, RANGE};
use http::{HeaderMap, StatusCode};
use reqwest::redirect::Policy;
use reqwest::{Client, Response};
use sha2::{Digest as _, Sha256};
use url::Url;

use crate::error::Mismatch;

/// How long a connection may take.
const CONNECT_LIMIT: Duration = Duration::from_secs(10);
/// What a large one may take on top, for each MiB: a CDN that is slower than that shows no films.
const PER_MIB: Duration = Duration::from_secs(1);
/// Bytes that are asked for as a range.
const RANGE_BYTES: u64 = 1024;

/// What was stored.
#[derive(Debug)]
pub(crate) struct Expected<'a> {
    pub(crate) size: u64,
    pub(crate) sha256: &'a str,
    pub(crate) content_type: &'a str,
    /// Nothing when the storage keeps no headers.
    pub(crate) cache_control: Option<&'a str>,
}

/// Looks at public addresses; connections are kept between looks.
#[derive(Debug)]
pub(crate) struct Verifier {
    client: Client,
    /// How long a small file may take.
    limit: Duration,
}

impl Verifier {
    pub(crate) fn new(limit: Duration) -> reqwest::Result<Self> {
        let client = Client::builder()
            .connect_timeout(CONNECT_LIMIT)
            // An output's address shows the output, and nobody is sent elsewhere.
            .redirect(Policy::none())
            .user_agent(concat!("proscenium/", env!("CARGO_PKG_VERSION")))
            .build()?;
        Ok(Self { client, limit })
    }

    /// Fetches the file and a range of it.
    pub(crate) async fn look(&self, url: &Url, expected: &Expected<'_>) -> Result<(), Mismatch> {
        let mib = u32::try_from(expected.size >> 20).unwrap_or(u32::MAX);
        let limit = self.limit + PER_MIB.saturating_mul(mib);
        let look = async {
            let part = self.whole(url, expected).await?;
            // Of nothing there is no range: asking for one is answered 416, rightly.
            match expected.size {
                0 => Ok(()),
                _ => self.range(url, expected, &part).await,
            }
        };
        tokio::time::timeout(limit, look)
            .await
            .unwrap_or(Err(Mismatch::TooSlow { limit }))
    }

    /// Compares the whole file; gives the bytes that are asked for again as a range.
    async fn whole(&self, url: &Url, expected: &Expected<'_>) -> Result<Part, Mismatch> {
        let mut response = self.get(url, None).await?;
        if response.status() != StatusCode::OK {
            return Err(Mismatch::Status {
                found: response.status().as_u16(),
            });
        }
        compare_headers(response.headers(), expected)?;
        if let Some(said) = response
            .content_length()
            .filter(|said| *said != expected.size)
        {
            return Err(Mismatch::Length {
                expected: expected.size,
                found: said,
            });
        }
        let mut part = Part::in_the_middle_of(expected.size);
        let mut hash = Sha256::new();
        let mut found = 0;
        while let Some(bytes) = response.chunk().await.map_err(broken_off)? {
            part.take(found, &bytes);
            found += bytes.len() as u64;
            hash.update(&bytes);
            if found > expected.size {
                break;
            }
        }
        if found != expected.size {
            return Err(Mismatch::Length {
                expected: expected.size,
                found,
            });
        }
        let found = HEXLOWER.encode(&hash.finalize());
        if found != expected.sha256 {
            return Err(Mismatch::Content {
                expected: expected.sha256.to_owned(),
                found,
            });
        }
        Ok(part)
    }

    async fn range(&self, url: &Url, expected: &Expected<'_>, part: &Part) -> Result<(), Mismatch> {
        let wrong = |problem: String| Err(Mismatch::Range { problem });
        let (first, last) = (part.first, part.last);
        let response = self.get(url, Some(format!("bytes={first}-{last}"))).await?;
        if response.status() != StatusCode::PARTIAL_CONTENT {
            let found = response.status().as_u16();
            return wrong(format!("it answers {found}; 206 is right"));
        }
        let span = format!("bytes {first}-{last}/{}", expected.size);
        let said = text(response.headers(), &CONTENT_RANGE);
        if said != span {
            return wrong(format!("its content-range is {said}; {span} is right"));
        }
        let bytes = response.bytes().await.map_err(broken_off)?;
        if bytes != part.bytes {
            return wrong("its bytes are others".to_owned());
        }
        Ok(())
    }

    async fn get(&self, url: &Url, range: Option<String>) -> Result<Response, Mismatch> {
        let mut request = self.client.get(url.clone());
        if let Some(range) = range {
            request = request.header(RANGE, range);
        }
        request
            .send()
            .await
            // The address stands in the error around this one.
            .map_err(|error| Mismatch::Unreachable(error.without_url()))
    }
}

/// Bytes in the middle of a file.
struct Part {
    first: u64,
    /// The last of them, as ranges are counted.
    last: u64,
    bytes: Vec<u8>,
}

impl Part {
    fn in_the_middle_of(size: u64) -> Self {
        let first = size / 2;
        Self {
            first,
            last: (first + RANGE_BYTES - 1).min(size.saturating_sub(1)),
            bytes: Vec::new(),
        }
    }

    /// Keeps what of these bytes, which begin at `at`, is in it.
    fn take(&mut self, at: u64, bytes: &[u8]) {
        let end = at + bytes.len() as u64;
        let from = self.first.max(at);
        let to = (self.last + 1).min(end);
        let index = |place: u64| usize::try_from(place - at).ok();
        if from < to
            && let (Some(from), Some(to)) = (index(from), index(to))
        {
            self.bytes.extend_from_slice(&bytes[from..to]);
        }
    }
}

fn compare_headers(headers: &HeaderMap, expected: &Expected<'_>) -> Result<(), Mismatch> {
    let found = text(headers, &CONTENT_TYPE);
    if essence(&found) != essence(expected.content_type) {
        return Err(Mismatch::Type {
            expected: expected.content_type.to_owned(),
            found,
        });
    }
    let Some(cache_control) = expected.cache_control else {
        return Ok(());
    };
    let found = text(headers, &CACHE_CONTROL);
    if directives(&found) != directives(cache_control) {
        return Err(Mismatch::Cache {
            expected: cache_control.to_owned(),
            found,
        });
    }
    Ok(())
}

fn text(headers: &HeaderMap, name: &HeaderName) -> String {
    let value = headers.get(name).and_then(|value| value.to_str().ok());
    value.unwrap_or("none").to_owned()
}

/// A type without its parameters.
fn essence(kind: &str) -> String {
    let essence = kind.split(';').next().unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}

/// The words of a cache-control; their order means nothing.
fn directives(text: &str) -> BTreeSet<String> {
    let words = text.split(',').map(|word| word.trim().to_ascii_lowercase());
    words.filter(|word| !word.is_empty()).collect()
}

/// A body that ends before its time has another length; anything else is a broken connection.
fn broken_off(error: reqwest::Error) -> Mismatch {
    Mismatch::Unreachable(error.without_url())
}
