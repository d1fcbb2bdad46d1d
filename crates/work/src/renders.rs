//! Asking for renders: a job in JSON is checked, kept as it was sent, and queued.

use bytes::Bytes;
use ids::UserId;
use store::{IntakeMark, NewRender, Render, Reuse, Store, StoreError};
use video::{FilmFormat, JobError, Output};

use crate::RENDER_QUEUE;

/// A render is begun at most so often: a browser or a worker that dies five times in it is no accident.
const MAX_ATTEMPTS: u32 = 5;

/// The longest name of a file, in bytes: what file systems take.
const LONGEST_NAME: usize = 255;

/// Takes jobs for renders.
#[derive(Clone, Debug)]
pub struct RenderDesk {
    store: Store,
}

/// A render that somebody wants.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// The job, in JSON.
    pub job: Bytes,
    /// Who asks.
    pub user: Option<UserId>,
    /// The message of a list that asks.
    pub intake: Option<IntakeMark>,
}

/// Why a job was not taken.
#[derive(Debug, thiserror::Error)]
pub enum AskError {
    /// The job makes no sense.
    #[error("the job cannot be rendered")]
    Job(#[source] JobError),
    /// The job makes sense, and cannot be done here.
    #[error("{0}")]
    Unsupported(&'static str),
    /// A field that says where the output goes makes no sense.
    #[error("{field}: {problem}")]
    Place {
        /// `filename`, `prefix` or `bucket`.
        field: &'static str,
        /// What is wrong and what would be right.
        problem: String,
    },
    /// The job could not be kept.
    #[error("the job could not be kept")]
    Store(#[from] StoreError),
}

impl RenderDesk {
    /// A desk that keeps jobs here.
    #[must_use]
    pub fn new(store: Store) -> Self {
        Self { store }
    }

    /// Checks a job and queues it. What was made before is answered at once.
    ///
    /// # Errors
    /// Says which field makes no sense, or that the store failed.
    pub async fn ask(&self, wanted: Wanted) -> Result<Render, AskError> {
        let job = video::RenderJob::parse(&wanted.job).map_err(AskError::Job)?;
        if let Output::Film {
            format: FilmFormat::PngSequence,
            ..
        } = job.output
        {
            return Err(AskError::Unsupported(
                "output: a sequence is a folder of pictures, and the server keeps files: take webm or gif, or make it with `proscenium render`",
            ));
        }
        let name = file_name(&job)?;
        let document = self.store.blobs().put(wanted.job).await?;
        let new = NewRender {
            user: wanted.user,
            name,
            document_key: document.key,
            content_key: job.content_key(),
            frames: job.output.frames(),
            reuse: Reuse::AtOnce,
            queue: RENDER_QUEUE.to_owned(),
            max_attempts: MAX_ATTEMPTS,
            intake: wanted.intake,
        };
        Ok(self.store.renders().create(new).await?)
    }
}

/// What the job calls its file, or "render" with the ending of what it makes.
fn file_name(job: &video::RenderJob) -> Result<String, AskError> {
    let refused = |problem: String| AskError::Place {
        field: "filename",
        problem,
    };
    let name = match job.extra.get("filename") {
        None | Some(serde_json::Value::Null) => {
            let ending = match job.output.media_type() {
                "image/jpeg" => "jpg",
                other => other.rsplit('/').next().unwrap_or(other),
            };
            return Ok(format!("render.{ending}"));
        }
        Some(serde_json::Value::String(name)) => name,
        Some(_) => return Err(refused("text is needed".to_owned())),
    };
    let is_plain = !name.contains(['/', '\\'])
        && !name.chars().any(char::is_control)
        && !matches!(name.as_str(), "" | "." | "..");
    if !is_plain {
        return Err(refused(format!(
            "{name:?} is no plain file name; a folder goes into prefix"
        )));
    }
    if name.len() > LONGEST_NAME {
        return Err(refused(format!(
            "it has {} bytes; at most {LONGEST_NAME} make a file name",
            name.len()
        )));
    }
    Ok(name.clone())
}
