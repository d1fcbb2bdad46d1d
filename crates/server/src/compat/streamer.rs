//! The session streamer's own paths. Every one of them does what its `/api/v1` counterpart does; only names differ, and
//! the fields that the old system wrote with underscores are written so here.
//!
//! Its WebSocket, `/ws/sessions/{id}`, is in `live`.

use axum::Router;
use axum::extract::{DefaultBodyLimit, State};
use axum::routing::{get, post};
use ids::{RecordingId, RunId, ScheduleId, SessionId};
use serde::{Deserialize, Serialize};
use store::{NewRecording, RunOptions, SessionStatus, Time, Viewport};

use crate::api::artifact::Artifact;
use crate::api::error_record::{ErrorFilter, ErrorRecord};
use crate::api::run::CreateRun;
use crate::api::schedule::{CreateSchedule, utc};
use crate::api::session::CreateSession;
use crate::app::App;
use crate::auth::Owner;
use crate::documents;
use crate::envelope::{Created, Data, Listed, PageQuery};
use crate::error::ApiError;
use crate::extract::{Body, DocumentBody, OptionalBody, PathId, QueryOf};
use crate::runs::Asked;
use crate::{runs, schedules, sessions};

pub(crate) fn router() -> Router<App> {
    Router::new()
        .route("/api/sessions", post(create_session))
        .route("/api/sessions/{id}/status", get(session_status))
        .route("/api/sessions/{id}/stop", post(stop_session))
        .route("/api/sessions/{id}/screenshot", post(take_screenshot))
        .route(
            "/api/processes",
            post(save_process).layer(DefaultBodyLimit::max(documents::BODY_LIMIT)),
        )
        .route("/api/processes/{id}/run", post(run_process))
        .route("/api/runs/{id}/artifacts", get(run_artifacts))
        .route("/api/errors", get(list_errors))
}

#[derive(Debug, Deserialize)]
struct NewSession {
    url: String,
    #[serde(default)]
    viewport: Option<Size>,
    #[serde(default)]
    record: bool,
}

#[derive(Debug, Deserialize)]
struct Size {
    #[serde(alias = "width")]
    w: u32,
    #[serde(alias = "height")]
    h: u32,
}

#[derive(Debug, Serialize)]
struct StartedSession {
    session_id: SessionId,
    /// Relative to this server, as the viewer's page needs it.
    socket_url: String,
}

/// `POST /api/sessions` `{url, viewport:{w,h}, record}`
async fn create_session(
    State(app): State<App>,
    owner: Owner,
    Body(wanted): Body<NewSession>,
) -> Result<Created<StartedSession>, ApiError> {
    let viewport = wanted.viewport.map(|size| Viewport {
        width: size.w,
        height: size.h,
        device_scale_factor: 1.0,
        mobile: false,
        touch: false,
    });
    let wanted = CreateSession {
        url: wanted.url,
        viewport,
        preset: None,
        browser: None,
        record: wanted.record,
        frame_rate: None,
        quality: None,
        name: None,
    };
    let session = sessions::start(&app, &owner, wanted).await?;
    let socket_url = format!("/ws/sessions/{}", session.id);
    Ok(Created(StartedSession {
        session_id: session.id,
        socket_url,
    }))
}

#[derive(Debug, Serialize)]
struct StatusOfSession {
    session_id: SessionId,
    /// `live`, `completed` or `failed`, the old system's words.
    status: &'static str,
    url: String,
    viewport_w: u32,
    viewport_h: u32,
    created_at: Time,
}

async fn status_of(app: &App, id: SessionId) -> Result<StatusOfSession, ApiError> {
    let session = sessions::describe(app, app.store().sessions().get(id).await?);
    let status = match session.status {
        SessionStatus::Starting | SessionStatus::Live | SessionStatus::Stopping => "live",
        SessionStatus::Stopped => "completed",
        SessionStatus::Crashed => "failed",
    };
    Ok(StatusOfSession {
        session_id: id,
        status,
        url: session.url,
        viewport_w: session.viewport.width,
        viewport_h: session.viewport.height,
        created_at: session.created_at,
    })
}

/// `GET /api/sessions/{id}/status`
async fn session_status(
    State(app): State<App>,
    _: Owner,
    PathId(id): PathId<SessionId>,
) -> Result<Data<StatusOfSession>, ApiError> {
    Ok(Data(status_of(&app, id).await?))
}

/// `POST /api/sessions/{id}/stop`
async fn stop_session(
    State(app): State<App>,
    _: Owner,
    PathId(id): PathId<SessionId>,
) -> Result<Data<StatusOfSession>, ApiError> {
    sessions::stop(&app, id).await?;
    Ok(Data(status_of(&app, id).await?))
}

