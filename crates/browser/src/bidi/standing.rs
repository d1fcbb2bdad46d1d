//! What a browser was told to do until it is told to stop. It keeps that for pages and contexts that have gone, too, and hands all
//! of it to every process and document that begins: one that had a hundred contexts took twice as long for each.

use std::sync::{Arc, Mutex, PoisonError};

use serde_json::{Value, json};

use crate::bidi::connection::Connection;
use crate::drive::driver::Answer;

/// The standing orders for a page or a context.
pub(crate) struct Standing {
    connection: Connection,
    ends: Arc<Mutex<Vec<(&'static str, Value)>>>,
}

impl Standing {
    pub(crate) fn new(connection: Connection) -> Self {
        Self {
            connection,
            ends: Arc::default(),
        }
    }

    /// Gives an order now; it is answered when the browser follows it.
    pub(crate) fn order(&self, method: &'static str, params: &Value) -> Answer<()> {
        let ordered = self.connection.send(method, params);
        let ends = Arc::clone(&self.ends);
        Box::pin(async move {
            let answer = ordered.await?;
            if let Some(end) = end_of(method, &answer) {
                ends.lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .push(end);
            }
            Ok(())
        })
    }

    /// Takes all orders back; nobody waits for it.
    pub(crate) fn end(&self) {
        let mut ends = self.ends.lock().unwrap_or_else(PoisonError::into_inner);
        for (method, params) in ends.drain(..) {
            drop(self.connection.send(method, &params));
        }
    }
}

/// The command that takes an order back, by what the browser answered to it.
fn end_of(method: &str, answer: &Value) -> Option<(&'static str, Value)> {
    let told = |name: &str| answer.get(name).cloned();
    match method {
        "script.addPreloadScript" => {
            told("script").map(|id| ("script.removePreloadScript", json!({ "script": id })))
        }
        "session.subscribe" => {
            told("subscription").map(|id| ("session.unsubscribe", json!({ "subscriptions": [id] })))
        }
        "network.addDataCollector" => {
            told("collector").map(|id| ("network.removeDataCollector", json!({ "collector": id })))
        }
        _ => None,
    }
}
