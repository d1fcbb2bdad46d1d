//! Logs of the command line: to stderr, quiet unless `PROSCENIUM_LOG` asks for more.

use tracing_subscriber::EnvFilter;

/// Starts the log. `PROSCENIUM_LOG` takes the usual filter syntax, such as `debug` or `replay=trace`.
pub(crate) fn start() {
    let filter =
        EnvFilter::try_from_env("PROSCENIUM_LOG").unwrap_or_else(|_| EnvFilter::new("warn"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
}
