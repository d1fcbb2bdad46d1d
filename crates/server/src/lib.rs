//! HTTP, server-sent events, WebSocket, authentication, limits, OpenAPI, the embedded UI and the compatibility routes.
//!
//! It drives no browser by itself: sessions are asked for, runs are queued.

mod api;
mod app;
mod assets;
mod auth;
mod browsers;
mod compat;
mod doctor;
mod documents;
mod envelope;
mod error;
mod extract;
mod files;
mod films;
mod guard;
mod journal;
mod live;
mod metrics;
mod monitor;
mod openapi;
mod pictures;
mod renders;
mod router;
mod routes;
mod runs;
mod schedules;
mod serve;
mod sessions;
mod sounds;
mod sse;
mod storage;
mod uploads;

pub use app::{App, Options};
pub use auth::{LinkError, issue_link, issue_token};
pub use journal::{Journal, start as start_journal};
pub use monitor::{Monitored, count as count_metrics, serve as serve_monitor};
pub use openapi::openapi;
pub use router::router;
pub use schedules::{Scheduler, start as start_scheduler};
pub use serve::serve;
