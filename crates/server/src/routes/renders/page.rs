//! `GET /api/v1/renders/{id}/page`

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

/// The page that stands beside the picture, as one file; it is saved and not shown, since it is a stranger's code.
#[utoipa::path(
    get,
    path = "/renders/{id}/page",
    tag = "renders",
    operation_id = "renders_page",
    params(("id" = uuid::Uuid, Path)),
    responses(
        (status = 200, description = "The bytes", body = Vec<u8>, content_type = "application/octet-stream"),
        (status = "default", description = "Why not", body = Failure)
    ),
)]
pub(crate) async fn page(
    State(app): State<App>,
    _: Owner,
    PathId(id): PathId<RenderId>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let render = app.store().renders().get(id).await?;
    renders::must_be_there(&render)?;
    let Some(page) = render.page else {
        return Err(ApiError::conflict(
            "no_page",
            format!(
                "The render has no page beside its output: it is {}.",
                render.status
            ),
        ));
    };
    let name = format!("{}.html", render.name);
    let file = File {
        key: &page.key,
        sha256: &page.sha256,
        size: page.size,
        content_type: &page.content_type,
        name: &name,
        showing: Showing::Saved,
    };
    files::answer(app.store(), &file, &headers).await
}
