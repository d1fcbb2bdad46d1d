//! Live sessions between the wire, the session manager and the store.

use std::time::Duration;

use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderValue, StatusCode};
use ids::SessionId;
use session::protocol::{RecordingPhase, State, Status, ViewportRequest};
use session::{SessionError, SessionHandle, StartSession};
use store::{
    Artifact, ArtifactKind, NewArtifact, NewRecording, NewSession, Owner as Of, SessionStatus,
    Viewport,
};

use crate::api::run::{BROWSERS, unknown_browser};
use crate::api::session::{BrowserInfo, CreateSession, RecorderState, RecordingState, Session};
use crate::app::App;
use crate::auth::Owner;
use crate::documents;
use crate::error::ApiError;
use crate::files;
use crate::uploads;

/// The handler and the journal both hear of a screenshot; within this time the same picture is the same file.
pub(crate) const SAME_PICTURE: Duration = Duration::from_secs(10);

/// Starts a session and keeps it.
pub(crate) async fn start(
    app: &App,
    owner: &Owner,
    wanted: CreateSession,
) -> Result<Session, ApiError> {
    let check =
        |value: Option<u32>, range: std::ops::RangeInclusive<u32>, sentence: &str| match value {
            Some(value) if !range.contains(&value) => {
                Err(ApiError::invalid("invalid_options", sentence))
            }
            _ => Ok(()),
        };
    check(wanted.frame_rate, 1..=60, "The frame rate is 1 to 60.")?;
    check(wanted.quality, 10..=100, "The quality is 10 to 100.")?;
    let engine = engine_of(wanted.browser.as_deref())?;
    let name = wanted
        .name
        .as_deref()
        .map(str::trim)
        .filter(|name| !name.is_empty());
    let request = StartSession {
        name: name.map(|name| name.chars().take(200).collect()),
        url: Some(wanted.url.clone()),
        viewport: viewport_request(&wanted),
        engine,
        record: wanted.record,
        frame_rate: wanted.frame_rate,
        quality: wanted
            .quality
            .and_then(|quality| u8::try_from(quality).ok()),
    };
    let handle = app.sessions().start(request).await.map_err(refused)?;
    let new = NewSession {
        user: Some(owner.user.id),
        record: wanted.record,
        frame_rate: wanted.frame_rate,
        quality: wanted.quality,
        ..row_of(&handle)
    };
    let row = app.store().sessions().create(new).await?;
    Ok(describe(app, row))
}

/// The engine by the name that the caller gave it.
fn engine_of(name: Option<&str>) -> Result<browser::Engine, ApiError> {
    let Some(name) = name else {
        return Ok(browser::Engine::default());
    };
    let known = BROWSERS.iter().find(|known| **known == name);
    known
        .and_then(|name| name.parse().ok())
        .ok_or_else(|| unknown_browser(name))
}

/// What is kept of a session from its start.
pub(crate) fn row_of(handle: &SessionHandle) -> NewSession {
    let state = handle.state();
    NewSession {
        id: handle.id(),
        user: None,
        name: handle.name().to_owned(),
        url: handle.url().to_owned(),
        browser: state.browser.engine.clone(),
        viewport: viewport_of(&state),
        record: state.recording.state != RecordingPhase::Idle,
        frame_rate: Some(state.cast.fps),
        quality: Some(u32::from(state.cast.quality)),
    }
}

/// A session as the API shows it: the row, and what only the running session knows.
pub(crate) fn describe(app: &App, row: store::Session) -> Session {
    let live = app
        .sessions()
        .get(row.id)
        .filter(|_| !row.status.is_final());
    let state = live.as_ref().map(SessionHandle::state);
    let status = match &state {
        Some(state) => status_of(state.status),
        None => row.status,
    };
    let thumbnail = if live
        .as_ref()
        .is_some_and(|live| live.latest_frame().is_some())
        || row.thumbnail.is_some()
    {
        Some(format!("/api/v1/sessions/{}/thumbnail", row.id))
    } else {
        None
    };
    Session {
        id: row.id,
        name: row.name,
        url: row.url,
        status,
        browser: BrowserInfo {
            name: row.browser,
            // The row learns it from the journal, a moment after the session runs.
            version: row
                .browser_version
                .or_else(|| state.as_ref().map(|state| state.browser.version.clone())),
        },
        viewport: state.as_deref().map_or(row.viewport, viewport_of),
        recording: state.as_deref().map_or(
            RecordingState {
                state: RecorderState::Idle,
                steps: row.steps,
            },
            |state| RecordingState {
                state: recorder_of(state.recording.state),
                steps: u32::try_from(state.recording.steps).unwrap_or(u32::MAX),
            },
        ),
        viewers: state.map_or(0, |state| {
            u32::try_from(state.viewers.len()).unwrap_or(u32::MAX)
        }),
        errors: row.errors,
        created_at: row.created_at,
        ended_at: row.ended_at,
        end_reason: row.end_reason,
        thumbnail,
    }
}

