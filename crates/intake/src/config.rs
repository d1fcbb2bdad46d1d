//! Where jobs are taken from, read from named settings once and checked.

use std::fmt;
use std::time::Duration;

use ids::JobId;
use redis::IntoConnectionInfo as _;

use crate::error::ConfigError;

/// The list when nothing else is said: that of the former render service.
const USUAL_LIST: &str = "playwright-jobs";

/// Where jobs are taken from.
#[derive(Clone)]
pub struct Config {
    /// May hold a password.
    pub(crate) url: String,
    /// The list that producers push to.
    pub list: String,
    /// Names this process among all that take from the list; no two have the same.
    pub worker: String,
    /// A worker that was silent for so long is dead, and its jobs are taken up.
    pub silence: Duration,
}

impl Config {
    /// Jobs of this list on this Redis.
    ///
    /// # Errors
    /// [`ConfigError::Address`].
    pub fn new(url: &str, list: &str, worker: &str) -> Result<Self, ConfigError> {
        Self::named("the address", url, list, worker)
    }

    /// Reads the settings by their names. Nothing when none of them names a Redis.
    ///
    /// `PROSCENIUM_REDIS_URL` and `PROSCENIUM_REDIS_LIST`; the names of the former render service (`REDIS_URL`,
    /// `REDIS_QUEUE_NAME`, `SERVICE_ID`) count where the product's own are not set.
    ///
    /// # Errors
    /// [`ConfigError::Address`].
    pub fn read(setting: impl Fn(&str) -> Option<String>) -> Result<Option<Self>, ConfigError> {
        let setting = |name: &str| setting(name).filter(|value| !value.trim().is_empty());
        let first = |names: [&'static str; 2]| {
            names
                .into_iter()
                .find_map(|name| Some((name, setting(name)?)))
        };
        let Some((name, url)) = first(["PROSCENIUM_REDIS_URL", "REDIS_URL"]) else {
            return Ok(None);
        };
        let list = first(["PROSCENIUM_REDIS_LIST", "REDIS_QUEUE_NAME"]);
        let list = list.map_or_else(|| USUAL_LIST.to_owned(), |(_, list)| list);
        let worker = setting("SERVICE_ID").unwrap_or_else(|| "proscenium".to_owned());
        Self::named(name, &url, &list, &worker).map(Some)
    }

    fn named(name: &'static str, url: &str, list: &str, worker: &str) -> Result<Self, ConfigError> {
        if url.into_connection_info().is_err() {
            return Err(ConfigError::Address { name });
        }
        Ok(Self {
            url: url.to_owned(),
            list: list.to_owned(),
            // A worker that died is told from the one that was started in its place.
            worker: format!("{worker}-{}", JobId::new()),
            silence: Duration::from_secs(15),
        })
    }
}

impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Config")
            .field("url", &"***")
            .field("list", &self.list)
            .field("worker", &self.worker)
            .field("silence", &self.silence)
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(settings: &[(&str, &str)]) -> Result<Option<Config>, ConfigError> {
        Config::read(|wanted| {
            let found = settings.iter().find(|(name, _)| *name == wanted);
            found.map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn the_names_of_the_former_service_are_read_and_the_products_own_count_more() {
        assert!(read(&[("REDIS_QUEUE_NAME", "x")]).unwrap().is_none());
        let former = [
            ("REDIS_URL", "redis://:hunter2@localhost:6379"),
            ("REDIS_QUEUE_NAME", "jobs"),
            ("SERVICE_ID", "playwright-worker-1"),
        ];
        let config = read(&former).unwrap().unwrap();
        assert_eq!(config.list, "jobs");
        assert!(config.worker.starts_with("playwright-worker-1-"));
        assert!(!format!("{config:?}").contains("hunter2"));

        let both = [former[0], ("PROSCENIUM_REDIS_URL", "redis://localhost")];
        let config = read(&both).unwrap().unwrap();
        assert_eq!(
            (config.url.as_str(), config.list.as_str()),
            ("redis://localhost", "playwright-jobs")
        );
    }

    #[test]
    fn an_address_that_is_none_is_refused_without_showing_it() {
        let error = read(&[("REDIS_URL", "http://:hunter2@localhost")]).unwrap_err();
        let text = error.to_string();
        assert!(
            text.starts_with("REDIS_URL") && !text.contains("hunter2"),
            "{text}"
        );
    }
}
