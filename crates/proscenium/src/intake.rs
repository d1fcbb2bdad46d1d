//! Render jobs from a list in Redis, by the settings of the environment.

use anyhow::Context as _;
use delivery::Delivery;
use intake::{Config, Intake};
use store::Store;
use work::RenderDesk;

use crate::studio::Workers;

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
    workers.warm().await.context(DOING)?;
    let desk = RenderDesk::new(store.clone(), delivery);
    let intake = Intake::start(config, desk, store.clone(), at_once).await;
    intake.context(DOING).map(Some)
}
