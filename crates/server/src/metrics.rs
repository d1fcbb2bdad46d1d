//! What monitoring asks for, as Prometheus reads it: what the parts of this process have counted, and how things stand at the
//! moment of asking.

use std::sync::OnceLock;

use metrics::{counter, describe_counter, describe_gauge, gauge};
use metrics_exporter_prometheus::{BuildError, Matcher, PrometheusBuilder, PrometheusHandle};
use session::SessionHandle;
use store::StoreError;
use video::RendererPool;

use crate::app::App;

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
        "Seconds since this process began to serve"
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
        "Browsers that were replaced, by reason: jobs, age, memory, scale, page, crash"
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
pub(crate) async fn text(app: &App) -> Result<Option<String>, StoreError> {
    let Some(Some(handle)) = RECORDER.get() else {
        return Ok(None);
    };
    for (queue, state, count) in app.store().jobs().by_queue().await? {
        gauge!("proscenium_jobs", "queue" => queue, "state" => state.as_str()).set(of(count));
    }
    let sessions = app.sessions().list();
    let waiting = sessions.iter().map(SessionHandle::reports_waiting);
    gauge!("proscenium_recorder_reports_waiting").set(of(waiting.sum::<usize>() as u64));
    gauge!("proscenium_sessions").set(of(sessions.len() as u64));
    gauge!("proscenium_uptime_seconds").set(app.started().elapsed().as_secs_f64());
    if let Some(pool) = &app.options().renderers {
        renderers(pool);
    }
    if let Some(delivery) = &app.options().delivery {
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
    let films = app.store().films().totals().await?;
    let renders = app.store().renders().totals().await?;
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
}

#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^53")]
fn of(count: u64) -> f64 {
    count as f64
}
