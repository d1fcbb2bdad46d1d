//! Raw requests to checked values. axum's own extractors answer in plain text; these answer as the API does.

use std::str::FromStr;

use axum::extract::{FromRequest, FromRequestParts, RawPathParams, Request};
use bytes::Bytes;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use http::request::Parts;
use http::{HeaderMap, StatusCode};
use ids::RunId;
use serde::de::DeserializeOwned;

use crate::error::ApiError;

const BODY_TOO_LARGE: &str = "The body is larger than this endpoint takes.";
/// The limit is that of `recording::Limits`.
const DOCUMENT_TOO_LARGE: &str = "The recording is larger than 10 MB, the most one may have.";

/// The `{id}` of the path.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PathId<T>(pub(crate) T);

impl<S: Send + Sync, T: FromStr> FromRequestParts<S> for PathId<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let invalid = || {
            ApiError::new(
                StatusCode::BAD_REQUEST,
                "invalid_id",
                "The id in the path is not an id.",
            )
        };
        let params = RawPathParams::from_request_parts(parts, state)
            .await
            .map_err(|_| invalid())?;
        let id = params
            .iter()
            .find(|(name, _)| *name == "id")
            .map(|(_, value)| value)
            .ok_or_else(invalid)?;
        id.parse().map(Self).map_err(|_| invalid())
    }
}

/// The `{id}` of a run and the `{index}` of one of its steps.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PathStep(pub(crate) RunId, pub(crate) u32);

impl<S: Send + Sync> FromRequestParts<S> for PathStep {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let PathId(run) = PathId::from_request_parts(parts, state).await?;
        let params = RawPathParams::from_request_parts(parts, state).await.ok();
        let index = params.as_ref().and_then(|params| {
            let (_, value) = params.iter().find(|(name, _)| *name == "index")?;
            value.parse().ok()
        });
        let invalid = ApiError::bad_request("The step in the path is not the number of a step.");
        Ok(Self(run, index.ok_or(invalid)?))
    }
}

/// The query, as far as the endpoint knows it; what it does not know is ignored.
#[derive(Clone, Debug)]
pub(crate) struct QueryOf<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for QueryOf<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        axum::extract::Query::try_from_uri(&parts.uri)
            .map(|axum::extract::Query(query)| Self(query))
            .map_err(|rejection| {
                ApiError::new(
                    StatusCode::BAD_REQUEST,
                    "invalid_query",
                    sentence(&rejection.body_text()),
                )
            })
    }
}

/// A JSON body.
#[derive(Clone, Debug)]
pub(crate) struct Body<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Body<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        if !is_json(request.headers()) {
            return Err(not_json());
        }
        parse(&read(request, state, BODY_TOO_LARGE).await?).map(Self)
    }
}

/// A JSON body as it was sent: what reads it keeps what it does not know.
#[derive(Clone, Debug)]
pub(crate) struct JsonBytes(pub(crate) Bytes);

impl<S: Send + Sync> FromRequest<S> for JsonBytes {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        if !is_json(request.headers()) {
            return Err(not_json());
        }
        read(request, state, BODY_TOO_LARGE).await.map(Self)
    }
}

/// A JSON body that may be absent.
#[derive(Clone, Debug)]
pub(crate) struct OptionalBody<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned + Default> FromRequest<S> for OptionalBody<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        let bytes = read(request, state, BODY_TOO_LARGE).await?;
        if bytes.is_empty() {
            Ok(Self(T::default()))
        } else {
            parse(&bytes).map(Self)
        }
    }
}

/// A body whose format the content type names: a recording document.
#[derive(Clone, Debug)]
pub(crate) struct DocumentBody {
    pub(crate) bytes: Bytes,
    pub(crate) format: recording::Format,
}

impl<S: Send + Sync> FromRequest<S> for DocumentBody {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        let kind = media_type(request.headers()).unwrap_or_default();
        let format = match kind.as_str() {
            "application/yaml" | "application/x-yaml" | "text/yaml" => recording::Format::Yaml,
            kind if is_json_type(kind) => recording::Format::Json,
            _ => recording::Format::Auto,
        };
        Ok(Self {
            bytes: read(request, state, DOCUMENT_TOO_LARGE).await?,
            format,
        })
    }
}

async fn read<S: Send + Sync>(
    request: Request,
    state: &S,
    too_large: &str,
) -> Result<Bytes, ApiError> {
    Bytes::from_request(request, state)
        .await
        .map_err(|rejection| {
            if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
                ApiError::too_large(too_large)
            } else {
                ApiError::bad_request("The body could not be read to its end.")
            }
        })
}

fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, ApiError> {
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let path = error.path().to_string();
        let place = if path == "." {
            String::new()
        } else {
            format!("{path}: ")
        };
        ApiError::new(
            StatusCode::BAD_REQUEST,
            "invalid_body",
            sentence(&format!("{place}{}", error.inner())),
        )
    })?;
    reader.end().map_err(|error| {
        ApiError::new(
            StatusCode::BAD_REQUEST,
            "invalid_body",
            sentence(&format!("After the JSON value: {error}")),
        )
    })?;
    Ok(value)
}

/// How many bytes the caller says the body has, before any of them came.
pub(crate) fn announced(headers: &HeaderMap) -> Option<u64> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

fn not_json() -> ApiError {
    ApiError::new(
        StatusCode::UNSUPPORTED_MEDIA_TYPE,
        "unsupported_media_type",
        "Send the body as JSON, with content-type: application/json.",
    )
}

fn is_json(headers: &HeaderMap) -> bool {
    media_type(headers).is_some_and(|kind| is_json_type(&kind))
}

fn is_json_type(kind: &str) -> bool {
    kind == "application/json" || kind.ends_with("+json")
}

fn media_type(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(CONTENT_TYPE)?.to_str().ok()?;
    Some(value.split(';').next()?.trim().to_ascii_lowercase())
}

fn sentence(text: &str) -> String {
    let text = text.trim_end_matches('.');
    format!("{text}.")
}
