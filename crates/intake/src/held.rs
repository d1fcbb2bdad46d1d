//! The messages that this worker is working on.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::message::Message;

/// The messages that this worker is working on; equal ones are counted. Clones are handles on the same list.
#[derive(Clone, Debug, Default)]
pub(crate) struct Held {
    messages: Arc<Mutex<HashMap<Message, usize>>>,
}

/// A message's place in it; it leaves when this is dropped.
#[derive(Debug)]
pub(crate) struct Holding {
    held: Held,
    message: Message,
}

impl Held {
    pub(crate) fn enter(&self, message: &Message) -> Holding {
        *self.messages().entry(message.clone()).or_default() += 1;
        Holding {
            held: self.clone(),
            message: message.clone(),
        }
    }

    pub(crate) fn count(&self) -> usize {
        self.messages().values().sum()
    }

    /// Those of `all` that nobody here is working on.
    pub(crate) fn strays(&self, all: Vec<Message>) -> Vec<Message> {
        let mut known = self.messages().clone();
        let is_stray = |message: &Message| match known.get_mut(message) {
            Some(left) if *left > 0 => {
                *left -= 1;
                false
            }
            _ => true,
        };
        all.into_iter().filter(is_stray).collect()
    }

    fn messages(&self) -> MutexGuard<'_, HashMap<Message, usize>> {
        self.messages.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Holding {
    fn drop(&mut self) {
        let mut messages = self.held.messages();
        if let Some(count) = messages.get_mut(&self.message) {
            *count -= 1;
            if *count == 0 {
                messages.remove(&self.message);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_messages_are_told_apart_by_their_number() {
        let message = |text: &str| Message::new(text.as_bytes().to_vec());
        let held = Held::default();
        let first = held.enter(&message("a"));
        let all = || vec![message("a"), message("a"), message("b")];
        assert_eq!(held.strays(all()), [message("a"), message("b")]);
        let second = held.enter(&message("a"));
        assert_eq!(held.strays(all()), [message("b")]);
        drop((first, second));
        assert_eq!((held.strays(all()).len(), held.count()), (3, 0));
    }
}
