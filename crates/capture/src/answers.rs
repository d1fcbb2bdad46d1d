//! The answers to a page's requests, in the order in which they came, for those who wait for one.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use browser::ResponseInfo;
use tokio::sync::watch;

/// Answers remembered of a page; who waits looks at them much sooner.
const REMEMBERED: usize = 500;

/// The head of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Its place in the order of the page's answers, from 1.
    pub number: u64,
    /// Address of the request.
    pub url: String,
    /// 200.
    pub status: u16,
}

/// The answers of a page. Clones share what was seen.
#[derive(Debug, Clone)]
pub struct Answers {
    seen: Arc<Mutex<VecDeque<Answer>>>,
    count: watch::Sender<u64>,
}

impl Default for Answers {
    fn default() -> Self {
        Self {
            seen: Arc::default(),
            count: watch::Sender::new(0),
        }
    }
}

impl Answers {
    pub(crate) fn push(&self, info: &ResponseInfo) {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.len() == REMEMBERED {
            seen.pop_front();
        }
        let number = *self.count.borrow() + 1;
        seen.push_back(Answer {
            number,
            url: info.url.clone(),
            status: info.status,
        });
        // Under the same lock, so that no number is given twice.
        self.count.send_replace(number);
    }

    /// How many have come.
    #[must_use]
    pub fn count(&self) -> u64 {
        *self.count.borrow()
    }

    /// The first answer after the one with this number that `wanted` takes; waits until it has come. Never ends when it
    /// does not come.
    pub async fn after(&self, number: u64, wanted: impl Fn(&Answer) -> bool) -> Answer {
        let mut count = self.count.subscribe();
        loop {
            count.borrow_and_update();
            let found = {
                let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
                seen.iter()
                    .find(|answer| answer.number > number && wanted(answer))
                    .cloned()
            };
            if let Some(answer) = found {
                return answer;
            }
            // The sender lives as long as this does.
            let _ = count.changed().await;
        }
    }
}
