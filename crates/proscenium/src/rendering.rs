//! How renders are made, by the arguments and by the former render service's settings of the environment.

use std::time::Duration;

use anyhow::{Context as _, bail};
use video::{BrowserLimits, LEAST_MEMORY, LONGEST_TIME_LIMIT, SHORTEST_TIME_LIMIT};

use crate::studio::Rendering;
use crate::{gpu, keep};

/// Renders at once when nothing is said.
const RENDERS: usize = 2;

/// How renders are made by `serve` and `worker`.
#[derive(clap::Args)]
pub(crate) struct RenderArgs {
    /// How many renders are made at once, each in a browser of its own; 2 when nothing is said. 0 leaves them to other
    /// processes.
    ///
    /// The former render service's `BROWSER_POOL_SIZE` counts where this is not given.
    #[arg(long, value_name = "N", env = "PROSCENIUM_RENDERS")]
    renders: Option<usize>,
    /// How much memory the browsers of one render may take: 3GB when nothing is said, 269MB at least. A job may ask for less
    /// (`maxMemory`).
    #[arg(long, value_name = "SIZE", env = "PROSCENIUM_RENDER_MEMORY", value_parser = memory)]
    render_memory: Option<u64>,
}

impl RenderArgs {
    /// How many renders are made at once.
    pub(crate) fn at_once(&self) -> anyhow::Result<usize> {
        match self.renders {
            Some(renders) => Ok(renders),
            None => Ok(pool_size()?.unwrap_or(RENDERS)),
        }
    }

    /// How they are made. Where a GPU may draw, a browser is started to see whether it does.
    pub(crate) async fn rendering(&self) -> anyhow::Result<Rendering> {
        let usual = BrowserLimits::default();
        Ok(Rendering {
            usual_limit: time_limit()?.unwrap_or(video::USUAL_TIME_LIMIT),
            limits: BrowserLimits {
                memory: self.render_memory.unwrap_or(usual.memory),
                ..usual
            },
            graphics: gpu::graphics(None).await?,
        })
    }
}

fn memory(text: &str) -> Result<u64, String> {
    let bytes = keep::bytes(text)?;
    if bytes < LEAST_MEMORY {
        return Err(format!(
            "a browser needs more to draw anything: at least {} MB",
            LEAST_MEMORY.div_ceil(1_000_000)
        ));
    }
    Ok(bytes)
}

/// How many browsers the former render service's setting asks for.
fn pool_size() -> anyhow::Result<Option<usize>> {
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
fn time_limit() -> anyhow::Result<Option<Duration>> {
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
    fn memory_has_a_unit_and_is_enough_for_a_browser() {
        assert_eq!(memory("2GB"), Ok(2_000_000_000));
        for wrong in ["100MB", "2", "0GB", "much"] {
            assert!(memory(wrong).is_err(), "{wrong}");
        }
    }

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
