//! The three ready-made films.

use std::time::Duration;

use super::element::Scan;
use super::make::{best, pause, scroll, share, show};
use crate::film::storyboard::{Action, Highlight, Scroll, Step};

/// The times of the first one, in milliseconds; its whole length is their sum.
const HERO: [u32; 6] = [2000, 1000, 2000, 1000, 2000, 2000];

/// What a page shows first: its heading, what it invites to, a look below, and back.
pub(super) fn hero(scan: &Scan, duration: Duration, seed: u64) -> Vec<Step> {
    let whole = f64::from(HERO.iter().sum::<u32>());
    let [begin, invite, heading, below, again, end] =
        HERO.map(|part| duration.mul_f64(f64::from(part) / whole));
    let on_screen = |tags: &'static [&'static str]| {
        let wanted = best(scan, 1, seed, |element| {
            tags.contains(&element.tag.as_str()) && element.area.y < scan.height
        });
        wanted.first().copied()
    };
    let mut steps = vec![pause(begin)];
    let invitation = on_screen(&["button", "a"]).and_then(|(element, worth)| show(element, worth));
    steps.extend(invitation.map(|step| step.lasting(invite)));
    let title = on_screen(&["h1", "h2"]).and_then(|(element, _)| element.target());
    steps.extend(
        title.map(|target| Step::new(Action::Highlight(Highlight(target))).lasting(heading)),
    );
    steps.push(scroll(Scroll::By(scan.height * 0.5), below));
    steps.push(scroll(Scroll::Top, again));
    steps.push(pause(end));
    steps
}

/// The headings of a page with what stands below them.
pub(super) fn features(scan: &Scan, duration: Duration, seed: u64) -> Vec<Step> {
    let chosen = best(scan, 5, seed, |element| {
        matches!(element.tag.as_str(), "h2" | "h3" | "img" | "video")
    });
    if chosen.is_empty() {
        return page(scan, duration);
    }
    let share = share(duration, chosen.len());
    let mut steps = Vec::new();
    for (element, worth) in chosen {
        if element.tag == "h2" {
            steps.push(Step::new(Action::Chapter(element.name.clone())));
        }
        steps.extend(show(element, worth).map(|step| step.lasting(share)));
    }
    steps
}

/// The page from its beginning to its end and back, a screen at a time.
pub(super) fn page(scan: &Scan, duration: Duration) -> Vec<Step> {
    let far = (scan.length - scan.height).max(0.0);
    let title = if scan.title.trim().is_empty() {
        "The page"
    } else {
        scan.title.trim()
    };
    let mut steps = vec![Step::new(Action::Chapter(title.to_owned()))];
    if far < 1.0 {
        steps.push(pause(duration));
        return steps;
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "ten at most"
    )]
    let screens = (far / (scan.height * 0.7)).ceil().min(10.0) as usize;
    let share = share(duration, screens + 1);
    for _ in 0..screens {
        #[expect(clippy::cast_precision_loss, reason = "ten at most")]
        let by = (far / screens as f64).ceil();
        steps.push(scroll(Scroll::By(by), share));
    }
    steps.push(scroll(Scroll::Top, share));
    steps
}
