//! The recordings that a Proscenium server keeps, fetched over its API.

mod error;

pub(crate) use error::{LibraryError, refused};

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use recording::Recording;
use serde::{Deserialize, Serialize};
use url::Url;

/// How long one request may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// The largest answer that is read, in bytes: a document of the largest size, and what stands around it.
const LARGEST: u64 = 16 * 1024 * 1024;

/// Entries on one page of a list; the most that the server gives.
const PAGE: u64 = 200;

/// Where the recordings are and who asks.
#[derive(Debug, clap::Args)]
pub(crate) struct Library {
    /// Address of a Proscenium server that keeps recordings, such as <https://studio.example>.
    #[arg(long, value_name = "URL", env = "PROSCENIUM_API_URL")]
    pub(crate) api_url: Option<Url>,
    /// What the server knows you by: `proscenium link --token` prints one. Better given by the environment, because the
    /// list of processes shows arguments.
    #[arg(
        long,
        value_name = "TOKEN",
        env = "PROSCENIUM_API_TOKEN",
        hide_env_values = true
    )]
    api_token: Option<Token>,
}

/// A secret that no log, report or error shows.
#[derive(Clone)]
struct Token(String);

impl FromStr for Token {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        // What else it holds could end the header and begin another.
        if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic()) {
            Ok(Self(text.to_owned()))
        } else {
            Err("a token is letters, digits and signs without spaces")
        }
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

/// A recording as the server lists it.
#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct Entry {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) url: String,
    pub(crate) steps: u64,
    /// Servers of before had none in their lists.
    #[serde(default)]
    pub(crate) tags: Vec<String>,
}

#[derive(Deserialize)]
struct Answer<T> {
    data: T,
    pagination: Option<Pagination>,
}

#[derive(Deserialize)]
struct Pagination {
    total: u64,
}

#[derive(Deserialize)]
struct Detail {
    document: serde_json::Value,
}

#[derive(Deserialize, Default)]
struct Refusal {
    error: Option<Reason>,
}

#[derive(Deserialize)]
struct Reason {
    message: String,
}

impl Library {
    /// One recording by its id.
    pub(crate) fn recording(&self, id: &str) -> Result<Recording, LibraryError> {
        let answer: Answer<Detail> =
            self.get(&["recordings", id], &[])
                .map_err(|error| match error {
                    LibraryError::Failed {
                        status: 404 | 400 | 422,
                        ..
                    } => LibraryError::NotFound(id.to_owned()),
                    error => error,
                })?;
        Recording::from_value(answer.data.document).map_err(|error| LibraryError::NoRecording {
            id: id.to_owned(),
            error,
        })
    }

    /// The recordings with this tag, or all of them, last changed first.
    pub(crate) fn list(&self, tag: Option<&str>) -> Result<Vec<Entry>, LibraryError> {
        let mut all = Vec::new();
        for page in 1.. {
            let (page, limit) = (u64::to_string(&page), PAGE.to_string());
            let mut query = vec![("page", page.as_str()), ("limit", limit.as_str())];
            query.extend(tag.map(|tag| ("tag", tag)));
            let answer: Answer<Vec<Entry>> = self
                .get(&["recordings"], &query)
                .map_err(LibraryError::of_list)?;
            let is_last = answer.data.is_empty();
            all.extend(answer.data);
            let total = answer.pagination.map_or(0, |pagination| pagination.total);
            if is_last || all.len() as u64 >= total {
                break;
            }
        }
        Ok(all)
    }

    fn get<T: serde::de::DeserializeOwned>(
        &self,
        path: &[&str],
        query: &[(&str, &str)],
    ) -> Result<T, LibraryError> {
        let mut url = self.api_url.clone().ok_or(LibraryError::MissingUrl)?;
        let token = self.api_token.as_ref().ok_or(LibraryError::MissingToken)?;
        let host = url.host_str().unwrap_or_default().to_owned();
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty().extend(["api", "v1"]).extend(path);
        }
        if !query.is_empty() {
            url.query_pairs_mut().extend_pairs(query);
        }
        let agent: ureq::Agent = ureq::Agent::config_builder()
            .timeout_global(Some(PATIENCE))
            .http_status_as_error(false)
            // The token is for this server and no other.
            .max_redirects(0)
            .max_redirects_will_error(false)
            .user_agent(concat!("proscenium/", env!("CARGO_PKG_VERSION")))
            .build()
            .into();
        let mut response = agent
            .get(url.as_str())
            .header("authorization", format!("Bearer {}", token.0))
            .call()
            .map_err(|error| LibraryError::of_request(&host, error))?;
        let status = response.status().as_u16();
        let body = response
            .body_mut()
            .with_config()
            .limit(LARGEST)
            .read_to_vec()
            .map_err(|error| LibraryError::of_answer(&host, error))?;
        match status {
            200 => serde_json::from_slice(&body).map_err(LibraryError::Unreadable),
            401 => Err(LibraryError::Unauthorized),
            403 => Err(LibraryError::Forbidden),
            _ => {
                let refusal: Refusal = serde_json::from_slice(&body).unwrap_or_default();
                let message = refusal.error.map(|reason| reason.message);
                Err(LibraryError::Failed {
                    status,
                    message: message.unwrap_or_else(|| "no reason given".to_owned()),
                })
            }
        }
    }
}
