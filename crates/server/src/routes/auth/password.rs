//! `POST /api/v1/auth/password`

use axum::extract::State;

use crate::api::auth::Me;
use crate::api::auth::NewPassword;
use crate::app::App;
use crate::auth::Owner;
use crate::envelope::Data;
use crate::envelope::Envelope;
use crate::error::{ApiError, Failure};
use crate::extract::Body;

/// Sets the password of the person who asks.
#[utoipa::path(
    post,
    path = "/auth/password",
    tag = "auth",
    operation_id = "auth_password",
    request_body = NewPassword,
    responses(
        (status = 200, description = "Done", body = Envelope<Me>),
        (status = "default", description = "Why not", body = Failure)
    ),
)]
pub(crate) async fn password(
    State(app): State<App>,
    owner: Owner,
    Body(new): Body<NewPassword>,
) -> Result<Data<Me>, ApiError> {
    let length = new.password.chars().count();
    if !(8..=256).contains(&length) {
        return Err(ApiError::invalid(
            "invalid_password",
            "A password has 8 to 256 characters.",
        ));
    }
    let hash = app.passwords().hash(new.password).await?;
    app.store()
        .users()
        .set_password(owner.user.id, hash.clone(), &owner.token)
        .await?;
    let user = store::User {
        password_hash: Some(hash),
        ..owner.user
    };
    Ok(Data(super::me::who(&app, Some(user)).await?))
}