/// The running session of that id; one that ended is a conflict, one that never was is not found.
pub(crate) async fn live(app: &App, id: SessionId) -> Result<SessionHandle, ApiError> {
    if let Some(handle) = app.sessions().get(id) {
        return Ok(handle);
    }
    app.store().sessions().get(id).await?;
    Err(refused(SessionError::Ended { id }))
}

/// Ends a session and waits until nothing of it is left.
pub(crate) async fn stop(app: &App, id: SessionId) -> Result<Session, ApiError> {
    // Asked first, so that an unknown id is not found and an ended session stays as it is.
    app.store().sessions().get(id).await?;
    let last = app.sessions().get(id).and_then(|live| live.latest_frame());
    if app.sessions().stop(id).await {
        if let Some(frame) = last {
            keep_last_picture(app.store(), id, frame.jpeg.clone()).await?;
        }
        // The journal writes the same end when the event reaches it; whoever is second changes nothing.
        let reason = "stopped by a person";
        app.store()
            .sessions()
            .end(id, SessionStatus::Stopped, reason)
            .await?;
    }
    let row = app.store().sessions().get(id).await?;
    Ok(describe(app, row))
}

/// Photographs the active tab and keeps the picture.
pub(crate) async fn screenshot(
    app: &App,
    id: SessionId,
    full_page: bool,
) -> Result<Artifact, ApiError> {
    let png = live(app, id)
        .await?
        .screenshot(full_page)
        .await
        .map_err(refused)?;
    Ok(keep_screenshot(app.store(), id, png, full_page).await?)
}

/// Keeps a screenshot that somebody asked for.
pub(crate) async fn keep_screenshot(
    store: &store::Store,
    id: SessionId,
    png: Bytes,
    full_page: bool,
) -> Result<Artifact, store::StoreError> {
    let new = NewArtifact {
        kind: if full_page {
            ArtifactKind::FullPage
        } else {
            ArtifactKind::Screenshot
        },
        owner: Of::Session(id),
        step_index: None,
        is_error: false,
        label: "screenshot".to_owned(),
        blob: store.blobs().put(png).await?,
    };
    store.artifacts().create_once(new, SAME_PICTURE).await
}

/// Saves the recorded steps as a recording.
pub(crate) async fn save_recording(
    app: &App,
    owner: &Owner,
    id: SessionId,
    name: Option<String>,
) -> Result<store::Recording, ApiError> {
    let handle = live(app, id).await?;
    let name = name
        .as_deref()
        .map(str::trim)
        .filter(|name| !name.is_empty());
    handle.settle().await;
    let mut recording = handle.recording(name);
    if recording.steps.is_empty() {
        return Err(ApiError::conflict(
            "nothing_recorded",
            "Nothing was recorded in this session yet.",
        ));
    }
    uploads::name_copies(app.store(), id, &mut recording).await?;
    let thumbnail = match handle.latest_frame() {
        Some(frame) => Some(
            keep_picture(app.store(), id, frame.jpeg.clone(), "recording")
                .await?
                .id,
        ),
        None => None,
    };
    let new = NewRecording {
        user: Some(owner.user.id),
        session: Some(id),
        name: documents::name(&recording),
        document: documents::to_store(&recording)?,
        thumbnail,
    };
    Ok(app.store().recordings().create(new).await?)
}

/// Keeps a small picture of a session.
pub(crate) async fn keep_picture(
    store: &store::Store,
    id: SessionId,
    jpeg: Bytes,
    label: &str,
) -> Result<Artifact, store::StoreError> {
    let new = NewArtifact {
        kind: ArtifactKind::Screenshot,
        owner: Of::Session(id),
        step_index: None,
        is_error: false,
        label: label.to_owned(),
        blob: store.blobs().put(jpeg).await?,
    };
    store.artifacts().create(new).await
}

/// Keeps the picture that a session ended with.
pub(crate) async fn keep_last_picture(
    store: &store::Store,
    id: SessionId,
    jpeg: Bytes,
) -> Result<(), store::StoreError> {
    let picture = keep_picture(store, id, jpeg, "last").await?;
    store.sessions().set_thumbnail(id, picture.id).await
}

