//! `POST /api/v1/films/plan`

use axum::extract::State;
use http::StatusCode;
use work::{FilmAskError, FilmRequest, PlanError};

use crate::api::film::FilmPlan;
use crate::app::App;
use crate::auth::Owner;
use crate::envelope::{Data, Envelope};
use crate::error::{ApiError, Failure};
use crate::extract::JsonBytes;

/// Looks at the page of an order and answers the storyboard of its tour, which is not filmed: sent as `storyboard` of
/// another order it is. It takes seconds, a minute at most, and nothing is kept; two pages are looked at at once.
#[utoipa::path(
    post,
    path = "/films/plan",
    tag = "films",
    operation_id = "films_plan",
    request_body(content((serde_json::Value = "application/json"))),
    responses(
        (status = 200, description = "Done", body = Envelope<FilmPlan>),
        (status = "default", description = "Why not", body = Failure)
    ),
)]
pub(crate) async fn plan(
    State(app): State<App>,
    _: Owner,
    JsonBytes(order): JsonBytes,
) -> Result<Data<FilmPlan>, ApiError> {
    let request = FilmRequest::parse(&order).map_err(FilmAskError::Order)?;
    let Ok(_place) = app.plans().try_acquire() else {
        return Err(ApiError::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "busy",
            "Other pages are being looked at: ask again in a moment.",
        ));
    };
    let options = app.options();
    let planned = work::plan(request, options.egress.clone(), options.executable.clone()).await;
    let storyboard = planned.map_err(refused)?;
    let yaml = storyboard
        .to_yaml()
        .map_err(|error| ApiError::internal(&error))?;
    Ok(Data(FilmPlan {
        storyboard: storyboard.to_value(),
        yaml,
    }))
}

fn refused(error: PlanError) -> ApiError {
    let sentence =
        |why: &str| format!("The tour cannot be planned: {}.", why.trim_end_matches('.'));
    match error {
        PlanError::Order(wrong) => FilmAskError::Order(wrong).into(),
        PlanError::Page(reason) => ApiError::invalid("page_not_opened", sentence(&reason)),
        error => {
            tracing::warn!(error = work::chain(&error), "a tour was not planned");
            let sentence = sentence(&work::chain(&error));
            ApiError::new(StatusCode::SERVICE_UNAVAILABLE, "could_not_plan", sentence)
        }
    }
}