/// `POST /api/sessions/{id}/screenshot`
async fn take_screenshot(
    State(app): State<App>,
    _: Owner,
    PathId(id): PathId<SessionId>,
) -> Result<Created<Artifact>, ApiError> {
    Ok(Created(sessions::screenshot(&app, id, false).await?.into()))
}

#[derive(Debug, Serialize)]
struct SavedProcess {
    process_id: RecordingId,
    name: String,
    steps: u32,
    created_at: Time,
}

/// `POST /api/processes`, the body is the recorded process
async fn save_process(
    State(app): State<App>,
    owner: Owner,
    body: DocumentBody,
) -> Result<Created<SavedProcess>, ApiError> {
    let recording = documents::read(&body.bytes, body.format)?;
    let new = NewRecording {
        user: Some(owner.user.id),
        session: None,
        name: documents::name(&recording),
        document: documents::to_store(&recording)?,
        thumbnail: None,
    };
    let kept = app.store().recordings().create(new).await?;
    Ok(Created(SavedProcess {
        process_id: kept.id,
        name: kept.name,
        steps: kept.steps,
        created_at: kept.created_at,
    }))
}

#[derive(Debug, Default, Deserialize)]
struct RunProcess {
    /// When to run: a moment as in RFC 3339, or a cron expression for runs again and again; at once when absent.
    #[serde(default)]
    schedule: Option<String>,
    /// Where the clock hangs that a cron expression is read by; UTC when absent.
    #[serde(default)]
    time_zone: Option<String>,
}

#[derive(Debug, Serialize)]
struct StartedRun {
    /// Null for runs again and again: the first of them begins later.
    run_id: Option<RunId>,
    process_id: RecordingId,
    /// That of the run; `scheduled` for runs again and again.
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    schedule_id: Option<ScheduleId>,
    /// When the first of the runs begins.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_run_at: Option<Time>,
}

/// `POST /api/processes/{id}/run`, at once, at a moment, or again and again
async fn run_process(
    State(app): State<App>,
    owner: Owner,
    PathId(id): PathId<RecordingId>,
    OptionalBody(wanted): OptionalBody<RunProcess>,
) -> Result<Created<StartedRun>, ApiError> {
    let moment = wanted.schedule.as_deref().map(str::parse::<Time>);
    let start_at = match (moment, wanted.schedule) {
        (Some(Err(_)), Some(cron)) => {
            return repeat(&app, &owner, id, cron, wanted.time_zone).await;
        }
        (moment, _) => moment.and_then(Result::ok),
    };
    let asked = Asked::by(&owner).not_before(start_at);
    let run = runs::queue(&app, asked, id, vec![RunOptions::default()]).await?;
    Ok(Created(StartedRun {
        run_id: Some(run.id),
        process_id: id,
        status: run.status.as_str(),
        schedule_id: None,
        next_run_at: None,
    }))
}

async fn repeat(
    app: &App,
    owner: &Owner,
    id: RecordingId,
    cron: String,
    time_zone: Option<String>,
) -> Result<Created<StartedRun>, ApiError> {
    let wanted = CreateSchedule {
        name: None,
        cron,
        time_zone: time_zone.unwrap_or_else(utc),
        enabled: true,
        run: CreateRun::of(id),
    };
    let schedule = schedules::create(app, owner, wanted).await?;
    Ok(Created(StartedRun {
        run_id: None,
        process_id: id,
        status: "scheduled",
        schedule_id: Some(schedule.id),
        next_run_at: schedule.next_at,
    }))
}

/// `GET /api/runs/{id}/artifacts`
async fn run_artifacts(
    State(app): State<App>,
    _: Owner,
    PathId(id): PathId<RunId>,
) -> Result<Data<Vec<Artifact>>, ApiError> {
    app.store().runs().get(id).await?;
    let found = app
        .store()
        .artifacts()
        .of_owner(store::Owner::Run(id))
        .await?;
    Ok(Data(found.into_iter().map(Into::into).collect()))
}

/// `GET /api/errors?session={id}&severity=…`
async fn list_errors(
    State(app): State<App>,
    _: Owner,
    QueryOf(filter): QueryOf<ErrorFilter>,
    QueryOf(page): QueryOf<PageQuery>,
) -> Result<Listed<ErrorRecord>, ApiError> {
    let found = app
        .store()
        .errors()
        .list(filter.into(), page.page())
        .await?;
    Ok(Listed::new(page.page(), found))
}
