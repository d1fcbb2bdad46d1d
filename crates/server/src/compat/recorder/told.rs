//! A film in the screen recorder's words.

use ids::FilmId;
use serde::Serialize;
use serde_json::Value;
use store::{Film, FilmStatus, Time};

use crate::error::ApiError;

/// A film in the recorder's words.
#[derive(Debug, Serialize)]
pub(super) struct ScreenRecording {
    id: FilmId,
    demo_site_id: Value,
    lead_id: Value,
    status: &'static str,
    /// How far it is; left out when it is over.
    #[serde(skip_serializing_if = "Option::is_none")]
    progress: Option<Progress>,
    video_file_path: Option<String>,
    thumbnail_path: Option<String>,
    duration_seconds: Option<f64>,
    file_size_bytes: Option<u64>,
    resolution: String,
    frame_rate: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    error_message: Option<String>,
    created_at: Time,
}

/// How far a film is.
#[derive(Debug, Serialize)]
struct Progress {
    /// Of its interactions, 0 to 100; nothing while nobody knows how many there are.
    percent: Option<f64>,
    /// The interaction that is performed, in words.
    current_step: Option<String>,
    steps_done: u32,
    steps_total: u32,
}

impl From<Film> for ScreenRecording {
    fn from(film: Film) -> Self {
        let path = |what: &str| format!("/api/v1/screen-recordings/{}/{what}", film.id);
        let made = film.made.as_ref();
        Self {
            id: film.id,
            demo_site_id: as_sent(film.demo.as_deref()),
            lead_id: as_sent(film.lead.as_deref()),
            status: word(film.status),
            progress: Progress::of(&film),
            video_file_path: film.files.video.as_ref().map(|_| path("download")),
            thumbnail_path: film.files.poster.as_ref().map(|_| path("preview")),
            duration_seconds: made.map(|made| made.duration_ms / 1000.0),
            file_size_bytes: made.map(|made| made.bytes),
            resolution: format!("{}x{}", film.setup.width, film.setup.height),
            frame_rate: film.setup.fps,
            error_message: film.error.map(|error| error.message),
            created_at: film.created_at,
        }
    }
}

impl Progress {
    fn of(film: &Film) -> Option<Self> {
        let (done, total) = (film.steps_done, film.steps_total);
        let performed = f64::from(done) / f64::from(total.max(1)) * 100.0;
        let percent = match film.status {
            FilmStatus::Queued => Some(0.0),
            FilmStatus::Filming => (total > 0).then_some(performed.round()),
            // All of them have been performed.
            FilmStatus::Finishing | FilmStatus::Delivering => Some(100.0),
            FilmStatus::Done | FilmStatus::Failed | FilmStatus::Cancelled => return None,
        };
        Some(Self {
            percent,
            current_step: film.doing.clone(),
            steps_done: done,
            steps_total: total,
        })
    }
}

/// Its words, each with what it stands for here.
const WORDS: [(&str, &[FilmStatus]); 6] = [
    ("pending", &[FilmStatus::Queued]),
    ("recording", &[FilmStatus::Filming]),
    (
        "processing",
        &[FilmStatus::Finishing, FilmStatus::Delivering],
    ),
    ("completed", &[FilmStatus::Done]),
    ("failed", &[FilmStatus::Failed]),
    ("cancelled", &[FilmStatus::Cancelled]),
];

/// Its word for where a film stands.
pub(super) fn word(status: FilmStatus) -> &'static str {
    let found = WORDS.iter().find(|(_, all)| all.contains(&status));
    found.map_or("pending", |(word, _)| word)
}

/// Where those films stand that it has this word for.
pub(super) fn statuses(text: &str) -> Result<Vec<FilmStatus>, ApiError> {
    let found = WORDS.iter().find(|(word, _)| *word == text);
    found.map(|(_, all)| all.to_vec()).ok_or_else(|| {
        let known = WORDS.map(|(word, _)| word).join(", ");
        ApiError::invalid(
            "invalid_status",
            format!("status: {text:?} is none of {known}."),
        )
    })
}

/// Its ids were numbers; other systems have texts.
fn as_sent(id: Option<&str>) -> Value {
    match id {
        None => Value::Null,
        Some(text) => match text.parse::<i64>() {
            Ok(number) if number.to_string() == text => number.into(),
            _ => text.into(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_of_a_film_has_one_word_and_is_found_by_it() {
        for status in [
            FilmStatus::Queued,
            FilmStatus::Filming,
            FilmStatus::Finishing,
            FilmStatus::Delivering,
            FilmStatus::Done,
            FilmStatus::Failed,
            FilmStatus::Cancelled,
        ] {
            assert!(
                statuses(word(status)).unwrap().contains(&status),
                "{status}"
            );
        }
        assert_eq!(statuses("processing").unwrap().len(), 2);
        assert!(statuses("finishing").is_err());
    }
}
