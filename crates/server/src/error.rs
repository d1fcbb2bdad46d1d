//! The one error of the API: a status, a stable code, a sentence, and the id of the request.

use axum::Json;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use serde::Serialize;
use serde_json::Value;
use store::StoreError;
use utoipa::ToSchema;

/// An answer that says why the request was not done.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Failure {
    /// Always `false`.
    #[schema(examples(false))]
    pub success: bool,
    /// Why.
    pub error: FailureBody,
}

/// Why a request was not done.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct FailureBody {
    /// A stable word for programs.
    #[schema(examples("not_found"))]
    pub code: String,
    /// One sentence for people.
    pub message: String,
    /// More for programs: a list of problems, the current revision, …
    #[serde(skip_serializing_if = "Option::is_none")]
    pub details: Option<Value>,
    /// Find the request in the log by this; also in the header `x-request-id`.
    pub request_id: String,
}

/// Why a handler could not do what was asked.
#[derive(Debug)]
pub(crate) struct ApiError {
    status: StatusCode,
    code: &'static str,
    message: String,
    details: Option<Value>,
}

impl ApiError {
    pub(crate) fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self {
            status,
            code,
            message: message.into(),
            details: None,
        }
    }

    /// The same, for clients that know it by another status.
    pub(crate) fn with_status(self, status: StatusCode) -> Self {
        Self { status, ..self }
    }

    /// The word for programs.
    pub(crate) fn code(&self) -> &'static str {
        self.code
    }

    /// The sentence for people.
    pub(crate) fn message(&self) -> &str {
        &self.message
    }

    pub(crate) fn with_details(mut self, details: Value) -> Self {
        self.details = Some(details);
        self
    }

    pub(crate) fn bad_request(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "bad_request", message)
    }

    pub(crate) fn invalid(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, code, message)
    }

    pub(crate) fn unauthenticated() -> Self {
        Self::new(
            StatusCode::UNAUTHORIZED,
            "unauthenticated",
            "Sign in first: open the link that the server printed, or run `proscenium link` for a new one.",
        )
    }

    pub(crate) fn not_found(what: &str) -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "not_found",
            format!("There is no such {what}."),
        )
    }

    pub(crate) fn conflict(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(StatusCode::CONFLICT, code, message)
    }

    pub(crate) fn too_large(message: impl Into<String>) -> Self {
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", message)
    }

    /// Something that is nobody's fault but ours: the cause goes to the log, not to the caller.
    pub(crate) fn internal(cause: &(dyn std::error::Error + 'static)) -> Self {
        tracing::error!(
            error = work::chain(cause),
            "a request failed inside the server"
        );
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "internal",
            "Something went wrong inside the server; its log has the details under this request id.",
        )
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NotFound { what } => Self::not_found(what),
            StoreError::StaleRevision { current } => Self::conflict(
                "stale_revision",
                "Somebody saved this recording in between: load it again and repeat the change.",
            )
            .with_details(serde_json::json!({ "revision": current })),
            StoreError::InvalidToken => Self::new(
                StatusCode::UNAUTHORIZED,
                "invalid_token",
                "This link was used already or is too old: run `proscenium link` for a new one.",
            ),
            StoreError::TurnTaken => Self::conflict(
                crate::runs::TURN_TAKEN,
                "The schedule was changed or deleted in between: load it again.",
            ),
            full if full.is_full() => {
                tracing::error!(
                    error = work::chain(&full),
                    "the disk of the data folder is full"
                );
                Self::new(
                    StatusCode::INSUFFICIENT_STORAGE,
                    "disk_full",
                    "The disk of the data folder is full: make room on it, or delete films, renders or runs, then try again.",
                )
            }
            other => Self::internal(&other),
        }
    }
}

tokio::task_local! {
    /// The id of the request that this task answers, for the error body.
    pub(crate) static REQUEST_ID: String;
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let request_id = REQUEST_ID.try_with(Clone::clone).unwrap_or_default();
        let body = FailureBody {
            code: self.code.to_owned(),
            message: self.message,
            details: self.details,
            request_id,
        };
        (
            self.status,
            Json(Failure {
                success: false,
                error: body,
            }),
        )
            .into_response()
    }
}
