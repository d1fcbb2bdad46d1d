//! `GET /api/v1/system/doctor`

use axum::extract::State;

use crate::api::system::Doctor;
use crate::app::App;
use crate::auth::Owner;
use crate::envelope::Data;
use crate::envelope::Envelope;
use crate::error::{ApiError, Failure};

/// What is there and what is missing on this machine.
#[utoipa::path(
    get,
    path = "/system/doctor",
    tag = "system",
    operation_id = "system_doctor",
    responses(
        (status = 200, description = "Done", body = Envelope<Doctor>),
        (status = "default", description = "Why not", body = Failure)
    ),
)]
pub(crate) async fn doctor(State(app): State<App>, _: Owner) -> Result<Data<Doctor>, ApiError> {
    Ok(Data(Doctor {
        checks: crate::doctor::look(&app).await,
    }))
}
