//! From what a page has to a storyboard.

use std::time::Duration;

use super::element::{Element, Scan};
use super::order::Template;
use super::room::Room;
use super::score::{BOXED, Worth, is_destructive, score};
use super::template;
use crate::film::storyboard::{Action, Highlight, Pause, Scroll, Step, Storyboard};

/// The most elements that a tour shows.
const MOST: usize = 10;
/// The least time that an element needs, with the way to it.
const LEAST: Duration = Duration::from_millis(2600);
/// A tour of this page.
pub(super) fn storyboard(
    scan: &Scan,
    template: Template,
    room: Room,
    seed: u64,
    url: &str,
) -> Storyboard {
    let steps = match template {
        Template::Tour => tour(scan, room, seed),
        Template::Hero => template::hero(scan, room, seed),
        Template::Features => template::features(scan, room, seed),
        Template::Page => template::page(scan, room),
    };
    Storyboard {
        url: Some(url.to_owned()),
        seed,
        steps,
        ..Storyboard::default()
    }
}

/// The best elements of the page, from its beginning to its end, each about as long as the others.
fn tour(scan: &Scan, room: Room, seed: u64) -> Vec<Step> {
    let each = LEAST + room.breath;
    let fitting = (room.inside().as_secs_f64() / each.as_secs_f64()).floor();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a film has no million of steps"
    )]
    let count = (fitting as usize).clamp(1, MOST);
    let chosen = best(scan, count, seed, |_| true);
    if chosen.is_empty() {
        return template::page(scan, room);
    }
    let share = room.share(chosen.len(), room.breath);
    let mut steps = Vec::new();
    let mut section = None;
    for (element, worth) in chosen {
        let heading = heading_of(scan, element);
        if heading != section {
            if let Some(heading) = heading {
                steps.push(Step::new(Action::Chapter(heading.to_owned())));
            }
            section = heading;
        }
        steps.extend(show(element, worth).map(|step| step.lasting(share)));
    }
    steps
}

/// What is done with an element: controls are pointed at and never pressed, since nobody knows what they do; the rest gets a
/// box when it is worth it.
pub(super) fn show(element: &Element, worth: f64) -> Option<Step> {
    let target = element.target()?;
    let is_control = matches!(
        element.tag.as_str(),
        "button" | "a" | "input" | "textarea" | "select" | "summary"
    ) || element.kind == "button";
    Some(Step::new(if !is_control && worth > BOXED {
        Action::Highlight(Highlight(target))
    } else {
        Action::Hover(target.into())
    }))
}

/// The best elements of those that are wanted, in the page's order. Of equals, `seed` decides.
pub(super) fn best(
    scan: &Scan,
    count: usize,
    seed: u64,
    wanted: impl Fn(&Element) -> bool,
) -> Vec<(&Element, f64)> {
    let mut chance = fastrand::Rng::with_seed(seed);
    let mut ranked: Vec<(&Element, Worth, u64)> = scan
        .elements
        .iter()
        .filter(|element| wanted(element) && !is_destructive(element))
        .filter(|element| element.target().is_some() && !element.name.trim().is_empty())
        // What fills the screen cannot be pointed at.
        .filter(|element| element.area.height < scan.height * 0.9 && element.area.x >= 0.0)
        .filter(|element| element.area.x + element.area.width <= scan.width + 1.0)
        .map(|element| (element, score(element, scan.height), chance.u64(..)))
        .collect();
    // Many reach the most that there is; of those the ones count more that would have more.
    ranked.sort_by(|(_, a, first), (_, b, second)| {
        (b.capped.total_cmp(&a.capped))
            .then(b.sum.total_cmp(&a.sum))
            .then(first.cmp(second))
    });
    let mut chosen: Vec<(&Element, f64)> = Vec::new();
    for (element, worth, _) in ranked {
        if chosen.len() == count {
            break;
        }
        // A link in a heading and the heading are one thing to see.
        let is_new = chosen.iter().all(|(other, _)| {
            (other.area.y - element.area.y).abs() > 12.0
                || (other.area.x - element.area.x).abs() > 24.0
        });
        if is_new {
            chosen.push((element, worth.capped));
        }
    }
    chosen.sort_by(|(a, _), (b, _)| {
        let row = |element: &Element| (element.area.y / 40.0).floor();
        row(a)
            .total_cmp(&row(b))
            .then(a.area.x.total_cmp(&b.area.x))
    });
    chosen
}

