//! The host and port that a request asks for, normalised once at the edge.

use std::fmt;
use std::net::IpAddr;

use http::Uri;
use url::Host;

/// Where a request wants to go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Target {
    pub(crate) host: TargetHost,
    pub(crate) port: u16,
}

/// A name to resolve, or an address as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum TargetHost {
    Name(String),
    Address(IpAddr),
}

impl Target {
    /// The target of an absolute-form (`http://host:port/…`) or authority-form (`host:port`) request.
    pub(crate) fn of(uri: &Uri, default_port: Option<u16>) -> Option<Self> {
        let authority = uri.authority()?;
        // Credentials in a proxied URL are not ours to interpret, and a host never contains '@'.
        if authority.as_str().contains('@') {
            return None;
        }
        let port = match authority.port() {
            Some(port) => port.as_str().parse().ok()?,
            None => default_port?,
        };
        Some(Self {
            host: TargetHost::parse(authority.host())?,
            port,
        })
    }

    pub(crate) fn host_text(&self) -> String {
        self.host.to_string()
    }
}

impl TargetHost {
    /// Reads a host the way browsers do: `0x7f.1`, `017700000001` and `2130706433` are all 127.0.0.1, names are
    /// lower case and in punycode, a trailing dot is dropped.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        match Host::parse(text).ok()? {
            Host::Ipv4(v4) => Some(Self::Address(v4.into())),
            Host::Ipv6(v6) => Some(Self::Address(v6.into())),
            Host::Domain(name) => {
                let name = name.strip_suffix('.').unwrap_or(&name);
                let is_name = name.len() <= 253 && name.split('.').all(|label| !label.is_empty());
                is_name.then(|| Self::Name(name.to_owned()))
            }
        }
    }
}

impl fmt::Display for TargetHost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name(name) => f.write_str(name),
            Self::Address(address) => address.fmt(f),
        }
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.host {
            TargetHost::Address(IpAddr::V6(v6)) => write!(f, "[{v6}]:{}", self.port),
            _ => write!(f, "{}:{}", self.host, self.port),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Target, TargetHost};

    #[test]
    fn a_name_with_an_empty_part_is_none() {
        for text in ["", ".", "..", "...", "a..b", ".a", "a..", "127.0.0.1.."] {
            assert_eq!(TargetHost::parse(text), None, "{text:?}");
        }
    }

    #[test]
    fn numeric_spellings_of_an_address_are_that_address() {
        for spelling in [
            "127.0.0.1",
            "2130706433",
            "0x7f000001",
            "0x7f.0.0.1",
            "0177.0.0.1",
            "017700000001",
            "127.1",
            "127.0.1",
            "127.0.0.1.",
        ] {
            let expected = TargetHost::Address([127, 0, 0, 1].into());
            assert_eq!(TargetHost::parse(spelling), Some(expected), "{spelling}");
        }
    }

    #[test]
    fn names_are_lower_case_without_the_root_dot() {
        assert_eq!(
            TargetHost::parse("Example.TEST."),
            Some(TargetHost::Name("example.test".into()))
        );
        assert_eq!(
            TargetHost::parse("bücher.test"),
            Some(TargetHost::Name("xn--bcher-kva.test".into()))
        );
        assert_eq!(TargetHost::parse("."), None);
    }

    #[test]
    fn credentials_and_missing_ports_are_no_target() {
        let target = |uri: &str, port| {
            Target::of(&uri.parse().expect("a URI"), port).map(|target| target.to_string())
        };
        assert_eq!(target("http://example.test@127.0.0.1/", Some(80)), None);
        assert_eq!(
            target("example.test:443", None),
            Some("example.test:443".into())
        );
        assert_eq!(target("http://[::1]/", Some(80)), Some("[::1]:80".into()));
        assert_eq!(target("/path", Some(80)), None);
    }
}
