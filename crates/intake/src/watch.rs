//! Tells how an intake stands, to health and metrics.

use std::fmt;
use std::time::Duration;

use redis::RedisError;

use crate::held::Held;
use crate::link::Link;

/// A Redis that says nothing for so long is taken for gone, by whoever asks.
const LIMIT: Duration = Duration::from_secs(2);

/// A look at an intake that goes on. Clones look at the same one.
#[derive(Clone)]
pub struct Watch {
    link: Link,
    held: Held,
}

/// How an intake stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    /// The list that it takes from.
    pub list: String,
    /// Jobs that were taken here and not answered yet.
    pub held: usize,
    /// How long the lists in Redis are; nothing when Redis does not answer.
    pub lists: Option<Lists>,
}

/// How long the lists in Redis are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lists {
    /// Jobs that nobody has taken.
    pub waiting: u64,
    /// Dead letters.
    pub dead: u64,
}

impl Watch {
    pub(crate) fn new(link: Link, held: Held) -> Self {
        Self { link, held }
    }

    pub(crate) fn list(&self) -> &str {
        self.link.keys.waiting()
    }

    /// How it stands; asks Redis, for two seconds at most.
    pub async fn state(&self) -> State {
        let lists = match tokio::time::timeout(LIMIT, self.lengths()).await {
            Ok(Ok(lists)) => Some(lists),
            Ok(Err(error)) => {
                tracing::warn!(%error, "Redis does not say how many jobs wait");
                None
            }
            Err(_) => {
                tracing::warn!("Redis does not answer");
                None
            }
        };
        State {
            list: self.list().to_owned(),
            held: self.held.count(),
            lists,
        }
    }

    async fn lengths(&self) -> Result<Lists, RedisError> {
        let keys = &self.link.keys;
        let (waiting, dead) = redis::pipe()
            .llen(keys.waiting())
            .llen(keys.dead())
            .query_async(&mut self.link.connection.clone())
            .await?;
        Ok(Lists { waiting, dead })
    }
}

impl fmt::Debug for Watch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Watch")
            .field("list", &self.list())
            .finish_non_exhaustive()
    }
}
