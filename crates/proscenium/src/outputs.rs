//! Where outputs of renders, and films, go, by the settings of the environment.

use anyhow::Context as _;
use delivery::{Config, Delivery};

/// What the environment says; nothing when it says nothing, and outputs stay in the data folder.
pub(crate) fn delivery() -> anyhow::Result<Option<Delivery>> {
    const DOING: &str = "renders and films have no place to go";
    let config = Config::read(|name| std::env::var(name).ok()).context(DOING)?;
    config
        .map(|config| Delivery::new(config).context(DOING))
        .transpose()
}
