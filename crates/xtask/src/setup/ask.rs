//! One question before anything is installed.

use std::env;
use std::io::{self, BufRead as _, IsTerminal as _, Write as _};

use anyhow::{Result, bail};

/// Whether the person at the terminal agrees; `CI=true` agrees without being asked.
pub(crate) fn agree(question: &str) -> Result<bool> {
    if env::var("CI").is_ok_and(|value| value == "true" || value == "1") {
        return Ok(true);
    }
    if !io::stdin().is_terminal() {
        bail!(
            "{question} Nobody is here to answer: run `make setup` in a terminal, or set CI=true"
        );
    }
    eprint!("{question} [Y/n] ");
    io::stderr().flush()?;
    let mut answer = String::new();
    io::stdin().lock().read_line(&mut answer)?;
    Ok(matches!(
        answer.trim().to_ascii_lowercase().as_str(),
        "" | "y" | "yes"
    ))
}
