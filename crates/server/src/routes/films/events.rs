//! `GET /api/v1/films/{id}/events`

use axum::extract::State;
use ids::FilmId;
use store::Subject;

use crate::api::event::Event;
use crate::api::event::EventFilter;
use crate::app::App;
use crate::auth::Owner;
use crate::envelope::Data;
use crate::envelope::Envelope;
use crate::error::{ApiError, Failure};
use crate::extract::PathId;
use crate::extract::QueryOf;

/// What happened in a film, oldest first.
#[utoipa::path(
    get,
    path = "/films/{id}/events",
    tag = "films",
    operation_id = "films_events",
    params(("id" = uuid::Uuid, Path), EventFilter),
    responses(
        (status = 200, description = "Done", body = Envelope<Vec<Event>>),
        (status = "default", description = "Why not", body = Failure)
    ),
)]
pub(crate) async fn events(
    State(app): State<App>,
    _: Owner,
    PathId(id): PathId<FilmId>,
    QueryOf(filter): QueryOf<EventFilter>,
) -> Result<Data<Vec<Event>>, ApiError> {
    app.store().films().get(id).await?;
    let (after, limit) = (
        filter.after.unwrap_or(0),
        filter.limit.unwrap_or(200).clamp(1, 1000),
    );
    let kind = filter.kind.as_deref();
    let found = app
        .store()
        .events()
        .after(Subject::Film, id.uuid(), after, kind, limit)
        .await?;
    Ok(Data(found.into_iter().map(Into::into).collect()))
}
