//! What a storyboard says.

use std::time::Duration;

use serde_json::{Map, Value};

use super::aim::Aim;
use super::target::Target;
use crate::film::look::Look;
use crate::film::pace::Pace;
use crate::sound::Soundtrack;

/// What happens in a film.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Storyboard {
    /// Shown before anything else.
    pub title: Option<Title>,
    /// Where it begins.
    pub url: Option<String>,
    /// What the small differences of a human hand are drawn from.
    pub seed: u64,
    /// How the film looks; the order's look where it says nothing.
    pub look: Option<Look>,
    /// How fast things are done; the order's pace where it says nothing.
    pub pace: Option<Pace>,
    /// What is heard: paths, as seen from the document. They are taken only by who gives them to the order.
    pub sound: Option<Soundtrack>,
    /// The film is at least so long.
    pub length: Option<Duration>,
    /// What is done, in order.
    pub steps: Vec<Step>,
    /// Fields that are not known here; they are kept.
    pub extra: Map<String, Value>,
}

/// A card before everything else.
#[derive(Debug, Clone, PartialEq)]
pub struct Title {
    /// Large.
    pub text: String,
    /// Smaller, below it.
    pub subtitle: Option<String>,
    /// How long it stays.
    pub duration: Option<Duration>,
}

/// One thing that is done.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// What.
    pub action: Action,
    /// Words that are shown meanwhile.
    pub caption: Option<String>,
    /// When it begins, from the film's first frame; after the step before when left out, or when that takes longer.
    pub at: Option<Duration>,
    /// How long it takes; as long as a person needs when left out.
    pub duration: Option<Duration>,
    /// Fields that are not known here; they are kept.
    pub extra: Map<String, Value>,
}

/// What is done.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// Waits for an element, or so long.
    Wait(Wait),
    /// Scrolls the page.
    Scroll(Scroll),
    /// Moves the pointer somewhere.
    Hover(Aim),
    /// Clicks somewhere.
    Click(Click),
    /// Types into a field.
    Type(Type),
    /// Draws a box around an element.
    Highlight(Highlight),
    /// Goes near an element, or shows everything again.
    Zoom(Zoom),
    /// Shows words.
    Caption(String),
    /// Begins a part of the film.
    Chapter(String),
    /// Does nothing for a while.
    Pause(Pause),
    /// Opens another address.
    Goto(Goto),
    /// Goes to another tab.
    Tab(Tab),
}

/// What is waited for.
#[derive(Debug, Clone, PartialEq)]
pub enum Wait {
    /// Time.
    Time(Duration),
    /// An element that can be seen.
    Element(Target),
}

/// Where the page is scrolled to.
#[derive(Debug, Clone, PartialEq)]
pub enum Scroll {
    /// So many CSS pixels further down; less than zero goes up.
    By(f64),
    /// Until so many CSS pixels of the page are above the view.
    Position(f64),
    /// To the beginning.
    Top,
    /// To the end.
    Bottom,
    /// Until an element is in the middle.
    To(Target),
}

/// A click.
#[derive(Debug, Clone, PartialEq)]
pub struct Click {
    /// On what.
    pub target: Aim,
    /// Whether a box is drawn around it first.
    pub highlight: bool,
}

/// Typing.
#[derive(Debug, Clone, PartialEq)]
pub struct Type {
    /// What.
    pub text: String,
    /// Into which field.
    pub into: Target,
}

/// A box around an element.
#[derive(Debug, Clone, PartialEq)]
pub struct Highlight(pub Target);

/// Where the view goes.
#[derive(Debug, Clone, PartialEq)]
pub enum Zoom {
    /// Near an element, so many times as large; as fits when left out.
    On(Target, Option<f64>),
    /// Back to everything.
    Out,
}

/// Which tab is in front.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tab {
    /// The one in front closes; the one that opened it is there again, or the one that was there before.
    Close,
    /// The one with this number among those that are open, the oldest of which is 1.
    Number(usize),
}

/// A while.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pause(pub Duration);

/// Another address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Goto(pub String);

impl Storyboard {
    /// The index of the first step about another tab, which a clock that waits does not film.
    pub fn first_of_tabs(&self) -> Option<usize> {
        let is_of_tabs = |step: &Step| matches!(step.action, Action::Tab(_));
        self.steps.iter().position(is_of_tabs)
    }
}

impl Step {
    /// A step that takes as long as it takes.
    pub fn new(action: Action) -> Self {
        Self {
            action,
            caption: None,
            at: None,
            duration: None,
            extra: Map::new(),
        }
    }

    /// With words.
    #[must_use]
    pub fn captioned(mut self, caption: impl Into<String>) -> Self {
        self.caption = Some(caption.into());
        self
    }

    /// Beginning then.
    #[must_use]
    pub fn starting(mut self, at: Duration) -> Self {
        self.at = Some(at);
        self
    }

    /// Taking so long.
    #[must_use]
    pub fn lasting(mut self, duration: Duration) -> Self {
        self.duration = Some(duration);
        self
    }
}
