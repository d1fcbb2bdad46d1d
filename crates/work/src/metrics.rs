//! What jobs add to the metrics of the process: how many ended and how, and how long an attempt took. Whoever installs a
//! recorder shows them; without one they cost nothing.

use std::time::Duration;

use metrics::{counter, describe_counter, describe_histogram, histogram};

/// Attempts at jobs, by kind and by how the attempt ended.
const ATTEMPTS: &str = "proscenium_job_attempts_total";
/// How long attempts took, by kind.
const SECONDS: &str = "proscenium_job_attempt_seconds";
/// Renders that ended, by status and by the word for why there is no output.
const RENDERS: &str = "proscenium_renders_total";
/// Films that ended, by status and by the word for why there is none.
const FILMS: &str = "proscenium_films_total";

/// Films whose files were removed, by why.
const EXPIRED: &str = "proscenium_films_expired_total";
/// Bytes of those files, by why.
const EXPIRED_BYTES: &str = "proscenium_films_expired_bytes_total";

/// Says what the metrics of jobs are, to the recorder of the process.
pub fn describe_metrics() {
    describe_counter!(
        ATTEMPTS,
        "Attempts at jobs, by kind and outcome: ended, retried, given-up, lost, broken"
    );
    describe_histogram!(SECONDS, "Seconds that an attempt at a job took, by kind");
    describe_counter!(
        RENDERS,
        "Renders that ended, by status and code: timeouts and crashes of browsers are codes"
    );
    describe_counter!(FILMS, "Films that ended, by status and code");
    describe_counter!(
        EXPIRED,
        "Films whose files were removed, by why: age, space"
    );
    describe_counter!(EXPIRED_BYTES, "Bytes of files that were removed, by why");
}

pub(crate) fn attempt(kind: &'static str, outcome: &'static str, took: Duration) {
    counter!(ATTEMPTS, "kind" => kind, "outcome" => outcome).increment(1);
    histogram!(SECONDS, "kind" => kind).record(took.as_secs_f64());
}

/// A render ended; the code is empty when it is done.
pub(crate) fn render(status: &'static str, code: &str) {
    counter!(RENDERS, "status" => status, "code" => code.to_owned()).increment(1);
}

/// A film ended; the code is empty when it is done.
pub(crate) fn film(status: &'static str, code: &str) {
    counter!(FILMS, "status" => status, "code" => code.to_owned()).increment(1);
}

/// A film's files are removed.
pub(crate) fn expired(why: &'static str, bytes: u64) {
    counter!(EXPIRED, "why" => why).increment(1);
    counter!(EXPIRED_BYTES, "why" => why).increment(bytes);
}