/// The latest picture of a session: the live one, or the one it ended with.
pub(crate) async fn thumbnail(
    app: &App,
    id: SessionId,
    headers: &HeaderMap,
) -> Result<Response, ApiError> {
    if let Some(frame) = app.sessions().get(id).and_then(|live| live.latest_frame()) {
        let kind = (CONTENT_TYPE, HeaderValue::from_static("image/jpeg"));
        return Ok(([kind], frame.jpeg.clone()).into_response());
    }
    let row = app.store().sessions().get(id).await?;
    let Some(artifact) = row.thumbnail else {
        return Err(ApiError::not_found("picture of the session yet"));
    };
    let artifact = app.store().artifacts().get(artifact).await?;
    files::answer(app.store(), &(&artifact).into(), headers).await
}

/// What the caller is told when a session refuses.
pub(crate) fn refused(error: SessionError) -> ApiError {
    let chain = |error: &dyn std::error::Error| match error.source() {
        Some(source) => format!("{error}: {source}"),
        None => error.to_string(),
    };
    let sentence = sentence(&chain(&error));
    match &error {
        SessionError::TooMany { .. } => {
            ApiError::new(StatusCode::TOO_MANY_REQUESTS, "too_many_sessions", sentence)
        }
        SessionError::Ended { .. } => ApiError::conflict("session_ended", "The session has ended."),
        SessionError::Address(_) => ApiError::invalid("invalid_url", sentence),
        SessionError::Viewport(_) => ApiError::invalid("invalid_viewport", sentence),
        SessionError::Unsupported(_) => ApiError::invalid("unsupported", sentence),
        SessionError::NoTab => ApiError::conflict("no_tab", "No tab is open."),
        SessionError::UploadTooLarge { .. } => ApiError::too_large(sentence),
        SessionError::Browser(inner) => match inner {
            browser::BrowserError::Evaluation { .. } => {
                ApiError::invalid("evaluation_failed", sentence)
            }
            browser::BrowserError::Unsupported { .. } => ApiError::invalid("unsupported", sentence),
            browser::BrowserError::NotFound { .. } => {
                ApiError::new(StatusCode::SERVICE_UNAVAILABLE, "no_browser", sentence)
            }
            _ => ApiError::new(StatusCode::BAD_GATEWAY, "browser_failed", sentence),
        },
        SessionError::Egress(_) | SessionError::Folder(_) => ApiError::internal(&error),
    }
}

fn sentence(text: &str) -> String {
    let mut letters = text.trim_end_matches('.').chars();
    let first = letters
        .next()
        .map(|letter| letter.to_uppercase().to_string())
        .unwrap_or_default();
    format!("{first}{}.", letters.as_str())
}

fn viewport_request(wanted: &CreateSession) -> Option<ViewportRequest> {
    let nothing = ViewportRequest {
        preset: None,
        width: None,
        height: None,
        device_scale_factor: None,
        mobile: None,
        touch: None,
    };
    match (&wanted.viewport, wanted.preset) {
        (Some(viewport), _) => Some(ViewportRequest {
            width: Some(viewport.width),
            height: Some(viewport.height),
            device_scale_factor: Some(viewport.device_scale_factor),
            mobile: Some(viewport.mobile),
            touch: Some(viewport.touch),
            ..nothing
        }),
        (None, Some(preset)) => Some(ViewportRequest {
            preset: Some(preset.as_str().to_owned()),
            ..nothing
        }),
        (None, None) => None,
    }
}

fn viewport_of(state: &State) -> Viewport {
    Viewport {
        width: state.viewport.width,
        height: state.viewport.height,
        device_scale_factor: state.viewport.device_scale_factor,
        mobile: state.viewport.mobile,
        touch: state.viewport.touch,
    }
}

fn status_of(status: Status) -> SessionStatus {
    match status {
        Status::Starting => SessionStatus::Starting,
        // A page that died can be loaded again: the session itself is still there.
        Status::Live | Status::Crashed => SessionStatus::Live,
        Status::Stopping => SessionStatus::Stopping,
        Status::Stopped => SessionStatus::Stopped,
    }
}

fn recorder_of(phase: RecordingPhase) -> RecorderState {
    match phase {
        RecordingPhase::Idle => RecorderState::Idle,
        RecordingPhase::Recording => RecorderState::Recording,
        RecordingPhase::Paused => RecorderState::Paused,
    }
}
