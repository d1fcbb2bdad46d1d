//! What a page asks of its user: dialogs, files, choices.

use std::time::Duration;

use browser::{Dialog, DialogAnswer, FileTarget, FrameId, Page};
use ids::{UploadId, ViewerId};
use recording::{Dialog as DialogStep, DialogResponse};
use serde_json::{Value, json};

use super::{Actor, Internal};
use crate::config::Surface;
use crate::protocol::{DialogAction, DialogState, FileChooserState, Files, Level, Notice};

/// How long the browser may take to pass an answer on.
const ANSWER_LIMIT: Duration = Duration::from_secs(10);

/// A file chooser that waits.
pub(super) struct Chooser {
    pub(super) state: FileChooserState,
    page: Page,
    frame: FrameId,
    node: i64,
}

impl Actor {
    pub(super) fn on_dialog_opened(&mut self, index: u32, dialog: &Dialog) {
        // A page in the background that asks is shown: nothing else would let it go on.
        if self.active != Some(index) && self.active.is_some() {
            self.activate(index);
        }
        self.dialog = Some(dialog_state(index, dialog));
        self.reset_input();
        self.dirty = true;
    }

    /// The dialog is gone. One that nobody answered here was answered in the browser's window, or went with its page.
    pub(super) fn on_dialog_closed(&mut self, index: u32, accepted: bool, text: &str) {
        let Some(dialog) = self.dialog.take_if(|dialog| dialog.tab == index) else {
            return;
        };
        self.dirty = true;
        if self.surface == Surface::Window {
            let prompt = (dialog.kind == "prompt" && accepted).then(|| text.to_owned());
            self.record_dialog(&dialog, accepted, prompt);
        }
    }

    fn record_dialog(&self, dialog: &DialogState, accepted: bool, prompt: Option<String>) {
        let step = DialogStep {
            dialog_type: Some(dialog.kind.clone()),
            message: Some(dialog.message.clone()),
            response: if accepted {
                DialogResponse::Accept
            } else {
                DialogResponse::Dismiss
            },
            prompt_value: prompt,
            ..DialogStep::default()
        };
        let url = self
            .tabs
            .get(&dialog.tab)
            .map(|tab| tab.url.clone())
            .unwrap_or_default();
        self.record_step(url, step);
    }

    pub(super) fn on_dialog_answer(
        &mut self,
        viewer: ViewerId,
        action: DialogAction,
        text: Option<String>,
    ) {
        let Some(dialog) = self.dialog.take() else {
            return self.refuse(viewer, "no_dialog", "No dialog is open.");
        };
        let Some(tab) = self.tabs.get(&dialog.tab) else {
            return;
        };
        let page = tab.page.clone();
        let prompt = (dialog.kind == "prompt" && action == DialogAction::Accept)
            .then(|| text.unwrap_or_else(|| dialog.default_value.clone()));
        self.record_dialog(&dialog, action == DialogAction::Accept, prompt.clone());
        self.note(Some(viewer), "dialog", format!("{action:?}").to_lowercase());
        let answer = match action {
            DialogAction::Accept => DialogAnswer::Accept(prompt),
            DialogAction::Dismiss => DialogAnswer::Dismiss,
        };
        let (progress, internal) = (self.progress(ANSWER_LIMIT), self.internal.clone());
        self.spawn(async move {
            if let Err(error) = page.handle_dialog(&progress, answer).await {
                let notice = Notice::error(
                    "dialog_failed",
                    format!("The dialog could not be answered: {error}."),
                );
                let _ = internal
                    .send(Internal::Say {
                        to: Some(viewer),
                        notice,
                    })
                    .await;
            }
        });
        self.dirty = true;
    }

    pub(super) fn on_file_chooser(
        &mut self,
        index: u32,
        frame: FrameId,
        node: i64,
        multiple: bool,
    ) {
        let Some(tab) = self.tabs.get(&index) else {
            return;
        };
        let state = FileChooserState {
            multiple,
            accept: None,
        };
        self.chooser = Some(Chooser {
            state,
            page: tab.page.clone(),
            frame,
            node,
        });
        self.release_input();
        self.dirty = true;
    }

