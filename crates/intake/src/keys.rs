//! The names of all keys in Redis.

/// The names of all keys of one list.
#[derive(Clone, Debug)]
pub(crate) struct Keys {
    list: String,
}

impl Keys {
    pub(crate) fn of(list: &str) -> Self {
        Self {
            list: list.to_owned(),
        }
    }

    /// Jobs that wait.
    pub(crate) fn waiting(&self) -> &str {
        &self.list
    }

    /// Names of workers that have taken jobs.
    pub(crate) fn workers(&self) -> String {
        format!("{}:workers", self.list)
    }

    /// Is there while the worker beats.
    pub(crate) fn alive(&self, worker: &str) -> String {
        format!("{}:alive:{worker}", self.list)
    }

    /// Jobs that the worker has not answered yet.
    pub(crate) fn processing(&self, worker: &str) -> String {
        format!("{}:processing:{worker}", self.list)
    }

    /// The answer to a job with an id.
    pub(crate) fn result(&self, id: &str) -> String {
        format!("{}:result:{id}", self.list)
    }

    /// Answers to jobs without one.
    pub(crate) fn results(&self) -> String {
        format!("{}:results", self.list)
    }

    /// Jobs that could not be read or done, with the reason.
    pub(crate) fn dead(&self) -> String {
        format!("{}:dead", self.list)
    }
}
