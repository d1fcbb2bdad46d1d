use std::time::Duration;

use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::*;

#[test]
fn a_storyboard_is_read_as_people_write_it() {
    let text = r##"
title: A shop
subtitle: in thirty seconds
url: http://shop.test/
note: kept
steps:
  - chapter: Browse
  - click: { role: 'button[name="Add"]' }
    highlight: true
    caption: Into the cart
  - type: Ada
    into: "#name"
    speed: kept too
  - scroll: { to: "#end" }
    duration: 1.5s
  - zoom: out
  - wait: { for: .done }
  - tab: close
  - tab: 2
"##;
    let storyboard = Storyboard::parse(text).unwrap();
    let title = storyboard.title.as_ref().unwrap();
    assert_eq!(title.subtitle.as_deref(), Some("in thirty seconds"));
    assert_eq!(storyboard.extra["note"], "kept");
    let words: Vec<_> = storyboard
        .steps
        .iter()
        .map(|step| step.action.to_string())
        .collect();
    assert_eq!(
        words,
        [
            "chapter \"Browse\"",
            "click role \"button[name=\\\"Add\\\"]\"",
            "type into #name",
            "scroll to #end",
            "zoom out",
            "wait for .done",
            "close the tab",
            "go to tab 2",
        ]
    );
    assert_eq!(
        storyboard.steps[1].caption.as_deref(),
        Some("Into the cart")
    );
    assert_eq!(storyboard.steps[2].extra["speed"], "kept too");
    assert_eq!(
        storyboard.steps[3].duration,
        Some(Duration::from_millis(1500))
    );
}

