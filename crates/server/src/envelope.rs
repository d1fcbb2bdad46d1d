//! The shape of every JSON answer: `{success, data, pagination?}` or `{success, error}`.

use axum::Json;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// A successful answer.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Envelope<T> {
    /// Always `true`.
    #[schema(examples(true))]
    pub success: bool,
    /// What was asked for.
    pub data: T,
    /// Where in the list this page is; only in answers that list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pagination: Option<Pagination>,
}

/// Where in a list a page is.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Pagination {
    /// From 1.
    pub page: u64,
    /// The most entries that a page holds.
    pub limit: u64,
    /// All entries of all pages.
    pub total: u64,
}

/// Which page of a list is wanted.
#[derive(Clone, Copy, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct PageQuery {
    /// From 1.
    #[param(minimum = 1, default = 1)]
    page: Option<u64>,
    /// Entries on a page, 1 to 200.
    #[param(minimum = 1, maximum = 200, default = 50)]
    limit: Option<u64>,
}

impl PageQuery {
    pub(crate) fn page(self) -> store::Page {
        store::Page::new(self.page.unwrap_or(1), self.limit.unwrap_or(50))
    }
}

/// A successful answer with one thing in it.
#[derive(Debug)]
pub(crate) struct Data<T>(pub(crate) T);

impl<T: Serialize> IntoResponse for Data<T> {
    fn into_response(self) -> Response {
        Json(Envelope {
            success: true,
            data: self.0,
            pagination: None,
        })
        .into_response()
    }
}

/// A successful answer to a request that made something.
#[derive(Debug)]
pub(crate) struct Created<T>(pub(crate) T);

impl<T: Serialize> IntoResponse for Created<T> {
    fn into_response(self) -> Response {
        (StatusCode::CREATED, Data(self.0)).into_response()
    }
}

/// A successful answer with one page of a list.
#[derive(Debug)]
pub(crate) struct Listed<T> {
    items: Vec<T>,
    pagination: Pagination,
}

impl<T> Listed<T> {
    pub(crate) fn new<R: Into<T>>(page: store::Page, found: store::Paged<R>) -> Self {
        Self {
            items: found.items.into_iter().map(Into::into).collect(),
            pagination: Pagination {
                page: page.number(),
                limit: page.limit(),
                total: found.total,
            },
        }
    }
}

impl<T: Serialize> IntoResponse for Listed<T> {
    fn into_response(self) -> Response {
        Json(Envelope {
            success: true,
            data: self.items,
            pagination: Some(self.pagination),
        })
        .into_response()
    }
}
