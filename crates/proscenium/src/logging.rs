//! Logs of the command line: to stderr, quiet unless the environment asks for more.

use tracing_subscriber::EnvFilter;

/// Where what is logged is said; the former render service's name counts where ours says nothing.
const NAMES: [&str; 2] = ["PROSCENIUM_LOG", "LOG_LEVEL"];

/// Starts the log. `PROSCENIUM_LOG` takes the usual filter syntax, such as `debug` or `replay=trace`.
pub(crate) fn start() {
    tracing_subscriber::fmt()
        .with_env_filter(filter(|name| std::env::var(name).ok()))
        .with_writer(std::io::stderr)
        .init();
}

/// The first that is said and makes sense; a log is no reason to refuse to start.
fn filter(said: impl Fn(&str) -> Option<String>) -> EnvFilter {
    let said = NAMES.into_iter().filter_map(said);
    let mut said = said.filter(|text| !text.trim().is_empty());
    said.find_map(|text| EnvFilter::try_new(text.trim()).ok())
        .unwrap_or_else(|| EnvFilter::new("warn"))
}

#[cfg(test)]
mod tests {
    use super::filter;

    #[test]
    fn the_log_follows_our_setting_then_the_former_one_and_is_quiet_otherwise() {
        for (ours, former, found) in [
            (None, None, "warn"),
            (None, Some("info"), "info"),
            (Some("replay=trace"), Some("info"), "replay=trace"),
            (Some(""), Some("debug"), "debug"),
            (Some("a=b=c"), None, "warn"),
        ] {
            let said = |name: &str| match name {
                "PROSCENIUM_LOG" => ours.map(str::to_owned),
                "LOG_LEVEL" => former.map(str::to_owned),
                _ => None,
            };
            assert_eq!(filter(said).to_string(), found, "{ours:?} {former:?}");
        }
    }
}
