//! A film shows the tab that is in front.

use browser::Engine;
use video::{Clock, FilmError, Look, StepFault, Unsteady};

use crate::support::{Set, brightness, rows, small};

/// White with a link and a button; other addresses are other colours, with a button of their own.
const PAGES: &str = "<!doctype html><title>Tabs</title>
<style>body { margin: 0 } a, button { position: fixed; left: 40px; width: 200px; height: 40px; font: 20px sans-serif }</style><body><script>
const colours = { '/red': 'rgb(255,0,0)', '/blue': 'rgb(0,0,255)' };
const colour = colours[location.pathname];
document.documentElement.style.background = colour ?? 'rgb(255,255,255)';
const put = (html) => document.body.insertAdjacentHTML('beforeend', html);
if (colour) {
  put(`<button id=turn style='top:200px'>Turn</button><button id=leave style='top:260px'>Leave</button>`);
  document.querySelector('#turn').onclick = () => { document.documentElement.style.background = 'rgb(0,255,0)' };
  document.querySelector('#leave').onclick = () => window.close();
} else {
  put(`<a id=link style='top:40px' target=_blank href=/red>Link</a><button id=window style='top:100px'>Window</button>`);
  document.querySelector('#window').onclick = () => window.open('/blue', '_blank', 'width=300,height=200');
}
</script>";

