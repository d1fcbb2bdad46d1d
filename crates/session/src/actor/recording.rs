//! Recording while working, and checks that somebody points at.

use std::time::{Duration, SystemTime};

use ids::ViewerId;
use recording::{CheckType, Checkpoint, FrameRef, Selector, Step, ViewportChange};
use serde_json::{Value, json};

use super::{Actor, Ending, Internal, Settled};
use crate::events::SessionEventKind;
use crate::protocol::{
    CastSettings, CheckRequest, Notice, RecordAction, RecordingPhase, ViewportRequest,
};
use crate::recorder::{Recorded, Report};
use crate::viewport;

/// How long a page may take to start or stop its recorder.
const LIMIT: Duration = Duration::from_secs(5);
/// How long the pages that no dialog holds up may take for it.
const LIMIT_IN_DIALOG: Duration = Duration::from_millis(200);

/// How long input waits for a recorder that begins. A page that is busy for longer does not handle it either.
const HOLDS_INPUT: Duration = Duration::from_secs(2);

impl Actor {
    pub(super) fn record(&mut self, action: RecordAction) {
        if action == RecordAction::Start {
            let url = self
                .active_tab()
                .map(|tab| tab.url.clone())
                .filter(|url| url != "about:blank");
            if let Some(url) = url {
                self.shelf.set_url(&url);
            }
            // Set before the pages are told, so that their clock and ours begin together.
            self.shelf.begin(&self.viewport);
        }
        let function = match action {
            RecordAction::Start => "record.start",
            RecordAction::Pause => "record.pause",
            RecordAction::Resume => "record.resume",
            RecordAction::Stop => "record.stop",
            RecordAction::Undo => return self.report(Report::Control(action)),
        };
        match action {
            RecordAction::Pause | RecordAction::Stop => {
                self.settle_pages(function, Settled::Control(action));
            }
            _ => {
                self.report(Report::Control(action));
                let told = self.tell_frames(function, Some(self.start_options()));
                self.hold_input_until(told);
            }
        }
    }

    /// What a person does before the recorder of a document has begun would not be recorded: it waits, for a moment at most.
    pub(super) fn hold_input_until(&mut self, started: impl Future<Output = ()> + Send + 'static) {
        self.starting_recorders += 1;
        let internal = self.internal.clone();
        self.spawn(async move {
            let mut started = std::pin::pin!(started);
            let in_time = tokio::time::timeout(HOLDS_INPUT, &mut started).await;
            let _ = internal.send(Internal::RecorderStarted).await;
            if in_time.is_err() {
                started.await;
            }
        });
    }

    pub(super) fn on_recorder_started(&mut self) {
        self.starting_recorders = self.starting_recorders.saturating_sub(1);
        if !self.holds_input() {
            self.write_held();
        }
    }

    /// Calls a function of the recorder that makes the pages give out what they hold back: a text that is being typed is
    /// a step before the recording pauses, ends or is saved.
    pub(super) fn settle_pages(&self, function: &'static str, then: Settled) {
        let told = self.tell_frames(function, None);
        let internal = self.internal.clone();
        self.spawn(async move {
            told.await;
            let _ = internal.send(Internal::PagesSettled { then }).await;
        });
    }

    pub(super) fn on_pages_settled(&self, then: Settled) {
        self.report(match then {
            Settled::Control(action) => Report::Control(action),
            Settled::Reply(reply) => Report::Settled(reply),
        });
    }

