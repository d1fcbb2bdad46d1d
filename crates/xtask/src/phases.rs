//! How long each part of a longer task took.

use std::time::{Duration, Instant};

use anyhow::Result;

/// The parts so far, in order.
pub(crate) struct Phases {
    done: Vec<(String, Duration, bool)>,
}

impl Phases {
    pub(crate) fn new() -> Self {
        Self { done: Vec::new() }
    }

    pub(crate) fn time<T>(&mut self, name: &str, part: impl FnOnce() -> Result<T>) -> Result<T> {
        eprintln!("\n== {name}");
        let start = Instant::now();
        let result = part();
        self.done
            .push((name.to_owned(), start.elapsed(), result.is_ok()));
        result
    }

    pub(crate) fn report(&self) {
        eprintln!("\n== timing");
        for (name, took, ok) in &self.done {
            let mark = if *ok { "ok" } else { "FAILED" };
            eprintln!("{:>8.1} s  {mark:6}  {name}", took.as_secs_f64());
        }
    }
}
