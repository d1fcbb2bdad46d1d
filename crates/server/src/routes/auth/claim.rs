//! `POST /api/v1/auth/claim`

use axum::extract::State;
use axum::response::IntoResponse;
use axum::response::Response;
use store::TokenHash;

use crate::api::auth::Claim;
use crate::api::auth::Me;
use crate::app::App;
use crate::auth::{cookie, new_token};
use crate::envelope::Data;
use crate::envelope::Envelope;
use crate::error::{ApiError, Failure};
use crate::extract::Body;

/// Signs in with a one-time token; the first one creates the owner.
#[utoipa::path(
    post,
    path = "/auth/claim",
    tag = "auth",
    operation_id = "auth_claim",
    request_body = Claim,
    responses(
        (status = 200, description = "Done", body = Envelope<Me>),
        (status = "default", description = "Why not", body = Failure)
    ),
    security(()),
)]
pub(crate) async fn claim(
    State(app): State<App>,
    Body(claim): Body<Claim>,
) -> Result<Response, ApiError> {
    let token = new_token("pss").map_err(|error| ApiError::internal(&error))?;
    let owner = app
        .store()
        .one_time_tokens()
        .sign_owner_in(
            &TokenHash::of(&claim.token),
            &TokenHash::of(&token),
            cookie::LASTS,
        )
        .await?;
    let me = super::me::who(&app, Some(owner)).await?;
    Ok((cookie::signed_in(&token), Data(me)).into_response())
}