#[test]
fn interactions_of_older_recorders_are_read_too() {
    let text = r##"{"interactions": [
        {"type": "click", "selector": "#go", "duration_ms": 800, "smooth": true},
        {"type": "scroll", "scroll_amount": 300},
        {"type": "wait", "duration_ms": 2000},
        {"type": "click", "selector": null, "x": 12, "y": 7.5},
        {"type": "hover", "selector": "#menu", "x": 1, "y": 1}
    ], "pace": {"scrollSpeed": 500}}"##;
    let storyboard = Storyboard::parse(text).unwrap();
    assert_eq!(storyboard.pace.unwrap().scroll_speed, Some(500.0));
    let words: Vec<_> = storyboard
        .steps
        .iter()
        .map(|step| step.action.to_string())
        .collect();
    let read = [
        "click #go",
        "scroll by 300 px",
        "wait 2 s",
        "click (12, 7.5)",
        "hover #menu",
    ];
    assert_eq!(words, read);
    for (said, is_boxed) in [("", true), (r#", "highlight_clicks": false"#, false)] {
        let text = format!(r#"{{"interactions": [{{"type": "click", "x": 1, "y": 2}}]{said}}}"#);
        let storyboard = Storyboard::parse(&text).unwrap();
        let clicks = storyboard.steps.iter().map(|step| match &step.action {
            Action::Click(click) => click.highlight,
            other => panic!("{other}"),
        });
        assert_eq!(clicks.collect::<Vec<_>>(), [is_boxed], "{text}");
    }
}

#[test]
fn what_is_wrong_is_named_with_its_place() {
    let cases = [
        ("[]", "a storyboard has fields"),
        ("steps: [{jump: 1}]", "steps[0]: a step is one of wait"),
        (
            "steps: [{pause: 1s}, {click: a, hover: b}]",
            "steps[1]: a step does one thing, this one has hover and click",
        ),
        ("steps: [{click: 5}]", "steps[0].click: 5 names no element"),
        (
            "steps: [{hover: {colour: red}}]",
            "steps[0].hover: \"colour\" is no way to find an element",
        ),
        (
            "steps: [{pause: soon}]",
            "steps[0].pause: \"soon\" is no duration",
        ),
        ("steps: [{type: x}]", "steps[0].type: say into which field"),
        (
            "steps: [{zoom: a, factor: 9}]",
            "steps[0].zoom: a factor is a number from 1 to 4",
        ),
        (
            "look: {highlightColor: red}",
            "look.highlightColor: \"red\"",
        ),
        ("look: {frame: oval}", "look.frame: unknown variant `oval`"),
        (
            "interactions: [{type: dance}]",
            "interactions[0]: \"dance\" is no interaction",
        ),
        (
            "steps: [{tab: open}]",
            "steps[0].tab: \"open\" is neither close nor a tab's number, from 1",
        ),
        ("steps: [{tab: 0}]", "steps[0].tab: 0 is neither"),
        (
            "interactions: [{type: click}]",
            "interactions[0]: it needs a selector, or an x and a y",
        ),
        (
            "interactions: [{type: type, text: a, x: 1, y: 1}]",
            "interactions[0]: it needs a selector: only clicks",
        ),
        ("steps: [{click: {x: 1}}]", "steps[0].click: a place has y"),
        ("steps: [{highlight: {x: 1, y: 1}}]", "steps[0].highlight:"),
        ("pace: {scrollSpeed: 1}", "pace.scrollSpeed: 1 is none of"),
        (
            "interactions: []\nhighlight_clicks: often",
            "highlight_clicks: ",
        ),
        ("seed: -1", "seed: a seed is a whole number"),
    ];
    for (text, expected) in cases {
        let error = Storyboard::parse(text).unwrap_err().to_string();
        assert!(error.starts_with(expected), "{text}: {error}");
    }
}

fn target() -> impl Strategy<Value = Target> {
    let way = prop::sample::select(vec!["css", "text", "role", "testid", "xpath"]);
    (way, "[a-zA-Z#.\\[\\]\" :é-]{0,12}[a-z]")
        .prop_map(|(way, value)| Target::by(way, value).unwrap())
}

fn aim() -> impl Strategy<Value = Aim> {
    prop_oneof![
        target().prop_map(Aim::Element),
        (0.0..1e4, 0.0..1e4).prop_map(|(x, y)| Aim::Place { x, y }),
    ]
}

fn span() -> impl Strategy<Value = Duration> {
    (0_u64..=600_000).prop_map(Duration::from_millis)
}

fn action() -> impl Strategy<Value = Action> {
    let words = || "[a-zA-Zäß:'\"#{} -]{0,20}[a-z]";
    prop_oneof![
        span().prop_map(|time| Action::Wait(Wait::Time(time))),
        target().prop_map(|target| Action::Wait(Wait::Element(target))),
        (-1e6..1e6).prop_map(|far: f64| Action::Scroll(Scroll::By(far.round()))),
        (0.0..1e6).prop_map(|y: f64| Action::Scroll(Scroll::Position(y.round()))),
        Just(Action::Scroll(Scroll::Top)),
        Just(Action::Scroll(Scroll::Bottom)),
        target().prop_map(|target| Action::Scroll(Scroll::To(target))),
        aim().prop_map(Action::Hover),
        (aim(), any::<bool>())
            .prop_map(|(target, highlight)| Action::Click(Click { target, highlight })),
        (words(), target()).prop_map(|(text, into)| Action::Type(Type { text, into })),
        target().prop_map(|target| Action::Highlight(Highlight(target))),
        (target(), prop::option::of(1.0..4.0))
            .prop_map(|(target, factor)| Action::Zoom(Zoom::On(target, factor))),
        Just(Action::Zoom(Zoom::Out)),
        words().prop_map(Action::Caption),
        words().prop_map(Action::Chapter),
        span().prop_map(|time| Action::Pause(Pause(time))),
        words().prop_map(|url| Action::Goto(Goto(url))),
        Just(Action::Tab(Tab::Close)),
        (1_usize..50).prop_map(|number| Action::Tab(Tab::Number(number))),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    let caption = prop::option::of("[a-z :#]{0,12}[a-z]");
    let times = (prop::option::of(span()), prop::option::of(span()));
    (action(), caption, times).prop_map(|(action, caption, (at, duration))| Step {
        at,
        caption: caption.filter(|_| !matches!(action, Action::Caption(_))),
        action,
        duration,
        extra: Map::from_iter([("x-note".to_owned(), json!({ "kept": [1, null, "ü"] }))]),
    })
}

fn tree() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<f64>().prop_map(|number| json!(number)),
        ".{0,8}".prop_map(Value::from),
    ];
    let names = prop::sample::select(vec![
        "steps",
        "title",
        "click",
        "scroll",
        "to",
        "by",
        "type",
        "into",
        "zoom",
        "factor",
        "look",
        "wait",
        "for",
        "duration",
        "css",
        "interactions",
        "selector",
        "seed",
        "tab",
    ]);
    leaf.prop_recursive(5, 64, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::vec((names.clone(), inner), 0..5).prop_map(|fields| {
                Value::Object(
                    fields
                        .into_iter()
                        .map(|(name, value)| (name.to_owned(), value))
                        .collect(),
                )
            }),
        ]
    })
}

proptest! {
    #[test]
    fn what_is_written_is_read_again(steps in prop::collection::vec(step(), 0..6), seed in any::<u64>()) {
        let storyboard = Storyboard { steps, seed, url: Some("http://a.test/".to_owned()), ..Storyboard::default() };
        let yaml = storyboard.to_yaml().unwrap();
        prop_assert_eq!(&Storyboard::parse(&yaml).unwrap(), &storyboard, "{}", yaml);
        let json = storyboard.to_value().to_string();
        prop_assert_eq!(Storyboard::parse(&json).unwrap(), storyboard);
    }

    #[test]
    fn no_tree_makes_the_reader_panic(value in tree()) {
        let _ = Storyboard::from_value(value);
    }

    #[test]
    fn no_text_makes_the_reader_panic(text in ".{0,200}") {
        let _ = Storyboard::parse(&text);
    }
}
