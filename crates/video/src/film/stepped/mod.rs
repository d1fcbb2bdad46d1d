//! The virtual clock: a page whose time stands still until the film's next frame is wanted, and a browser that draws it on
//! command. Nothing is left out and nothing is late, however slow the machine is.

mod page;
mod stepper;
mod ticks;
mod traffic;

pub(crate) use page::script;
pub(crate) use stepper::Stepper;
