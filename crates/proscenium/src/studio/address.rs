//! Where the server of a data folder is reached; written down so that `proscenium link` can name it and pages that other
//! processes open there are kept away from it.

use std::net::{IpAddr, SocketAddr};
use std::path::Path;

use url::Url;

const FILE: &str = "server.url";

/// The address that a person on this machine opens.
pub(crate) fn base_url(address: SocketAddr) -> String {
    let host = match address.ip() {
        // Listening everywhere includes here.
        IpAddr::V4(ip) if ip.is_unspecified() => "127.0.0.1".to_owned(),
        IpAddr::V6(ip) if ip.is_unspecified() => "[::1]".to_owned(),
        IpAddr::V4(ip) => ip.to_string(),
        IpAddr::V6(ip) => format!("[{ip}]"),
    };
    format!("http://{host}:{}", address.port())
}

pub(super) async fn remember(folder: &Path, url: &str) {
    if let Err(error) = tokio::fs::write(folder.join(FILE), url).await {
        tracing::warn!(%error, "the server's address could not be written down for `proscenium link`");
    }
}

/// The address that the latest server of this folder had.
pub(crate) fn remembered(folder: &Path) -> Option<String> {
    let text = std::fs::read_to_string(folder.join(FILE)).ok()?;
    Some(text.trim().to_owned()).filter(|text| text.starts_with("http"))
}

/// The port of that address.
pub(super) fn remembered_port(folder: &Path) -> Option<u16> {
    Url::parse(&remembered(folder)?)
        .ok()?
        .port_or_known_default()
}

#[cfg(test)]
mod tests {
    use super::base_url;

    #[test]
    fn listening_everywhere_is_reached_here() {
        for (address, url) in [
            ("0.0.0.0:7777", "http://127.0.0.1:7777"),
            ("[::]:80", "http://[::1]:80"),
            ("192.168.1.5:7777", "http://192.168.1.5:7777"),
        ] {
            assert_eq!(base_url(address.parse().unwrap()), url);
        }
    }
}
