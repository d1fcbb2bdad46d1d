//! The three ready-made films.

use std::time::Duration;

use super::element::Scan;
use super::make::{best, pause, scroll, show};
use super::room::Room;
use crate::film::storyboard::{Action, Highlight, Scroll, Step};

/// The times of the first one's parts, as shares. Pointing at something takes the way to it too.
const BEGIN: u32 = 16;
const INVITE: u32 = 18;
const HEADING: u32 = 19;
const BELOW: u32 = 12;
const AGAIN: u32 = 17;
const END: u32 = 18;

/// A part that is there is seen for so long.
const SHORTEST: Duration = Duration::from_millis(300);

/// What a page shows first: its heading, what it invites to, a look below, and back.
pub(super) fn hero(scan: &Scan, room: Room, seed: u64) -> Vec<Step> {
    let on_screen = |tags: &'static [&'static str]| {
        let wanted = best(scan, 1, seed, |element| {
            tags.contains(&element.tag.as_str()) && element.area.y < scan.height
        });
        wanted.first().copied()
    };
    let rest = || pause(Duration::ZERO);
    let mut parts = vec![(BEGIN, rest())];
    let invitation = on_screen(&["button", "a"]).and_then(|(element, worth)| show(element, worth));
    parts.extend(invitation.map(|step| (INVITE, step)));
    let title = on_screen(&["h1", "h2"]).and_then(|(element, _)| element.target());
    let title = title.map(|target| Step::new(Action::Highlight(Highlight(target))));
    parts.extend(title.map(|step| (HEADING, step)));
    if scan.length > scan.height + 1.0 {
        let down = Scroll::By(scan.height * 0.5);
        parts.push((BELOW, Step::new(Action::Scroll(down))));
        parts.push((AGAIN, Step::new(Action::Scroll(Scroll::Top))));
    }
    parts.push((END, rest()));
    let whole: u32 = parts.iter().map(|(share, _)| share).sum();
    let besides = parts.iter().map(|(_, step)| room.besides(&step.action));
    let left = room.inside().saturating_sub(besides.sum());
    let lasting = |(share, step): (u32, Step)| {
        let time = (left * share / whole).max(SHORTEST);
        // Whole hundredths are easier to change by hand.
        let time =
            Duration::from_millis(u64::try_from(time.as_millis()).unwrap_or(u64::MAX) / 10 * 10);
        match step.action {
            Action::Pause(_) => pause(time),
            _ => step.lasting(time),
        }
    };
    parts.into_iter().map(lasting).collect()
}

/// The headings of a page with what stands below them.
pub(super) fn features(scan: &Scan, room: Room, seed: u64) -> Vec<Step> {
    let chosen = best(scan, 5, seed, |element| {
        matches!(element.tag.as_str(), "h2" | "h3" | "img" | "video")
    });
    if chosen.is_empty() {
        return page(scan, room);
    }
    let shown: Vec<_> = chosen
        .into_iter()
        .filter_map(|(element, worth)| Some((element, show(element, worth)?)))
        .collect();
    let more = shown.first().map(|(_, step)| room.besides(&step.action));
    let share = room.share(shown.len(), more.unwrap_or_default());
    let mut steps = Vec::new();
    for (element, step) in shown {
        if element.tag == "h2" {
            steps.push(Step::new(Action::Chapter(element.name.clone())));
        }
        steps.push(step.lasting(share));
    }
    steps
}

/// The page from its beginning to its end and back, a screen at a time.
pub(super) fn page(scan: &Scan, room: Room) -> Vec<Step> {
    let far = (scan.length - scan.height).max(0.0);
    let title = if scan.title.trim().is_empty() {
        "The page"
    } else {
        scan.title.trim()
    };
    let mut steps = vec![Step::new(Action::Chapter(title.to_owned()))];
    if far < 1.0 {
        steps.push(pause(room.inside()));
        return steps;
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "ten at most"
    )]
    let screens = (far / (scan.height * 0.7)).ceil().min(10.0) as usize;
    let besides = room.besides(&Action::Scroll(Scroll::Top));
    let share = room.share(screens + 1, besides);
    for _ in 0..screens {
        #[expect(clippy::cast_precision_loss, reason = "ten at most")]
        let by = (far / screens as f64).ceil();
        steps.push(scroll(Scroll::By(by), share));
    }
    steps.push(scroll(Scroll::Top, share));
    steps
}
