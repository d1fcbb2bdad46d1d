use axum::response::{IntoResponse, Response};
use http::StatusCode;
use http::header::CONTENT_TYPE;

/// An answer that is none.
pub(super) struct Refusal {
    status: StatusCode,
    said: String,
}

impl Refusal {
    pub(super) fn new(status: StatusCode, code: &str, why: &str) -> Self {
        let said = format!(
            "<?xml version='1.0' encoding='UTF-8'?><Error><Code>{code}</Code><Message>{why}</Message></Error>"
        );
        Self { status, said }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let kind = [(CONTENT_TYPE, "application/xml")];
        (self.status, kind, self.said).into_response()
    }
}
