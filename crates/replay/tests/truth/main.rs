//! A green run means that it worked. For each kind of step and each check there is a page on which it has to be red; on
//! pages that were changed in every way nothing else is ever acted on and nothing is reported passed that was not done.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot be set up has failed"
)]

#[path = "../play/support.rs"]
mod support;

mod faults;
mod mutants;
mod mutation_run;
mod red;
