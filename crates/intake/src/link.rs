//! A connection that everything but waiting for jobs shares, and how the keys are called.

use std::time::Duration;

use redis::aio::{ConnectionManager, ConnectionManagerConfig, MultiplexedConnection};
use redis::{AsyncConnectionConfig, Client};

use crate::config::Config;
use crate::error::IntakeError;
use crate::keys::Keys;

/// A Redis that does not answer for so long is taken for gone.
const RESPONSE_LIMIT: Duration = Duration::from_secs(5);
/// How long a connection may take.
const CONNECT_LIMIT: Duration = Duration::from_secs(5);
/// A broken connection is made again so often for one command; whoever gave it tries again later.
const RETRIES: usize = 2;

/// A way to Redis that mends itself. Clones share the connection.
#[derive(Clone)]
pub(crate) struct Link {
    client: Client,
    pub(crate) connection: ConnectionManager,
    pub(crate) keys: Keys,
    pub(crate) worker: String,
}

impl Link {
    pub(crate) async fn open(config: &Config) -> Result<Self, IntakeError> {
        let client = Client::open(config.url.as_str()).map_err(IntakeError::Connect)?;
        let settings = ConnectionManagerConfig::new()
            .set_response_timeout(Some(RESPONSE_LIMIT))
            .set_connection_timeout(Some(CONNECT_LIMIT))
            .set_number_of_retries(RETRIES);
        let connection = client
            .get_connection_manager_with_config(settings)
            .await
            .map_err(IntakeError::Connect)?;
        Ok(Self {
            client,
            connection,
            keys: Keys::of(&config.list),
            worker: config.worker.clone(),
        })
    }

    /// A connection of its own for waiting: it may take as long as it takes.
    pub(crate) async fn waiting_room(&self) -> Result<MultiplexedConnection, IntakeError> {
        let settings = AsyncConnectionConfig::new()
            .set_response_timeout(None)
            .set_connection_timeout(Some(CONNECT_LIMIT));
        self.client
            .get_multiplexed_async_connection_with_config(&settings)
            .await
            .map_err(IntakeError::Connect)
    }
}
