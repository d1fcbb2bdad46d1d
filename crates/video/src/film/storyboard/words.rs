//! Steps in words, for errors, progress and results.

use std::fmt;

use super::document::{Action, Click, Goto, Highlight, Pause, Scroll, Tab, Type, Wait, Zoom};

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Wait(Wait::Time(time)) => write!(f, "wait {} s", time.as_secs_f64()),
            Self::Wait(Wait::Element(target)) => write!(f, "wait for {target}"),
            Self::Scroll(Scroll::By(far)) => write!(f, "scroll by {far} px"),
            Self::Scroll(Scroll::Position(y)) => write!(f, "scroll to {y} px"),
            Self::Scroll(Scroll::Top) => f.write_str("scroll to the top"),
            Self::Scroll(Scroll::Bottom) => f.write_str("scroll to the bottom"),
            Self::Scroll(Scroll::To(target)) => write!(f, "scroll to {target}"),
            Self::Hover(target) => write!(f, "hover {target}"),
            Self::Click(Click { target, .. }) => write!(f, "click {target}"),
            Self::Type(Type { into, .. }) => write!(f, "type into {into}"),
            Self::Highlight(Highlight(target)) => write!(f, "highlight {target}"),
            Self::Zoom(Zoom::On(target, _)) => write!(f, "zoom to {target}"),
            Self::Zoom(Zoom::Out) => f.write_str("zoom out"),
            Self::Caption(words) => write!(f, "caption {words:?}"),
            Self::Chapter(words) => write!(f, "chapter {words:?}"),
            Self::Pause(Pause(time)) => write!(f, "pause {} s", time.as_secs_f64()),
            Self::Goto(Goto(url)) => write!(f, "go to {url}"),
            Self::Tab(Tab::Close) => f.write_str("close the tab"),
            Self::Tab(Tab::Number(number)) => write!(f, "go to tab {number}"),
        }
    }
}
