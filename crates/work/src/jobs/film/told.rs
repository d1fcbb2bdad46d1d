//! What the server's log says of a film that has ended; its row has the same, with the values of variables masked.

use std::time::Duration;

use ids::FilmId;
use store::{FilmStatus, Store, StoreError};

use crate::jobs::told::without_credentials;

/// Tells how a film ended, or nothing while it has not.
pub(super) async fn ended(store: &Store, id: FilmId, kind: &str, took: Duration) {
    let seconds = took.as_secs_f64();
    let film = match store.films().get(id).await {
        Ok(film) => film,
        Err(StoreError::NotFound { .. }) => {
            tracing::info!(film = %id, kind, seconds, "a film was deleted while it was made");
            return;
        }
        Err(error) => {
            tracing::warn!(film = %id, kind, seconds, %error, "nobody knows how a film ended");
            return;
        }
    };
    match (film.status, film.error) {
        (FilmStatus::Done, _) => tracing::info!(film = %id, kind, seconds, "a film is done"),
        (FilmStatus::Cancelled, _) => {
            tracing::info!(film = %id, kind, seconds, "a film was cancelled");
        }
        (_, Some(failure)) => {
            let (code, reason) = (failure.code, without_credentials(&failure.message));
            if failure.of_the_script {
                tracing::warn!(film = %id, kind, seconds, code, reason, "a film failed by its script");
            } else {
                tracing::error!(film = %id, kind, seconds, code, reason, "a film failed");
            }
        }
        // Stopped with its worker, to be made again.
        _ => {}
    }
}
