//! What a producer gets back.

use redis::Script;
use serde::{Deserialize, Serialize};
use store::{Render, RenderStatus};

use crate::error::{Doing as _, IntakeError};
use crate::link::Link;
use crate::message::Message;

/// An answer that nobody fetched is forgotten after so many seconds: a day.
const KEPT_FOR: u32 = 24 * 3600;
/// Of answers to jobs without an id, so many are kept.
const MOST_RESULTS: u32 = 10_000;

/// What a producer gets back, in the shape of the former render service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct JobResult {
    /// Whether the output is whole and its address shows it.
    pub success: bool,
    /// The public address of the picture or film.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub src: Option<String>,
    /// The public address of the page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub html_src: Option<String>,
    /// The type of what `src` shows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mime_type: Option<String>,
    /// Why there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
}

impl JobResult {
    pub(crate) fn failed(error: impl Into<String>) -> Self {
        Self {
            success: false,
            src: None,
            html_src: None,
            mime_type: None,
            error: Some(error.into()),
        }
    }

    /// The answer of a render that is over.
    pub(crate) fn of(render: &Render) -> Self {
        match render.status {
            RenderStatus::Done => {
                let delivered = render.delivered.clone();
                let (src, html_src) = delivered.map_or((None, None), |to| (to.src, to.html_src));
                Self {
                    success: true,
                    src,
                    html_src,
                    mime_type: render.made.as_ref().map(|made| made.media_type.clone()),
                    error: None,
                }
            }
            RenderStatus::Failed => {
                let error = render.error.as_ref().map(|error| error.message.as_str());
                Self::failed(error.unwrap_or("the render failed"))
            }
            other => Self::failed(format!("the render is {other}")),
        }
    }
}

/// Takes the message out of the worker's list and, if it was there, answers it. One script: whoever does not find it does
/// not answer, so that a job is answered once.
const ANSWER: &str = r"
if redis.call('LREM', KEYS[1], 1, ARGV[1]) == 0 then return 0 end
redis.call('LPUSH', KEYS[2], ARGV[2])
if ARGV[3] ~= '0' then redis.call('EXPIRE', KEYS[2], ARGV[3]) end
if ARGV[4] ~= '0' then redis.call('LTRIM', KEYS[2], 0, ARGV[4] - 1) end
if ARGV[5] ~= '' then
  redis.call('LPUSH', KEYS[3], ARGV[5])
  redis.call('LTRIM', KEYS[3], 0, ARGV[6] - 1)
end
return 1
";

/// Of dead letters, so many are kept.
const MOST_DEAD: u32 = 10_000;

/// Whether this worker still held the message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Answered {
    Here,
    /// Another worker has taken it over and answers it.
    Elsewhere,
}

/// Answers a message; with a dead letter, when there is one.
pub(crate) async fn answer(
    link: &mut Link,
    message: &Message,
    result: &JobResult,
    dead: Option<&str>,
) -> Result<Answered, IntakeError> {
    let (reply, kept_for, most) = match message.id() {
        Some(id) => (link.keys.result(&id), KEPT_FOR, 0),
        None => (link.keys.results(), 0, MOST_RESULTS),
    };
    let result = serde_json::to_string(result).unwrap_or_default();
    let removed: u32 = Script::new(ANSWER)
        .key(link.keys.processing(&link.worker))
        .key(reply)
        .key(link.keys.dead())
        .arg(message.bytes.as_ref())
        .arg(result)
        .arg(kept_for)
        .arg(most)
        .arg(dead.unwrap_or_default())
        .arg(MOST_DEAD)
        .invoke_async(&mut link.connection)
        .await
        .doing("answer a job")?;
    Ok(match removed {
        0 => Answered::Elsewhere,
        _ => Answered::Here,
    })
}
