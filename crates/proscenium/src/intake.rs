//! Render jobs from a list in Redis, by the settings of the environment.

use std::time::Duration;

use anyhow::{Context as _, bail};
use browser::Progress;
use delivery::Delivery;
use intake::{Config, Intake};
use store::Store;
use video::{LONGEST_TIME_LIMIT, SHORTEST_TIME_LIMIT};
use work::RenderDesk;

use crate::studio::Workers;

/// How long all browsers together may take to start on a busy machine.
const WARM_LIMIT: std::time::Duration = std::time::Duration::from_secs(120);

/// Starts to take jobs when the environment names a Redis. Browsers are started first: the first job need not wait.
pub(crate) async fn start(
    store: &Store,
    delivery: Option<Delivery>,
    workers: &Workers,
    at_once: usize,
) -> anyhow::Result<Option<Intake>> {
    const DOING: &str = "no render jobs can be taken from Redis";
    let Some(config) = Config::read(|name| std::env::var(name).ok()).context(DOING)? else {
        return Ok(None);
    };
    if delivery.is_none() {
        anyhow::bail!(
            "{DOING}: their outputs have no place to go. Set PROSCENIUM_STORAGE and PROSCENIUM_CDN_URL, or leave out PROSCENIUM_REDIS_URL and REDIS_URL"
        );
    }
    if at_once == 0 {
        anyhow::bail!("{DOING}: this worker makes no renders. Give --renders a number above 0");
    }
    workers
        .warm(&Progress::with_timeout(WARM_LIMIT))
        .await
        .context(DOING)?;
    let desk = RenderDesk::new(store.clone(), delivery);
    let intake = Intake::start(config, desk, store.clone(), at_once).await;
    intake.context(DOING).map(Some)
}

/// How many browsers the former render service's setting asks for.
pub(crate) fn pool_size() -> anyhow::Result<Option<usize>> {
    match std::env::var("BROWSER_POOL_SIZE") {
        Ok(text) if !text.trim().is_empty() => {
            let size = text.trim().parse();
            let size = size.with_context(|| format!("BROWSER_POOL_SIZE: {text:?} is no number"))?;
            Ok(Some(size))
        }
        _ => Ok(None),
    }
}

/// How long a job without a time limit of its own may take, by the former render service's setting.
pub(crate) fn time_limit() -> anyhow::Result<Option<Duration>> {
    match std::env::var("CONTEXT_TIMEOUT") {
        Ok(text) => read_time_limit(&text),
        Err(_) => Ok(None),
    }
}

fn read_time_limit(text: &str) -> anyhow::Result<Option<Duration>> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let limit = text.parse().map(Duration::from_millis);
    let limit = limit
        .with_context(|| format!("CONTEXT_TIMEOUT: {text:?} is no whole number of milliseconds"))?;
    if !(SHORTEST_TIME_LIMIT..=LONGEST_TIME_LIMIT).contains(&limit) {
        bail!(
            "CONTEXT_TIMEOUT: {text} ms is not between {} ms and {} ms",
            SHORTEST_TIME_LIMIT.as_millis(),
            LONGEST_TIME_LIMIT.as_millis()
        );
    }
    Ok(Some(limit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_limit_is_milliseconds_within_what_a_job_may_say() {
        let read = |text: &str| read_time_limit(text).map_err(|error| error.to_string());
        assert_eq!(read("300000"), Ok(Some(Duration::from_secs(300))));
        assert_eq!(read(" "), Ok(None));
        for wrong in ["5m", "-1", "5", "99999999999"] {
            let error = read(wrong).expect_err(wrong);
            assert!(error.starts_with("CONTEXT_TIMEOUT: "), "{error}");
        }
    }
}
