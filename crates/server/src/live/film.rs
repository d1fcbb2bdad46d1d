//! How far a film has come, over a WebSocket: the events of its log as JSON texts, and while it is made what it shows as
//! JPEG in binary messages. It ends after `film.finished`.

use axum::extract::ws::{CloseFrame, Message, WebSocket, close_code};
use ids::FilmId;
use store::{Store, Subject};
use tokio_util::sync::CancellationToken;

use crate::api::event::Event;

/// Serves a client until the film is over, the client leaves or the server stops.
pub(super) async fn serve(
    mut socket: WebSocket,
    store: Store,
    id: FilmId,
    shutdown: CancellationToken,
) {
    let mut reader = store.events().follow(Subject::Film, id.uuid(), 0);
    loop {
        let event = tokio::select! {
            () = shutdown.cancelled() => break,
            message = socket.recv() => match message {
                // A client has nothing to say here; pings are answered by the socket itself.
                Some(Ok(Message::Close(_)) | Err(_)) | None => return,
                Some(Ok(_)) => continue,
            },
            event = reader.next() => event,
        };
        let event = match event {
            Ok(event) => event,
            Err(error) => {
                tracing::error!(error = %error, "a film's events ended early");
                break;
            }
        };
        let (is_last, is_preview) = (event.kind == "film.finished", event.kind == "film.preview");
        let Ok(text) = serde_json::to_string(&Event::from(event)) else {
            break;
        };
        if socket.send(Message::Text(text.into())).await.is_err() {
            return;
        }
        if is_preview && !show(&mut socket, &store, id).await {
            return;
        }
        if is_last {
            break;
        }
    }
    let end = CloseFrame {
        code: close_code::NORMAL,
        reason: "".into(),
    };
    // Whoever is gone needs no farewell.
    let _ = socket.send(Message::Close(Some(end))).await;
}

/// Sends what the film shows; `false` when nobody is there any more.
async fn show(socket: &mut WebSocket, store: &Store, id: FilmId) -> bool {
    match store.films().get(id).await.map(|film| film.preview) {
        Ok(Some(picture)) => socket.send(Message::Binary(picture)).await.is_ok(),
        // It is over, or deleted: the log tells.
        Ok(None) | Err(_) => true,
    }
}
