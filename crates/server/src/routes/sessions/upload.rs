//! `POST /api/v1/sessions/{id}/uploads`

use axum::extract::Multipart;
use axum::extract::State;
use axum::extract::multipart::MultipartError;
use futures_util::TryStreamExt;
use ids::SessionId;

use crate::api::session::UploadForm;
use crate::api::session::UploadedFile;
use crate::app::App;
use crate::auth::Owner;
use crate::envelope::Created;
use crate::envelope::Envelope;
use crate::error::{ApiError, Failure};
use crate::extract::PathId;

/// Takes files for the page's file chooser.
#[utoipa::path(
    post,
    path = "/sessions/{id}/uploads",
    tag = "sessions",
    operation_id = "sessions_upload",
    params(("id" = uuid::Uuid, Path)),
    request_body(content = UploadForm, content_type = "multipart/form-data"),
    responses(
        (status = 201, description = "Done", body = Envelope<Vec<UploadedFile>>),
        (status = "default", description = "Why not", body = Failure)
    ),
)]
pub(crate) async fn upload(
    State(app): State<App>,
    _: Owner,
    PathId(id): PathId<SessionId>,
    parts: Result<Multipart, axum::extract::multipart::MultipartRejection>,
) -> Result<Created<Vec<UploadedFile>>, ApiError> {
    let mut parts =
        parts.map_err(|_| ApiError::bad_request("Send the files as multipart/form-data."))?;
    let session = crate::sessions::live(&app, id).await?;
    let mut files = Vec::new();
    while let Some(part) = parts.next_field().await.map_err(broken)? {
        let Some(name) = part.file_name().map(str::to_owned) else {
            continue;
        };
        let kept = crate::uploads::keep(&app, &session, &name, part.map_err(std::io::Error::other))
            .await?;
        files.push(UploadedFile {
            id: kept.id,
            name: kept.name,
            size: kept.size,
        });
    }
    if files.is_empty() {
        return Err(ApiError::bad_request("The form holds no file."));
    }
    Ok(Created(files))
}

fn broken(error: MultipartError) -> ApiError {
    if error.status() == http::StatusCode::PAYLOAD_TOO_LARGE {
        ApiError::too_large("The files are larger than the server takes.")
    } else {
        ApiError::bad_request("The form could not be read to its end.")
    }
}
