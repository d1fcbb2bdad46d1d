//! Recording from the command line: the list of steps as they come, and the file at the end.
#![expect(clippy::print_stderr, reason = "steps are talk, the recording is data")]

use std::path::Path;

use anyhow::Context as _;
use recording::Recording;
use session::protocol::RecordingPhase;
use session::{SessionEvent, SessionEventKind, SessionHandle, SessionManager};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio_util::sync::CancellationToken;

/// How a recording came to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ended {
    /// Somebody ended it.
    Saved,
    /// The browser did; what was recorded until then is saved all the same.
    Failed,
}

/// The list of steps on stderr. A step that is still being typed is held back until the next one begins.
pub(crate) struct Listing {
    events: Receiver<SessionEvent>,
    open: Option<(usize, String)>,
}

impl Listing {
    /// Listens from now on, so that no step of a session that starts next is missed.
    pub(crate) fn new(sessions: &SessionManager) -> Self {
        Self {
            events: sessions.events(),
            open: None,
        }
    }

    pub(crate) fn say(&self, text: &str) {
        eprintln!("{text}");
    }

    /// Lists steps until `stop`, the end of the recording or the end of the session.
    pub(crate) async fn follow(
        &mut self,
        session: &SessionHandle,
        stop: &CancellationToken,
    ) -> Ended {
        let mut states = session.watch();
        let stopped = async {
            // It begins recording at once, and who is idle afterwards has stopped.
            let recording = states
                .wait_for(|state| state.recording.state != RecordingPhase::Idle)
                .await
                .is_ok();
            let idle = recording
                && states
                    .wait_for(|state| state.recording.state == RecordingPhase::Idle)
                    .await
                    .is_ok();
            if !idle {
                std::future::pending::<()>().await;
            }
        };
        let mut stopped = std::pin::pin!(stopped);
        let ended = loop {
            tokio::select! {
                event = self.events.recv() => match event {
                    Ok(event) if event.session != session.id() => {}
                    Ok(event) => if let Some(ended) = self.on_event(event.kind) { break ended },
                    Err(RecvError::Lagged(_)) => {}
                    Err(RecvError::Closed) => break Ended::Failed,
                },
                () = &mut stopped => break Ended::Saved,
                () = stop.cancelled() => break Ended::Saved,
            }
        };
        self.settle();
        ended
    }

    fn on_event(&mut self, event: SessionEventKind) -> Option<Ended> {
        match event {
            SessionEventKind::Step { index, step, .. } => {
                if self.open.as_ref().is_some_and(|(open, _)| *open != index) {
                    self.settle();
                }
                self.open = Some((index, step.title()));
            }
            SessionEventKind::StepUndone { index } => {
                self.open = None;
                eprintln!("{:>4}  taken back", index + 1);
            }
            SessionEventKind::NavigationFailed { reason, .. } => eprintln!("      {}", reason.text),
            SessionEventKind::Ended { reason, failed } => {
                self.settle();
                if failed {
                    eprintln!("error: {reason}");
                }
                return Some(if failed { Ended::Failed } else { Ended::Saved });
            }
            _ => {}
        }
        None
    }

    fn settle(&mut self) {
        if let Some((index, title)) = self.open.take() {
            eprintln!("{:>4}  {title}", index + 1);
        }
    }
}

/// Writes the recording where it belongs and says so.
pub(crate) fn save(recording: &Recording, output: &Path) -> anyhow::Result<()> {
    let is_yaml = output
        .extension()
        .is_some_and(|kind| kind == "yaml" || kind == "yml");
    let text = if is_yaml {
        recording.to_yaml()?
    } else {
        recording.to_json_pretty()?
    };
    if output == Path::new("-") {
        print!("{text}");
        return Ok(());
    }
    std::fs::write(output, text).with_context(|| format!("cannot write {}", output.display()))?;
    eprintln!(
        "Saved {} steps to {}",
        recording.steps.len(),
        output.display()
    );
    for variable in &recording.variables {
        eprintln!(
            "It needs a value for ${{{}}}: --var {}=…",
            variable.name, variable.name
        );
    }
    Ok(())
}
