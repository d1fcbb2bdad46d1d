//! What the server's log says of a render that has ended; its row has the same.

use std::time::Duration;

use ids::RenderId;
use store::{RenderStatus, Store};

use crate::jobs::told::without_credentials;

/// Tells how a render ended, or nothing while it has not.
pub(super) async fn ended(store: &Store, id: RenderId, took: Duration) {
    let seconds = took.as_secs_f64();
    let render = match store.renders().get(id).await {
        Ok(render) => render,
        Err(error) => {
            tracing::warn!(render = %id, seconds, %error, "nobody knows how a render ended");
            return;
        }
    };
    match (render.status, render.error) {
        (RenderStatus::Done, _) => tracing::info!(render = %id, seconds, "a render is done"),
        (RenderStatus::Cancelled, _) => {
            tracing::info!(render = %id, seconds, "a render was cancelled");
        }
        (_, Some(failure)) => {
            let (code, reason) = (failure.code, without_credentials(&failure.message));
            if failure.of_the_code {
                tracing::warn!(render = %id, seconds, code, reason, "a render failed by its code");
            } else {
                tracing::error!(render = %id, seconds, code, reason, "a render failed");
            }
        }
        // Stopped with its worker, to be made again.
        _ => {}
    }
}
