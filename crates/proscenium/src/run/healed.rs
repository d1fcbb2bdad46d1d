//! How every report says that a step was healed.

use replay::{Healed, StepResult};

/// `3. Click “Save”: took the button “Save changes” for data-testid "save" (0.84)`
pub(super) fn line(step: &StepResult, healed: &Healed) -> String {
    format!("{}. {}: {}", step.index + 1, step.title, clause(healed))
}

/// The same without the step.
pub(super) fn clause(healed: &Healed) -> String {
    let Healed {
        before,
        after,
        score,
        ..
    } = healed;
    format!(
        "took the {} for {} {:?} ({score:.2})",
        after.description, before.strategy, before.value
    )
}
