//! Which steps may be healed, and what is noted when one was. The choice of the element is the page's (`page/src/heal`).
//!
//! Only steps that go through [`crate::locate`] come here: a check, a wait and a modal are never healed, since what they
//! assert would then hold of something else; nor is the element that a drag ends on.

use recording::{Fingerprint, Selector, Step, document_address};
use serde_json::{Value, json};

use crate::healed::{Healed, HealedBefore};
use crate::options::Healing;
use crate::page_reply::HealedReply;
use crate::scene::Scene;

/// So many other elements of the recording are named to the page, the nearest first; more would only cost time.
const MOST_OTHERS: usize = 60;
/// So many selectors name each of them.
const SELECTORS_EACH: usize = 3;

/// What the page needs to heal the step; `None` when it must not be healed.
pub(crate) fn allowed(scene: &Scene<'_>) -> Option<Value> {
    // A step whose element may be absent is not owed one.
    let may_be_absent =
        [scene.step.is_optional, scene.step.skip_if_not_found].contains(&Some(true));
    if scene.options.healing == Healing::Off || scene.notes.healed.is_some() || may_be_absent {
        return None;
    }
    let mut allowed = json!({ "others": others(scene) });
    if let Some(print) = fingerprint(scene.step) {
        allowed["fingerprint"] = print.clone();
    }
    Some(allowed)
}

/// What our own recorder kept of the step's element.
pub(crate) fn fingerprint(step: &Step) -> Option<&Value> {
    let kept = step.fingerprint.as_ref();
    kept.filter(|kept| serde_json::from_value::<Fingerprint>((*kept).clone()).is_ok())
}

/// Takes down what the page did instead of what was asked.
pub(crate) fn note(scene: &mut Scene<'_>, reply: &HealedReply) {
    let first = scene.step.locators().into_iter().next();
    let (strategy, value) = first.map_or_else(Default::default, |first| {
        (first.strategy, first.value.to_string())
    });
    let line = format!(
        "healed: {strategy} {value:?} finds nothing; took the {} ({:.2})",
        reply.after.description, reply.score
    );
    scene.note(line);
    scene.notes.matched = None;
    scene.notes.healed = Some(Box::new(Healed {
        before: HealedBefore {
            strategy,
            value,
            description: scene.step.title(),
        },
        after: reply.after.clone(),
        score: reply.score,
        runner_up: reply.runner_up.clone(),
    }));
}

/// What the recording's other steps in the same document name. A step that shares a selector with this one is about the same element.
fn others(scene: &Scene<'_>) -> Vec<Vec<Selector>> {
    let own = scene.step.locators();
    let mut steps: Vec<(usize, &Step)> = scene.recording.steps.iter().enumerate().collect();
    steps.sort_by_key(|(at, _)| at.abs_diff(scene.index));
    let mut others: Vec<Vec<Selector>> = Vec::new();
    for (_, step) in steps {
        let mut names = step.locators();
        let shares = |other: &Selector| {
            own.iter()
                .any(|one| one.strategy == other.strategy && one.value == other.value)
        };
        let elsewhere = document_address(&step.url) != document_address(&scene.step.url)
            || step.frame_path() != scene.step.frame_path();
        if names.is_empty() || names.iter().any(shares) || elsewhere {
            continue;
        }
        names.truncate(SELECTORS_EACH);
        if !others.contains(&names) {
            others.push(names);
        }
        if others.len() == MOST_OTHERS {
            break;
        }
    }
    others
}
