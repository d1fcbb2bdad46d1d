//! What monitoring asks for, as Prometheus reads it: what the parts of this process have counted, and how things stand at the
//! moment of asking.

use std::sync::OnceLock;
use std::time::Instant;

use delivery::Delivery;

use metrics::{counter, describe_counter, describe_gauge, gauge};
use metrics_exporter_prometheus::{BuildError, Matcher, PrometheusBuilder, PrometheusHandle};
use session::{SessionHandle, SessionManager};
use store::{Store, StoreError};
use video::RendererPool;

/// Seconds; from a small picture to a long film.
const BUCKETS: [f64; 13] = [
    0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0, 900.0,
];

/// Pictures a second; screens show 60.
const RATES: [f64; 9] = [1.0, 5.0, 10.0, 15.0, 20.0, 24.0, 30.0, 45.0, 60.0];

/// Bytes of films' files.
const FILMS_BYTES: &str = "proscenium_films_bytes";
/// Bytes of renders' outputs.
const RENDERS_BYTES: &str = "proscenium_renders_bytes";

/// What renders are drawn with.
const DRAWN_BY: &str = "proscenium_render_browsers_drawn_by_total";
/// Jobs of the list in Redis.
const INTAKE_JOBS: &str = "proscenium_intake_jobs";

/// What is looked at when somebody asks.
#[derive(Clone, Copy)]
pub(crate) struct Seen<'a> {
    pub(crate) store: &'a Store,
    /// Nothing in a process without live sessions.
    pub(crate) sessions: Option<&'a SessionManager>,
    pub(crate) renderers: Option<&'a RendererPool>,
    pub(crate) delivery: Option<&'a Delivery>,
    pub(crate) intake: Option<&'a intake::Watch>,
    /// When the process began.
    pub(crate) started: Instant,
}

/// The recorder of the process: there is one, however many servers run in it.
static RECORDER: OnceLock<Option<PrometheusHandle>> = OnceLock::new();

/// Begins to count. Only what happens from now on is seen.
pub(crate) fn install() {
    RECORDER.get_or_init(|| match recorder() {
        Ok(handle) => Some(handle),
        Err(error) => {
            tracing::error!(%error, "metrics are not counted");
            None
        }
    });
}

fn recorder() -> Result<PrometheusHandle, Box<dyn std::error::Error>> {
    let built: Result<_, BuildError> = PrometheusBuilder::new()
        .set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), &BUCKETS)
        .and_then(|builder| {
            let rates = Matcher::Suffix("_per_second".to_owned());
            builder.set_buckets_for_metric(rates, &RATES)
        })
        .map(PrometheusBuilder::build_recorder);
    let recorder = built?;
    let handle = recorder.handle();
    metrics::set_global_recorder(recorder)?;
    work::describe_metrics();
    describe();
    Ok(handle)
}

fn describe() {
    describe_gauge!(
        "proscenium_jobs",
        "Jobs by queue and state, in the whole studio"
    );
    describe_gauge!("proscenium_sessions", "Live sessions of this process");
    describe_gauge!(
        "proscenium_recorder_reports_waiting",
        "What pages told and recorders have not written down yet"
    );
    describe_gauge!(
        "proscenium_uptime_seconds",
        "Seconds since this process began to serve, or to work"
    );
    describe_gauge!(
        "proscenium_render_places",
        "Renders that this process makes at once"
    );
    describe_gauge!("proscenium_render_places_busy", "Renders that it makes now");
    describe_counter!(
        "proscenium_render_browsers_started_total",
        "Browsers started to render"
    );
    describe_counter!(
        "proscenium_render_browsers_replaced_total",
        "Browsers that were replaced, by reason: jobs, age, memory, cpu, scale, page, crash"
    );
    describe_counter!(
        DRAWN_BY,
        "Browsers started to render, by what draws in them: a GPU's name, or software"
    );
    describe_gauge!(
        INTAKE_JOBS,
        "Jobs of the list in Redis: waiting, held by this process, dead letters"
    );
    describe_gauge!(
        "proscenium_intake_connected",
        "Whether Redis answers: 1, or 0"
    );
    describe_counter!(
        "proscenium_deliveries_total",
        "Outputs by what became of them: stored, not-stored, verified, not-verified"
    );
    describe_counter!(
        "proscenium_delivery_fetches_total",
        "How often public addresses were fetched to look at what they show"
    );
    describe_gauge!(
        "proscenium_memory_bytes",
        "Memory that is held, by whom: server, browsers (with everything else that it started)"
    );
    describe_gauge!(
        FILMS_BYTES,
        "Bytes that the files of films take, by what holds them: all, pinned, deleted"
    );
    describe_gauge!(
        RENDERS_BYTES,
        "Bytes that the outputs of renders take, by what holds them: all, pinned, deleted"
    );
    describe_counter!(
        "proscenium_cpu_seconds_total",
        "Processor time of the server itself"
    );
}

