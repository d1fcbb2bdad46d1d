//! What a page said: console messages and uncaught exceptions, the newest ones, repeats counted.

use std::collections::VecDeque;
use std::time::SystemTime;

use serde::{Deserialize, Serialize};

use crate::stamp;

/// Longest text kept of one message or stack, in bytes; a page may log megabytes.
const TEXT_LIMIT: usize = 8 * 1024;

/// Where an entry came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ConsoleSource {
    /// A call of `console.*` or a message of the browser itself.
    Console,
    /// An exception that nothing caught, or a rejected promise.
    Exception,
}

/// One message of a page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ConsoleEntry {
    /// Console call or exception.
    pub source: ConsoleSource,
    /// `log`, `info`, `warning`, `error`, `debug` …, as the browser names it; `error` for exceptions.
    pub level: String,
    /// The message, its arguments joined by spaces.
    pub text: String,
    /// Script that it came from.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub url: Option<String>,
    /// Line in that script, from 1.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub line: Option<u32>,
    /// Column in that line, from 1.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub column: Option<u32>,
    /// Calls that led there, one a line.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub stack: Option<String>,
    /// When it was said for the first time.
    #[serde(with = "stamp")]
    pub at: SystemTime,
    /// How many times in a row.
    pub count: u32,
}

impl ConsoleEntry {
    /// Whether a person looking for faults wants to see it.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.source == ConsoleSource::Exception || self.level == "error" || self.level == "assert"
    }

    fn repeats(&self, other: &Self) -> bool {
        self.source == other.source
            && self.level == other.level
            && self.text == other.text
            && self.url == other.url
            && self.line == other.line
    }
}

/// The newest entries of a page, bounded in number and in bytes per entry.
#[derive(Debug)]
pub struct ConsoleRing {
    entries: VecDeque<ConsoleEntry>,
    limit: usize,
    total: u64,
}

impl ConsoleRing {
    /// Keeps the last `limit` entries (at least one).
    #[must_use]
    pub fn new(limit: usize) -> Self {
        Self {
            entries: VecDeque::new(),
            limit: limit.max(1),
            total: 0,
        }
    }

    /// Adds an entry; one equal to the newest only raises its count. Long texts are cut.
    pub fn push(&mut self, mut entry: ConsoleEntry) {
        self.total += 1;
        cut(&mut entry.text);
        if let Some(stack) = &mut entry.stack {
            cut(stack);
        }
        if let Some(last) = self.entries.back_mut().filter(|last| last.repeats(&entry)) {
            last.count = last.count.saturating_add(entry.count.max(1));
            return;
        }
        if self.entries.len() == self.limit {
            self.entries.pop_front();
        }
        entry.count = entry.count.max(1);
        self.entries.push_back(entry);
    }

    /// The entries, oldest first.
    #[must_use]
    pub fn entries(&self) -> Vec<ConsoleEntry> {
        self.entries.iter().cloned().collect()
    }

    /// Messages seen in all, also those that are gone.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.total
    }
}

fn cut(text: &mut String) {
    if text.len() <= TEXT_LIMIT {
        return;
    }
    let end = (0..=TEXT_LIMIT)
        .rev()
        .find(|&at| text.is_char_boundary(at))
        .unwrap_or(0);
    text.truncate(end);
    text.push('…');
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(text: &str) -> ConsoleEntry {
        ConsoleEntry {
            source: ConsoleSource::Console,
            level: "log".into(),
            text: text.into(),
            url: None,
            line: None,
            column: None,
            stack: None,
            at: SystemTime::UNIX_EPOCH,
            count: 1,
        }
    }

    #[test]
    fn repeats_are_counted_and_the_oldest_go() {
        let mut ring = ConsoleRing::new(2);
        for text in ["a", "b", "b", "b", "c"] {
            ring.push(entry(text));
        }
        let kept: Vec<_> = ring
            .entries()
            .into_iter()
            .map(|e| (e.text, e.count))
            .collect();
        assert_eq!(kept, [("b".to_owned(), 3), ("c".to_owned(), 1)]);
        assert_eq!(ring.total(), 5);
    }

    #[test]
    fn a_huge_message_is_cut_at_a_character() {
        let mut ring = ConsoleRing::new(1);
        ring.push(entry(&"ä".repeat(100_000)));
        let text = &ring.entries()[0].text;
        assert!(text.len() < TEXT_LIMIT + 8);
        assert!(text.ends_with("ä…"));
    }
}