    pub(super) fn on_files(&mut self, viewer: ViewerId, files: Files) {
        let Some(chooser) = self.chooser.take() else {
            return self.refuse(viewer, "no_file_chooser", "No file chooser is open.");
        };
        self.dirty = true;
        self.note(Some(viewer), "files", files.uploads.len().to_string());
        if files.uploads.is_empty() {
            return;
        }
        let (folder, internal, progress) = (
            self.place.folder.clone(),
            self.internal.clone(),
            self.progress(ANSWER_LIMIT),
        );
        self.spawn(async move {
            let mut paths = Vec::new();
            for id in &files.uploads {
                let found = match id.parse::<UploadId>() {
                    Ok(id) => folder.uploaded(id).await,
                    Err(_) => None,
                };
                match found {
                    Some(path) => paths.push(path),
                    None => {
                        let notice = Notice::error(
                            "no_such_upload",
                            format!("There is no uploaded file {id}."),
                        );
                        let _ = internal
                            .send(Internal::Say {
                                to: Some(viewer),
                                notice,
                            })
                            .await;
                        return;
                    }
                }
            }
            let target = FileTarget::Chooser {
                frame: chooser.frame,
                backend_node_id: chooser.node,
            };
            if let Err(error) = chooser.page.set_files(&progress, target, &paths).await {
                let notice = Notice::error(
                    "files_failed",
                    format!("The files could not be given to the page: {error}."),
                );
                let _ = internal
                    .send(Internal::Say {
                        to: Some(viewer),
                        notice,
                    })
                    .await;
            }
        });
    }

    /// The page wants a choice that the live picture cannot show.
    pub(super) fn on_picker(&mut self, frame: FrameId, mut message: Value) {
        let Some(page) = self.active_page() else {
            return;
        };
        if let Some(object) = message.as_object_mut() {
            object.shift_remove("kind");
            // Pickers of different frames may have the same id, and the answer has to find its frame.
            let id = object.get("id").cloned().unwrap_or_default();
            object.insert("id".to_owned(), json!(format!("{frame}/{}", plain(&id))));
            self.pickers.insert(frame.clone(), id);
        }
        let (internal, progress) = (self.internal.clone(), self.progress(ANSWER_LIMIT));
        self.spawn(async move {
            let placed = super::looking::into_page(&progress, &page, &frame, message).await;
            let _ = internal
                .send(Internal::Say {
                    to: None,
                    notice: Notice::Picker(placed),
                })
                .await;
        });
    }

    pub(super) fn on_choose(
        &mut self,
        id: Value,
        indexes: Option<Vec<u32>>,
        value: Option<String>,
    ) {
        let Some(page) = self.active_page() else {
            return;
        };
        let id = plain(&id);
        let frame = id
            .rsplit_once('/')
            .map_or_else(|| page.main_frame().id(), |(frame, _)| FrameId::from(frame));
        let Some(own) = self.pickers.remove(&frame) else {
            return;
        };
        let (internal, progress) = (self.internal.clone(), self.progress(ANSWER_LIMIT));
        let mut choice = serde_json::Map::new();
        if let Some(indexes) = indexes {
            choice.insert("indexes".to_owned(), json!(indexes));
        }
        if let Some(value) = value {
            choice.insert("value".to_owned(), json!(value));
        }
        self.spawn(async move {
            let Some(frame) = page.frame(&frame) else {
                return;
            };
            let notice = match frame
                .call::<Value>(&progress, "live.choose", &(own, choice))
                .await
            {
                Ok(_) => Notice::PickerClosed,
                Err(error) => Notice::note(
                    Level::Warning,
                    "choice_lost",
                    format!("The choice did not reach the page: {error}."),
                ),
            };
            let _ = internal.send(Internal::Say { to: None, notice }).await;
        });
    }
}

pub(super) fn dialog_state(tab: u32, dialog: &Dialog) -> DialogState {
    DialogState {
        kind: dialog.kind.as_str().to_owned(),
        message: dialog.message.to_string(),
        default_value: dialog.default_prompt.to_string(),
        tab,
    }
}

/// An id as text, whether it is a number or a text.
fn plain(id: &Value) -> String {
    id.as_str().map_or_else(|| id.to_string(), str::to_owned)
}