/// Everything that is known, as text; nothing when another recorder had been installed before.
pub(crate) async fn text(seen: Seen<'_>) -> Result<Option<String>, StoreError> {
    let Some(Some(handle)) = RECORDER.get() else {
        return Ok(None);
    };
    for (queue, state, count) in seen.store.jobs().by_queue().await? {
        gauge!("proscenium_jobs", "queue" => queue, "state" => state.as_str()).set(of(count));
    }
    if let Some(sessions) = seen.sessions {
        let sessions = sessions.list();
        let waiting = sessions.iter().map(SessionHandle::reports_waiting);
        gauge!("proscenium_recorder_reports_waiting").set(of(waiting.sum::<usize>() as u64));
        gauge!("proscenium_sessions").set(of(sessions.len() as u64));
    }
    gauge!("proscenium_uptime_seconds").set(seen.started.elapsed().as_secs_f64());
    if let Some(pool) = seen.renderers {
        renderers(pool);
    }
    if let Some(intake) = seen.intake {
        taken_in(&intake.state().await);
    }
    if let Some(delivery) = seen.delivery {
        let counts = delivery.counts();
        for (what, count) in [
            ("stored", counts.stored),
            ("not-stored", counts.not_stored),
            ("verified", counts.verified),
            ("not-verified", counts.not_verified),
        ] {
            counter!("proscenium_deliveries_total", "what" => what).absolute(count);
        }
        counter!("proscenium_delivery_fetches_total").absolute(counts.fetches);
    }
    let films = seen.store.films().totals().await?;
    let renders = seen.store.renders().totals().await?;
    for (name, totals) in [(FILMS_BYTES, films), (RENDERS_BYTES, renders)] {
        gauge!(name, "of" => "all").set(of(totals.bytes));
        gauge!(name, "of" => "pinned").set(of(totals.pinned_bytes));
        gauge!(name, "of" => "deleted").set(of(totals.deleted_bytes));
    }
    let usage = video::usage_of_this_process().await;
    if let Some(usage) = usage {
        gauge!("proscenium_memory_bytes", "of" => "server").set(of(usage.own_bytes));
        gauge!("proscenium_memory_bytes", "of" => "browsers").set(of(usage.started_bytes));
        counter!("proscenium_cpu_seconds_total").absolute(usage.own_cpu_seconds);
    }
    handle.run_upkeep();
    Ok(Some(handle.render()))
}

fn renderers(pool: &RendererPool) {
    let state = pool.state();
    gauge!("proscenium_render_places").set(of(state.size as u64));
    gauge!("proscenium_render_places_busy").set(of(state.busy as u64));
    counter!("proscenium_render_browsers_started_total").absolute(state.started);
    for (reason, count) in state.replaced {
        let reason = reason.as_str();
        counter!("proscenium_render_browsers_replaced_total", "reason" => reason).absolute(count);
    }
    for (drawn_by, count) in state.drawn_by {
        counter!(DRAWN_BY, "drawn_by" => drawn_by).absolute(count);
    }
}

fn taken_in(state: &intake::State) {
    gauge!("proscenium_intake_connected").set(of(u64::from(state.lists.is_some())));
    gauge!(INTAKE_JOBS, "state" => "held").set(of(state.held as u64));
    if let Some(lists) = state.lists {
        gauge!(INTAKE_JOBS, "state" => "waiting").set(of(lists.waiting));
        gauge!(INTAKE_JOBS, "state" => "dead").set(of(lists.dead));
    } else {
        // Nobody may take old figures for those of now.
        for state in ["waiting", "dead"] {
            gauge!(INTAKE_JOBS, "state" => state).set(f64::NAN);
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^53")]
fn of(count: u64) -> f64 {
    count as f64
}
