//! A dead letter: a job that could not be read or done, and why.

use serde_json::json;
use store::Time;

use crate::link::Link;
use crate::message::Message;

/// The letter as it is kept, with everything that is needed to push the job again.
pub(crate) fn letter(link: &Link, message: &Message, reason: &str) -> String {
    json!({
        "reason": reason,
        "at": Time::now(),
        "worker": link.worker,
        "job": message.text(),
    })
    .to_string()
}
