//! `POST /api/v1/sessions/{id}/uploads`

use crate::api::session::UploadForm;
use crate::api::session::UploadedFile;
use crate::envelope::Created;
use crate::envelope::Envelope;
use crate::error::{ApiError, Failure};

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
pub(crate) async fn upload() -> Result<Created<Vec<UploadedFile>>, ApiError> {
    Err(ApiError::not_found("yet"))
}
