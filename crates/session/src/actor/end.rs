//! The end of a session: everybody is told, and nothing stays behind.

use std::time::Duration;

use browser::Progress;

use super::{Actor, Ending};
use crate::events::SessionEventKind;
use crate::protocol::{Notice, Status};

/// How long the browser may take to close the context; it is closed with the browser otherwise.
const CLOSE_LIMIT: Duration = Duration::from_secs(5);

impl Actor {
    /// Cleans up and gives back the reason.
    pub(super) async fn end(mut self, ending: Ending) -> String {
        let Ending { reason, failed } = ending;
        tracing::info!(session = %self.id, reason, "the session ends");
        self.status = Status::Stopping;
        self.flush_state();
        self.cancel.cancel();
        self.screen.hub.close();
        self.say(
            None,
            Notice::Bye {
                reason: reason.clone(),
            },
        );
        self.viewers.clear();
        drop(std::mem::replace(
            &mut self.reports,
            tokio::sync::mpsc::unbounded_channel().0,
        ));
        self.tasks.close();
        self.tasks.wait().await;
        if let Err(error) = self
            .place
            .context
            .close(&Progress::with_timeout(CLOSE_LIMIT))
            .await
        {
            tracing::debug!(%error, "the context went with its browser");
        }
        self.place.egress.clone().shutdown().await;
        self.status = Status::Stopped;
        self.tabs.clear();
        self.flush_state();
        self.emit(SessionEventKind::Ended {
            reason: reason.clone(),
            failed,
        });
        reason
    }
}