/// The colours of a film, each once for as long as it is seen: by the upper right of its frames.
fn colours(set: &Set, name: &str) -> Vec<(&'static str, usize)> {
    let mut seen: Vec<(&'static str, usize)> = Vec::new();
    for row in rows(&set.path(name), 64) {
        let is_high = row[62].map(|part| part > 127);
        let colour = match is_high {
            [true, true, true] => "white",
            [true, false, false] => "red",
            [false, true, false] => "green",
            [false, false, true] => "blue",
            _ => "none",
        };
        match seen.last_mut() {
            Some((last, frames)) if *last == colour => *frames += 1,
            _ => seen.push((colour, 1)),
        }
    }
    seen
}

fn names(colours: &[(&'static str, usize)]) -> Vec<&'static str> {
    colours.iter().map(|(name, _)| *name).collect()
}

async fn a_tab_is_opened_acted_in_and_closed(engine: Engine) {
    let set = Set::new(PAGES);
    let steps = "  - click: '#link'\n  - click: '#turn'\n  - tab: close\n  - hover: '#link'\n";
    let mut order = small(set.storyboard(steps), Look::plain());
    order.engine = engine;
    let filmed = set.film(&order, "a.mp4").await.unwrap();
    let seen = colours(&set, "a.mp4");
    assert_eq!(names(&seen), ["white", "red", "green", "white"], "{seen:?}");
    // Each long enough to be looked at: no flash of an empty page, and none of the page behind.
    assert!(seen.iter().all(|(_, frames)| *frames >= 6), "{seen:?}");
    assert_eq!((filmed.width, filmed.height), (640, 360));
    assert_eq!(filmed.steps.len(), 4);
    // Of both tabs.
    assert!(filmed.capture.delivered >= 4, "{:?}", filmed.capture);
}

#[tokio::test]
async fn a_storyboard_opens_a_tab_acts_in_it_and_closes_it() {
    a_tab_is_opened_acted_in_and_closed(Engine::Chromium).await;
}

#[tokio::test]
async fn a_storyboard_does_so_in_firefox() {
    a_tab_is_opened_acted_in_and_closed(Engine::Firefox).await;
}

#[tokio::test]
async fn a_storyboard_does_so_in_webkit() {
    a_tab_is_opened_acted_in_and_closed(Engine::WebKit).await;
}

async fn a_small_window_fills_the_film(engine: Engine) {
    let set = Set::new(PAGES);
    let steps =
        "  - click: '#window'\n  - click: '#turn'\n  - click: '#leave'\n  - hover: '#link'\n";
    let mut order = small(set.storyboard(steps), Look::plain());
    order.engine = engine;
    let filmed = set.film(&order, "a.mp4").await.unwrap();
    let seen = colours(&set, "a.mp4");
    assert_eq!(
        names(&seen),
        ["white", "blue", "green", "white"],
        "{seen:?}"
    );
    assert_eq!((filmed.width, filmed.height), (640, 360));
    // The button has the size in the film that it has in the page: nothing is stretched.
    let frames = brightness(&set.path("a.mp4"), (640, 360));
    let at = seen[0].1 + seen[1].1 / 2;
    let button: Vec<bool> = (0..640).map(|x| frames[at][205 * 640 + x] > 127).collect();
    let (first, last) = (
        button.iter().position(|light| *light).unwrap(),
        button.iter().rposition(|light| *light).unwrap(),
    );
    assert!(
        first.abs_diff(40) <= 3 && last.abs_diff(240) <= 3,
        "{first} {last}"
    );
}

#[tokio::test]
async fn a_window_with_a_size_of_its_own_fills_the_film_until_it_closes_itself() {
    a_small_window_fills_the_film(Engine::Chromium).await;
}

#[tokio::test]
async fn such_a_window_fills_the_film_in_firefox() {
    a_small_window_fills_the_film(Engine::Firefox).await;
}

#[tokio::test]
async fn such_a_window_fills_the_film_in_webkit() {
    a_small_window_fills_the_film(Engine::WebKit).await;
}

#[tokio::test]
async fn tabs_are_gone_to_by_their_numbers_and_the_bar_names_the_one_that_is_seen() {
    let set = Set::new(PAGES);
    let steps = "  - pause: 100ms\n  - click: '#link'\n  - tab: 1\n  - tab: 2\n";
    let look = Look {
        pointer: video::PointerStyle::None,
        ripples: video::ClickEffect::None,
        zoom: false,
        ..Look::default()
    };
    let order = small(set.storyboard(steps), look);
    let filmed = set.film(&order, "a.mp4").await.unwrap();
    let whats: Vec<&str> = filmed.steps.iter().map(|step| &*step.what).collect();
    assert_eq!(whats[2..], ["go to tab 1", "go to tab 2"]);
    // In the middle of the page, and the whole bar.
    let frames = brightness(&set.path("a.mp4"), (640, 120));
    let is_white = |frame: &Vec<u8>| frame[100 * 640 + 320] > 200;
    let bar = |frame: &Vec<u8>| frame[25 * 640..55 * 640].to_vec();
    let mut seen: Vec<(bool, Vec<u8>)> = Vec::new();
    for (index, frame) in frames.iter().enumerate() {
        // The bar as it is a moment after the cut: what is encoded becomes sharp with time.
        let settled = frames.get(index + 3).unwrap_or(frame);
        if seen
            .last()
            .is_none_or(|(white, _)| *white != is_white(frame))
        {
            seen.push((is_white(frame), bar(settled)));
        }
    }
    let whites: Vec<bool> = seen.iter().map(|(white, _)| *white).collect();
    assert_eq!(whites, [true, false, true, false]);
    let away = |one: usize, other: usize| {
        let pairs = seen[one].1.iter().zip(&seen[other].1);
        pairs.filter(|(a, b)| a.abs_diff(**b) > 40).count()
    };
    // "/red" is added to the address, and taken away again.
    assert!(away(0, 1) > 20, "{}", away(0, 1));
    assert!(
        away(0, 2) < 10 && away(1, 3) < 10,
        "{} {}",
        away(0, 2),
        away(1, 3)
    );
}

#[tokio::test]
async fn a_tab_that_is_not_open_is_named_and_the_only_one_is_not_closed() {
    let set = Set::new(PAGES);
    for (step, said) in [
        ("  - tab: 2\n", "tab 2 is not open, of 1"),
        ("  - tab: close\n", "no other tab is open"),
    ] {
        let order = small(set.storyboard(step), Look::plain());
        let error = set.film(&order, "a.mp4").await.unwrap_err();
        let FilmError::Step {
            number: 1,
            source: StepFault::Page(problem),
            ..
        } = &error
        else {
            panic!("{error:?}");
        };
        assert_eq!(problem, said);
    }
}

#[tokio::test]
async fn the_virtual_clock_says_that_it_draws_one_tab() {
    let set = Set::new(PAGES);
    for (steps, said) in [
        (
            "  - click: '#link'\n".to_owned(),
            format!("{} opened another", set.url()),
        ),
        (
            "  - click: '#window'\n".to_owned(),
            format!("{} opened another", set.url()),
        ),
        (
            "  - pause: 1s\n  - tab: close\n".to_owned(),
            "step 2 is about another".to_owned(),
        ),
    ] {
        let mut order = small(set.storyboard(&steps), Look::plain());
        order.clock = Clock::Virtual;
        let error = set.film(&order, "a.mp4").await.unwrap_err();
        let FilmError::Unsteady(Unsteady::Tab { what }) = &error else {
            panic!("{error:?}");
        };
        assert_eq!(*what, said);
        assert!(error.is_of_the_script());
        assert_eq!(set.files(), Vec::<String>::new());
    }
}
