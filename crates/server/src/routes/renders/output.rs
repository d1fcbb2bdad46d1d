//! `GET /api/v1/renders/{id}/output`

use axum::extract::State;
use axum::response::Response;
use http::HeaderMap;
use ids::RenderId;

use crate::app::App;
use crate::auth::Owner;
use crate::error::{ApiError, Failure};
use crate::extract::PathId;
use crate::files::{self, File, Showing};
use crate::renders;

/// The bytes of the picture or film; one range at a time.
#[utoipa::path(
    get,
    path = "/renders/{id}/output",
    tag = "renders",
    operation_id = "renders_output",
    params(("id" = uuid::Uuid, Path)),
    responses(
        (status = 200, description = "The bytes", body = Vec<u8>, content_type = "application/octet-stream"),
        (status = "default", description = "Why not", body = Failure)
    ),
)]
pub(crate) async fn output(
    State(app): State<App>,
    _: Owner,
    PathId(id): PathId<RenderId>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let render = app.store().renders().get(id).await?;
    renders::must_be_there(&render)?;
    let Some(output) = render.output else {
        return Err(ApiError::conflict(
            "no_output",
            format!("The render has no output: it is {}.", render.status),
        ));
    };
    let file = File {
        key: &output.key,
        sha256: &output.sha256,
        size: output.size,
        content_type: &output.content_type,
        name: &render.name,
        // A page is a stranger's code: it is saved and not shown here.
        showing: if output.content_type.starts_with("text/html") {
            Showing::Saved
        } else {
            Showing::Inline
        },
    };
    files::answer(app.store(), &file, &headers).await
}
