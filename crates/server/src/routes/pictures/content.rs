//! `GET /api/v1/pictures/{id}/content`

use axum::extract::State;
use axum::response::Response;
use http::HeaderMap;
use ids::PictureId;

use crate::app::App;
use crate::auth::Owner;
use crate::error::{ApiError, Failure};
use crate::extract::PathId;
use crate::files::{self, File, Showing};

/// The bytes of a picture; one range at a time.
#[utoipa::path(
    get,
    path = "/pictures/{id}/content",
    tag = "pictures",
    operation_id = "pictures_content",
    params(("id" = uuid::Uuid, Path)),
    responses(
        (status = 200, description = "The bytes", body = Vec<u8>, content_type = "application/octet-stream"),
        (status = "default", description = "Why not", body = Failure)
    ),
)]
pub(crate) async fn content(
    State(app): State<App>,
    _: Owner,
    PathId(id): PathId<PictureId>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let picture = app.store().pictures().get(id).await?;
    let file = File {
        key: &picture.key,
        sha256: &picture.sha256,
        size: picture.size,
        content_type: &picture.content_type,
        name: &picture.name,
        showing: Showing::Inline,
    };
    files::answer(app.store(), &file, &headers).await
}
