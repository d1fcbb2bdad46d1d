//! Films.

use ids::{FilmId, RecordingId};
use serde::{Deserialize, Serialize};
use store::{FilmDelivered, FilmFailure, FilmMade, FilmSetup, FilmStatus, Time};
use utoipa::{IntoParams, ToSchema};
use work::Keep;

use super::kept::{Expired, Storage};

/// One filming of a page.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Film {
    pub(crate) id: FilmId,
    /// What it is called.
    pub(crate) name: String,
    /// Where it begins.
    pub(crate) url: String,
    /// Size, rate and bitrate.
    pub(crate) setup: FilmSetup,
    pub(crate) status: FilmStatus,
    /// Steps that were performed.
    pub(crate) steps_done: u32,
    /// Steps that there are; 0 while nobody knows.
    pub(crate) steps_total: u32,
    /// The step that is performed, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) doing: Option<String>,
    /// From 1; 0 while no worker has taken it.
    pub(crate) attempt: u32,
    /// The film that this one is made again of, with other settings.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) again_of: Option<FilmId>,
    /// The recording that is performed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) recording_id: Option<RecordingId>,
    /// The demo that it shows, in the words of whoever asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) demo_id: Option<String>,
    /// For whom it is, in the words of whoever asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) lead_id: Option<String>,
    pub(crate) created_at: Time,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) started_at: Option<Time>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) finished_at: Option<Time>,
    /// What was made, when it is done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) result: Option<FilmMade>,
    /// Paths of its files.
    pub(crate) files: FilmPaths,
    /// Where everybody sees them, or why not; left out where films stay on the server.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) delivered: Option<FilmDelivered>,
    /// Whether it is kept for good.
    pub(crate) pinned: bool,
    /// When its files will be removed for their age; earlier where room is short.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) expires_at: Option<Time>,
    /// Its files were removed, because films are not kept for ever here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) expired: Option<Expired>,
    /// Why there is no film.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) error: Option<FilmFailure>,
}

/// The room that films take, and how long they stay.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct FilmStorage {
    /// Films that have files.
    pub(crate) films: u64,
    #[serde(flatten)]
    pub(crate) storage: Storage,
}

/// Paths of a film's files; one that is not there is left out.
#[derive(Debug, Default, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct FilmPaths {
    /// The film.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) video: Option<String>,
    /// Its picture at a quarter.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) poster: Option<String>,
    /// Small pictures of the whole of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) sprite: Option<String>,
    /// A few seconds as GIF.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) teaser: Option<String>,
    /// What was performed, as YAML.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) storyboard: Option<String>,
    /// What the film shows just now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) preview: Option<String>,
}

/// A film with the order that asked for it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct FilmDetail {
    #[serde(flatten)]
    pub(crate) film: Film,
    /// The order as it was sent, with the fields that mean nothing here; a recording's steps stand in it as a storyboard.
    #[schema(value_type = Object)]
    pub(crate) order: serde_json::Value,
}

/// The storyboard of a tour that is not filmed yet.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FilmPlan {
    /// As an order's `storyboard` takes it.
    #[schema(value_type = Object)]
    pub(crate) storyboard: serde_json::Value,
    /// The same as text, as people change it by hand.
    pub(crate) yaml: String,
}

/// A file of a film.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum FilmFile {
    /// The film.
    Video,
    /// Its picture at a quarter.
    Poster,
    /// Small pictures of the whole of it.
    Sprite,
    /// A few seconds as GIF.
    Teaser,
    /// What was performed, as YAML.
    Storyboard,
}

impl Film {
    /// What is told of a film where films stay so long.
    pub(crate) fn of(film: store::Film, keep: &Keep) -> Self {
        let expires_at = keep.film_expires_at(&film);
        let is_there = film.expired.is_none();
        let path = |what: &str| format!("/api/v1/films/{}/{what}", film.id);
        let file = |is_kept: bool, what: &str| is_kept.then(|| path(&format!("files/{what}")));
        let files = FilmPaths {
            video: file(is_there && film.files.video.is_some(), "video"),
            poster: file(is_there && film.files.poster.is_some(), "poster"),
            sprite: file(is_there && film.files.sprite.is_some(), "sprite"),
            teaser: file(is_there && film.files.teaser.is_some(), "teaser"),
            storyboard: file(film.files.storyboard.is_some(), "storyboard"),
            preview: film.preview.is_some().then(|| path("preview")),
        };
        Self {
            id: film.id,
            name: film.name,
            url: film.url,
            setup: film.setup,
            status: film.status,
            steps_done: film.steps_done,
            steps_total: film.steps_total,
            doing: film.doing,
            attempt: film.attempt,
            again_of: film.again_of,
            recording_id: film.recording,
            demo_id: film.demo,
            lead_id: film.lead,
            created_at: film.created_at,
            started_at: film.started_at,
            finished_at: film.finished_at,
            result: film.made,
            files,
            delivered: film.delivered,
            pinned: film.is_pinned,
            expires_at,
            expired: film.expired.map(Expired::from),
            error: film.error,
        }
    }
}

/// Which films are wanted.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct FilmFilter {
    /// Only those that stand here.
    pub(crate) status: Option<FilmStatus>,
    /// Only those of this demo.
    pub(crate) demo_id: Option<String>,
    /// Only those for this lead.
    pub(crate) lead_id: Option<String>,
}

impl From<FilmFilter> for store::FilmFilter {
    fn from(filter: FilmFilter) -> Self {
        Self {
            status: filter.status.into_iter().collect(),
            demo: filter.demo_id,
            lead: filter.lead_id,
        }
    }
}
