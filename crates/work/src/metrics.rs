//! What jobs add to the metrics of the process: how many ended and how, and how long an attempt took. Whoever installs a
//! recorder shows them; without one they cost nothing.

use std::time::Duration;

use metrics::{counter, describe_counter, describe_histogram, histogram};

use video::Capture;

use crate::retention::Kind;

/// Attempts at jobs, by kind and by how the attempt ended.
const ATTEMPTS: &str = "proscenium_job_attempts_total";
/// How long attempts took, by kind.
const SECONDS: &str = "proscenium_job_attempt_seconds";
/// Renders that ended, by status and by the word for why there is no output.
const RENDERS: &str = "proscenium_renders_total";
/// Films that ended, by status and by the word for why there is none.
const FILMS: &str = "proscenium_films_total";
/// Pictures a second that browsers delivered, of each film.
const FILM_RATE: &str = "proscenium_film_pictures_per_second";
/// Pictures of films, by what became of them.
const FILM_PICTURES: &str = "proscenium_film_pictures_total";

/// Films whose files were removed, by why.
const FILMS_EXPIRED: &str = "proscenium_films_expired_total";
/// Bytes of those files, by why.
const FILMS_EXPIRED_BYTES: &str = "proscenium_films_expired_bytes_total";
/// Renders whose outputs were removed, by why.
const RENDERS_EXPIRED: &str = "proscenium_renders_expired_total";
/// Bytes of those outputs, by why.
const RENDERS_EXPIRED_BYTES: &str = "proscenium_renders_expired_bytes_total";

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
    describe_histogram!(
        FILM_RATE,
        "Pictures a second that the browser delivered while a film was made, by way: screencast, begin-frame"
    );
    describe_counter!(
        FILM_PICTURES,
        "Pictures that browsers delivered for films, by what became of them: shown, dropped, late, merged"
    );
    describe_counter!(
        FILMS_EXPIRED,
        "Films whose files were removed, by why: age, space"
    );
    describe_counter!(
        FILMS_EXPIRED_BYTES,
        "Bytes of films' files that were removed, by why"
    );
    describe_counter!(
        RENDERS_EXPIRED,
        "Renders whose outputs were removed, by why: age, space"
    );
    describe_counter!(
        RENDERS_EXPIRED_BYTES,
        "Bytes of renders' outputs that were removed, by why"
    );
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

/// A film was made of pictures of a page.
pub(crate) fn filmed(capture: &Capture) {
    let Capture {
        way,
        delivered,
        dropped,
        late,
        merged,
        achieved_fps,
    } = capture;
    histogram!(FILM_RATE, "way" => *way).record(*achieved_fps);
    let shown = delivered.saturating_sub(dropped + late + merged);
    for (what, count) in [
        ("shown", shown),
        ("dropped", *dropped),
        ("late", *late),
        ("merged", *merged),
    ] {
        counter!(FILM_PICTURES, "what" => what).increment(count);
    }
}

/// Files are removed.
pub(crate) fn expired(kind: Kind, why: &'static str, count: u64, bytes: u64) {
    let (total, total_bytes) = match kind {
        Kind::Films => (FILMS_EXPIRED, FILMS_EXPIRED_BYTES),
        Kind::Renders => (RENDERS_EXPIRED, RENDERS_EXPIRED_BYTES),
    };
    counter!(total, "why" => why).increment(count);
    counter!(total_bytes, "why" => why).increment(bytes);
}
