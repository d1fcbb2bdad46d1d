//! Asking for renders: a job in JSON is checked, kept as it was sent, and queued.

use bytes::Bytes;
use delivery::{Delivery, PlaceError};
use ids::{RenderId, UserId};
use serde_json::Value;
use store::{IntakeMark, NewRender, Render, Reuse, Store, StoreError};
use video::{FilmFormat, JobError, Output, PageOutput};

use crate::RENDER_QUEUE;
use crate::delivering::{self, Usual};

/// A render is begun at most so often: a browser or a worker that dies five times in it is no accident.
const MAX_ATTEMPTS: u32 = 5;

/// The longest name of a file, in bytes: what file systems take.
const LONGEST_NAME: usize = 255;

/// Takes jobs for renders.
#[derive(Clone, Debug)]
pub struct RenderDesk {
    store: Store,
    delivery: Option<Delivery>,
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
    #[error("the output has no place to go")]
    Place(#[source] PlaceError),
    /// The job could not be kept.
    #[error("the job could not be kept")]
    Store(#[from] StoreError),
}

impl RenderDesk {
    /// A desk that keeps jobs here. With a delivery, a job's `bucket`, `prefix` and `filename` say where its output goes.
    #[must_use]
    pub fn new(store: Store, delivery: Option<Delivery>) -> Self {
        Self { store, delivery }
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
        let name = file_name(&job).map_err(AskError::Place)?;
        let reuse = match &self.delivery {
            Some(delivery) => {
                delivering::place(delivery, &job.extra, Usual::default(), &name)
                    .map_err(AskError::Place)?;
                Reuse::ByWorker
            }
            None => Reuse::AtOnce,
        };
        let document = self.store.blobs().put(wanted.job).await?;
        let new = NewRender {
            user: wanted.user,
            name,
            document_key: document.key,
            content_key: job.content_key(),
            frames: job.output.frames(),
            reuse,
            queue: RENDER_QUEUE.to_owned(),
            max_attempts: MAX_ATTEMPTS,
            intake: wanted.intake,
        };
        Ok(self.store.renders().create(new).await?)
    }

    /// Asks for a render whose output is kept to be brought to its place once more. Answers `false` when there is none, when
    /// it is under way, or when there is no place to bring outputs to.
    ///
    /// # Errors
    /// What the store says.
    pub async fn deliver_again(&self, id: RenderId) -> Result<bool, StoreError> {
        if self.delivery.is_none() {
            return Ok(false);
        }
        let renders = self.store.renders();
        renders.deliver_again(id, RENDER_QUEUE, MAX_ATTEMPTS).await
    }
}

/// What the job calls its file, or "render" with the ending of what it makes.
fn file_name(job: &video::RenderJob) -> Result<String, PlaceError> {
    let name = match job.extra.get("filename") {
        None | Some(Value::Null) => {
            let ending = match (job.page, job.output.media_type()) {
                (PageOutput::Only, _) => "html",
                (_, "image/jpeg") => "jpg",
                (_, other) => other.rsplit('/').next().unwrap_or(other),
            };
            return Ok(format!("render.{ending}"));
        }
        Some(Value::String(name)) => name,
        Some(_) => return Err(wrong("filename", "text is needed".to_owned())),
    };
    let is_plain = !name.contains(['/', '\\'])
        && !name.chars().any(char::is_control)
        && !matches!(name.as_str(), "" | "." | "..");
    if !is_plain {
        let problem = format!("{name:?} is no plain file name; a folder goes into prefix");
        return Err(wrong("filename", problem));
    }
    if name.len() > LONGEST_NAME {
        let problem = format!(
            "it has {} bytes; at most {LONGEST_NAME} make a file name",
            name.len()
        );
        return Err(wrong("filename", problem));
    }
    Ok(name.clone())
}

/// What a page is called that stands beside the output of this name.
pub(crate) fn page_name(name: &str) -> String {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    format!("{}.html", if stem.is_empty() { name } else { stem })
}

fn wrong(field: &'static str, problem: String) -> PlaceError {
    PlaceError { field, problem }
}
