//! Typing: key by key, never quite evenly.

use std::time::Duration;

use browser::Progress;
use serde_json::{Value, json};

use super::find::{Found, PATIENCE};
use super::performer::Performer;
use super::reply::Filled;
use crate::film::error::StepFault;

/// Milliseconds between two keys: quick fingers, slow enough to be read.
const KEYS: (u64, u64) = (45, 120);
/// Milliseconds more before a new word.
const WORD: u64 = 60;

impl Performer {
    /// Clicks a field and types into it, in place of what it holds.
    pub(super) async fn type_into(
        &self,
        progress: &Progress,
        found: &Found,
        text: &str,
        takes: Option<Duration>,
    ) -> Result<(), StepFault> {
        const DOING: &str = "typing";
        let refused = |source| StepFault::browser(DOING, source);
        self.point(progress, &found.selectors, "fill", PATIENCE)
            .await?;
        self.click_on(progress, found).await?;
        let frame = self.page().main_frame();
        let state: Value = frame
            .call(progress, "state", &json!([found.selectors]))
            .await
            .map_err(refused)?;
        let keyboard = self.page().keyboard();
        if state["value"].as_str().is_some_and(|held| !held.is_empty()) {
            let selected = keyboard.press(progress, "Control+A");
            self.craft
                .time
                .attend(progress, selected)
                .await
                .map_err(refused)?;
        }
        let count = u32::try_from(text.chars().count().max(1)).unwrap_or(u32::MAX);
        let mut before = ' ';
        for key in text.chars() {
            let pause = match takes {
                Some(takes) => takes / count,
                None => self.between(before),
            };
            self.craft.time.pass(progress, pause).await?;
            let mut bytes = [0; 4];
            let typed = keyboard.type_text(progress, key.encode_utf8(&mut bytes), Duration::ZERO);
            self.craft
                .time
                .attend(progress, typed)
                .await
                .map_err(refused)?;
            before = key;
        }
        let filled: Filled = frame
            .call(progress, "fillVerify", &json!([text]))
            .await
            .map_err(refused)?;
        if filled.matches {
            return Ok(());
        }
        Err(StepFault::NotTyped {
            wanted: text.to_owned(),
            found: filled.value,
        })
    }

    fn between(&self, before: char) -> Duration {
        let pause = self.hand().chance.u64(KEYS.0..=KEYS.1);
        let more = if before == ' ' { WORD } else { 0 };
        Duration::from_millis(pause + more)
    }
}