/// The words of the last large heading above an element.
fn heading_of<'a>(scan: &'a Scan, element: &Element) -> Option<&'a str> {
    scan.elements
        .iter()
        .filter(|other| matches!(other.tag.as_str(), "h1" | "h2"))
        .filter(|other| other.area.y <= element.area.y + 4.0 && !other.name.trim().is_empty())
        .max_by(|a, b| a.area.y.total_cmp(&b.area.y))
        .map(|heading| heading.name.as_str())
}

pub(super) fn pause(time: Duration) -> Step {
    Step::new(Action::Pause(Pause(time)))
}

pub(super) fn scroll(scroll: Scroll, time: Duration) -> Step {
    Step::new(Action::Scroll(scroll)).lasting(time)
}

#[cfg(test)]
mod tests {
    use super::super::room::AROUND;
    use super::*;
    use crate::film::pace::Pace;

    fn page() -> Scan {
        let mut elements = vec![
            Element::example("h1", "Boats", (40.0, 600.0, 60.0)),
            Element::example("button", "Get started", (140.0, 160.0, 44.0)),
            Element::example("button", "Log out", (10.0, 100.0, 40.0)),
            Element::example("h2", "Prices", (900.0, 300.0, 40.0)),
            Element::example("button", "Delete my account", (1800.0, 160.0, 44.0)),
        ];
        for index in 0..12 {
            let y = 960.0 + 60.0 * f64::from(index);
            elements.push(Element::example(
                "h3",
                &format!("Berth {index}"),
                (y, 200.0, 30.0),
            ));
        }
        Scan {
            elements,
            width: 1280.0,
            height: 720.0,
            length: 2400.0,
            title: "Boats".to_owned(),
        }
    }

    /// Nothing but words, which fit on the screen.
    fn short() -> Scan {
        Scan {
            elements: Vec::new(),
            length: 720.0,
            ..page()
        }
    }

    fn words(storyboard: &Storyboard) -> Vec<String> {
        let words = |step: &Step| step.action.to_string();
        storyboard.steps.iter().map(words).collect()
    }

    #[test]
    fn a_tour_fits_its_time_avoids_what_cannot_be_undone_and_is_the_same_with_the_same_seed() {
        let slow = Pace {
            between: Some(Duration::from_millis(1500)),
            ..Pace::default()
        };
        let paced = |seconds, seed, pace| {
            let room = Room::of(Duration::from_secs(seconds), pace);
            let board = storyboard(&page(), Template::Tour, room, seed, "http://a.test/");
            (board, room.breath)
        };
        let make = |seconds, seed| paced(seconds, seed, Pace::default()).0;
        let usual = [6, 15, 30, 60].map(|seconds| (seconds, Pace::default()));
        for (seconds, pace) in usual.into_iter().chain([(30, slow)]) {
            let (board, breath) = paced(seconds, 7, pace);
            let shown: Vec<_> = board
                .steps
                .iter()
                .filter_map(|step| step.duration)
                .collect();
            let total: Duration = shown.iter().map(|time| *time + breath).sum();
            let total = (total + AROUND).as_secs_f64();
            assert!((total - seconds as f64).abs() < 0.2, "{seconds}: {total}");
            assert!(shown.len() <= MOST);
            let said = words(&board).join("\n");
            assert!(
                !said.contains("log-out") && !said.contains("delete"),
                "{said}"
            );
            assert!(said.contains("get-started"), "{said}");
        }
        assert_eq!(make(30, 7), make(30, 7));
        assert_ne!(words(&make(15, 1)), words(&make(15, 5)));
    }

    #[test]
    fn templates_last_as_long_as_they_are_known_to() {
        let takes = |room: Room, step: &Step| {
            let own = match &step.action {
                Action::Pause(pause) => pause.0,
                _ => step.duration.unwrap_or_default(),
            };
            own + room.besides(&step.action)
        };
        for (template, seconds) in [
            (Template::Hero, 10),
            (Template::Features, 15),
            (Template::Page, 20),
        ] {
            let room = Room::of(template.usual(), Pace::default());
            assert_eq!(room.duration, Duration::from_secs(seconds));
            for page in [page(), short()] {
                let board = storyboard(&page, template, room, 1, "http://a.test/");
                let total: Duration = board.steps.iter().map(|step| takes(room, step)).sum();
                let total = (total + AROUND).as_secs_f64();
                assert!(
                    (total - seconds as f64).abs() < 0.2,
                    "{template:?}: {total}"
                );
            }
            let board = storyboard(&page(), template, room, 1, "http://a.test/");
            assert!(board.steps.len() >= 3, "{:?}", words(&board));
            let yaml = board.to_yaml().unwrap();
            assert_eq!(Storyboard::parse(&yaml).unwrap(), board);
        }
    }
}
