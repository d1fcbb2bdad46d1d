//! HTTP, server-sent events, WebSocket, authentication, limits, OpenAPI, the embedded UI and the compatibility routes.

mod api;
mod app;
mod envelope;
mod error;
mod openapi;
mod routes;

pub use app::App;
pub use openapi::openapi;