    /// Calls a function of the recorder in every frame.
    fn tell_frames(
        &self,
        function: &'static str,
        argument: Option<Value>,
    ) -> impl Future<Output = ()> + Send + 'static {
        let arguments: Vec<Value> = argument.into_iter().collect();
        // A dialog holds its page up: it hears of it when the dialog is answered, and nobody waits for that.
        let limit = match self.dialog {
            Some(_) => LIMIT_IN_DIALOG,
            None => LIMIT,
        };
        let frames = self.tabs.values().flat_map(|tab| tab.page.frames());
        let calls: Vec<_> = frames
            .map(|frame| {
                let (progress, arguments) = (self.progress(limit), arguments.clone());
                async move {
                    if let Err(error) = frame.call::<Value>(&progress, function, &arguments).await {
                        tracing::debug!(%error, function, "a frame was not told");
                    }
                }
            })
            .collect();
        async move {
            futures_util::future::join_all(calls).await;
        }
    }

    /// What a new document's recorder begins with; `None` while nothing is recorded.
    pub(super) fn recorder_options(&self) -> Option<Value> {
        (self.shelf.phase() == RecordingPhase::Recording).then(|| self.start_options())
    }

    fn start_options(&self) -> Value {
        json!({"maskSensitive": true, "startedAt": self.shelf.started_ms()})
    }

    pub(super) fn on_recorded(&mut self, recorded: Recorded) -> Option<Ending> {
        match recorded {
            Recorded::Step {
                notice,
                step,
                picture,
            } => {
                let (index, replaced) = (notice.view.index, notice.replaced);
                self.say(None, Notice::Step(notice));
                self.emit(SessionEventKind::Step {
                    index,
                    replaced,
                    step,
                    picture,
                });
            }
            Recorded::Undone { index } => {
                self.say(
                    None,
                    Notice::Steps {
                        steps: self.shelf.views(),
                    },
                );
                self.emit(SessionEventKind::StepUndone { index });
            }
            Recorded::Cleared => self.say(
                None,
                Notice::Steps {
                    steps: self.shelf.views(),
                },
            ),
            Recorded::Phase => {}
        }
        self.dirty = true;
        None
    }

    pub(super) fn on_check(&mut self, viewer: ViewerId, check: CheckRequest) {
        if self.shelf.phase() == RecordingPhase::Idle {
            return self.refuse(
                viewer,
                "not_recording",
                "Start recording before adding a check.",
            );
        }
        let Ok(step) = check_step(&check) else {
            return self.refuse(
                viewer,
                "bad_check",
                format!("There is no check “{}”.", check.kind),
            );
        };
        let mut step = step;
        step.url = self
            .active_tab()
            .map(|tab| tab.url.clone())
            .unwrap_or_default();
        self.report(Report::Own {
            step: Box::new(step),
            at: SystemTime::now(),
        });
    }

    pub(super) fn on_viewport(&mut self, viewer: ViewerId, request: &ViewportRequest) {
        let wanted = match viewport::resolve(request, &self.viewport) {
            Ok(wanted) => wanted,
            Err(error) => return self.refuse(viewer, "bad_viewport", error.to_string()),
        };
        let engine = self.place.browser.engine();
        if let Err(error) = viewport::to_browser(&wanted).check(engine) {
            let error = crate::SessionError::Unsupported(error);
            return self.refuse(viewer, "unsupported", format!("{error}."));
        }
        self.note(
            Some(viewer),
            "viewport",
            format!("{}×{}", wanted.width, wanted.height),
        );
        let step = ViewportChange {
            width: wanted.width,
            height: wanted.height,
            device_scale_factor: Some(wanted.device_scale_factor),
            mobile: Some(wanted.mobile),
            touch: Some(wanted.touch),
            ..ViewportChange::default()
        };
        self.viewport = wanted;
        self.resize_active();
        let url = self
            .active_tab()
            .map(|tab| tab.url.clone())
            .unwrap_or_default();
        self.record_step(url, step);
    }

    pub(super) fn on_cast(&mut self, settings: CastSettings) {
        let quality = settings.quality.unwrap_or(self.cast.quality).clamp(10, 100);
        self.cast.fps = settings.fps.unwrap_or(self.cast.fps).clamp(1, 60);
        self.apply_rate();
        self.dirty = true;
        if quality == self.cast.quality {
            return;
        }
        self.cast.quality = quality;
        if let (Some(page), Some(index)) = (self.active_page(), self.active) {
            self.restart_cast(page, index, None);
        }
    }

    /// The browser gives at most about 60 frames a second; a limit at that rate would only add jitter.
    pub(super) fn apply_rate(&self) {
        self.screen
            .hub
            .set_rate_limit(Some(self.cast.fps).filter(|fps| *fps < 60));
    }
}

/// The step that makes a check.
fn check_step(check: &CheckRequest) -> Result<Step, ()> {
    let check_type: CheckType = serde_json::from_value(json!(check.kind)).map_err(|_| ())?;
    // Whoever points at something says neither an attribute nor JavaScript.
    let is_whole = !matches!(
        check_type,
        CheckType::ElementAttribute | CheckType::Expression
    );
    if !check_type.is_known() || !is_whole {
        return Err(());
    }
    let about_url = matches!(check_type, CheckType::UrlMatch | CheckType::UrlContains);
    let (expected_url, expected_value) = if about_url {
        (check.expected.clone(), None)
    } else {
        (None, check.expected.clone())
    };
    let checkpoint = Checkpoint {
        check_type,
        expected_url,
        expected_value,
        negated: check.negated.then_some(true),
        auto: Some(false),
        ..Checkpoint::default()
    };
    let mut step = Step::new(checkpoint);
    let read = |values: &[Value]| Value::Array(values.to_vec());
    step.selectors =
        serde_json::from_value::<Vec<Selector>>(read(&check.selectors)).map_err(|_| ())?;
    step.frames = serde_json::from_value::<Vec<FrameRef>>(read(&check.frames)).map_err(|_| ())?;
    Ok(step)
}
