//! What `--allow-host` and `--deny-host` take.

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

use crate::address::unmapped;
use crate::target::TargetHost;

/// A set of hosts: a name, a name with all its subdomains, an address, a network, each with an optional port.
///
/// | written | means |
/// |---|---|
/// | `shop.test` | this name |
/// | `*.shop.test` | every name below it, not itself |
/// | `*` | every name and address |
/// | `10.1.2.3`, `[::1]`, `::1` | this address |
/// | `10.0.0.0/8`, `fd00::/8` | this network |
/// | `shop.test:8443`, `[::1]:8443`, `10.0.0.0/8:8443` | only this TCP port |
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostPattern {
    hosts: Hosts,
    port: Option<u16>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Hosts {
    All,
    Name(String),
    Below(String),
    Network { base: IpAddr, prefix: u8 },
}

/// A host pattern that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PatternError {
    /// Nothing was given.
    #[error("a host pattern is empty: write a host such as example.test")]
    Empty,
    /// A URL was given.
    #[error("{0:?} is a URL: write only its host, such as example.test or example.test:8080")]
    Url(String),
    /// The port is no port.
    #[error("{0:?} does not end in a port from 1 to 65535")]
    Port(String),
    /// The part after the slash is no prefix length of that address.
    #[error("{0:?} is no network: write an address and a prefix length, such as 10.0.0.0/8")]
    Network(String),
    /// A star somewhere else than in front.
    #[error("{0:?} has a star that is not the whole first label: write *.example.test")]
    Star(String),
    /// No host name and no address.
    #[error("{0:?} is neither a host name nor an address")]
    Host(String),
}

impl HostPattern {
    /// Whether the pattern names this host by its name.
    pub(crate) fn matches_name(&self, name: &str, port: u16) -> bool {
        self.matches_port(port)
            && match &self.hosts {
                Hosts::All => true,
                Hosts::Name(own) => own == name,
                Hosts::Below(parent) => name
                    .strip_suffix(parent.as_str())
                    .is_some_and(|rest| rest.len() > 1 && rest.ends_with('.')),
                Hosts::Network { .. } => false,
            }
    }

    /// Whether the pattern names this address by itself or by its network.
    pub(crate) fn matches_address(&self, address: IpAddr, port: u16) -> bool {
        self.matches_port(port)
            && match &self.hosts {
                Hosts::All => true,
                Hosts::Network { base, prefix } => same_network(*base, unmapped(address), *prefix),
                Hosts::Name(_) | Hosts::Below(_) => false,
            }
    }

    /// Whether the pattern spells an address out, as opposed to a name or everything.
    pub(crate) fn is_address(&self) -> bool {
        matches!(self.hosts, Hosts::Network { .. })
    }

    fn matches_port(&self, port: u16) -> bool {
        self.port.is_none_or(|own| own == port)
    }
}

impl FromStr for HostPattern {
    type Err = PatternError;

    fn from_str(text: &str) -> Result<Self, PatternError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(PatternError::Empty);
        }
        if text.contains("://") || text.ends_with('/') {
            return Err(PatternError::Url(text.to_owned()));
        }
        // An IPv6 address without brackets has colons but no port.
        if let Some(network) = bare_v6(text) {
            return Ok(Self {
                hosts: network?,
                port: None,
            });
        }
        let (host, port) = split_port(text)?;
        Ok(Self {
            hosts: Hosts::parse(host, text)?,
            port,
        })
    }
}

impl Hosts {
    fn parse(host: &str, whole: &str) -> Result<Self, PatternError> {
        if host == "*" {
            return Ok(Self::All);
        }
        if let Some((base, prefix)) = host.split_once('/') {
            let base = base
                .strip_prefix('[')
                .and_then(|inner| inner.strip_suffix(']'))
                .unwrap_or(base);
            return network(base, prefix, whole);
        }
        let (parent, below) = host
            .strip_prefix("*.")
            .map_or((host, false), |parent| (parent, true));
        if parent.contains('*') {
            return Err(PatternError::Star(whole.to_owned()));
        }
        match TargetHost::parse(parent) {
            Some(TargetHost::Name(name)) if below => Ok(Self::Below(name)),
            Some(TargetHost::Name(name)) => Ok(Self::Name(name)),
            Some(TargetHost::Address(address)) if !below => Ok(Self::single(address)),
            _ => Err(PatternError::Host(whole.to_owned())),
        }
    }

    fn single(address: IpAddr) -> Self {
        let base = unmapped(address);
        Self::Network {
            base,
            prefix: width(base),
        }
    }
}

fn bare_v6(text: &str) -> Option<Result<Hosts, PatternError>> {
    match text.split_once('/') {
        Some((base, prefix))
            if base.matches(':').count() > 1 && !base.starts_with('[') && !prefix.contains(':') =>
        {
            Some(network(base, prefix, text))
        }
        Some(_) => None,
        None => text
            .parse()
            .ok()
            .filter(IpAddr::is_ipv6)
            .map(|address| Ok(Hosts::single(address))),
    }
}

fn network(base: &str, prefix: &str, whole: &str) -> Result<Hosts, PatternError> {
    let bad = || PatternError::Network(whole.to_owned());
    let base: IpAddr = base.parse().map_err(|_| bad())?;
    let prefix: u8 = prefix.parse().map_err(|_| bad())?;
    if prefix > width(base) {
        return Err(bad());
    }
    Ok(Hosts::Network { base, prefix })
}

fn split_port(text: &str) -> Result<(&str, Option<u16>), PatternError> {
    // A colon inside brackets belongs to the address.
    let after_brackets = text.rfind(']').map_or(0, |at| at + 1);
    let Some(colon) = text[after_brackets..]
        .rfind(':')
        .map(|at| at + after_brackets)
    else {
        return Ok((text, None));
    };
    match text[colon + 1..].parse() {
        Ok(port) if port > 0 => Ok((&text[..colon], Some(port))),
        _ => Err(PatternError::Port(text.to_owned())),
    }
}

fn width(address: IpAddr) -> u8 {
    if address.is_ipv4() { 32 } else { 128 }
}

fn same_network(base: IpAddr, address: IpAddr, prefix: u8) -> bool {
    match (base, address) {
        (IpAddr::V4(base), IpAddr::V4(address)) => {
            (base.to_bits() ^ address.to_bits())
                .checked_shr(u32::from(32 - prefix))
                .unwrap_or(0)
                == 0
        }
        (IpAddr::V6(base), IpAddr::V6(address)) => {
            (base.to_bits() ^ address.to_bits())
                .checked_shr(u32::from(128 - prefix))
                .unwrap_or(0)
                == 0
        }
        _ => false,
    }
}

impl fmt::Display for HostPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.hosts {
            Hosts::All => f.write_str("*")?,
            Hosts::Name(name) => f.write_str(name)?,
            Hosts::Below(parent) => write!(f, "*.{parent}")?,
            Hosts::Network {
                base: IpAddr::V6(v6),
                prefix,
            } => write!(f, "[{v6}]/{prefix}")?,
            Hosts::Network { base, prefix } => write!(f, "{base}/{prefix}")?,
        }
        match self.port {
            Some(port) => write!(f, ":{port}"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::HostPattern;

    fn pattern(text: &str) -> HostPattern {
        text.parse().expect("a valid pattern")
    }

    #[test]
    fn a_name_matches_itself_and_a_star_matches_what_is_below() {
        assert!(pattern("Shop.Test").matches_name("shop.test", 80));
        assert!(!pattern("shop.test").matches_name("a.shop.test", 80));
        assert!(pattern("*.shop.test").matches_name("a.b.shop.test", 80));
        assert!(!pattern("*.shop.test").matches_name("shop.test", 80));
        assert!(!pattern("*.shop.test").matches_name("workshop.test", 80));
        assert!(!pattern("*.shop.test").matches_name(".shop.test", 80));
        assert!(pattern("*").matches_name("anything", 1));
    }

    #[test]
    fn a_port_narrows_a_pattern() {
        for text in ["shop.test:8080", "*.shop.test:8080"] {
            assert!(
                pattern(text).matches_name("a.shop.test", 8080)
                    || pattern(text).matches_name("shop.test", 8080)
            );
            assert!(
                !pattern(text).matches_name("shop.test", 80)
                    && !pattern(text).matches_name("a.shop.test", 80)
            );
        }
        assert!(pattern("[::1]:8080").matches_address("::1".parse().expect("an address"), 8080));
        assert!(!pattern("10.0.0.0/8:8080").matches_address([10, 1, 1, 1].into(), 80));
    }

    #[test]
    fn a_network_matches_its_addresses_in_their_mapped_form_too() {
        for (text, inside, outside) in [
            ("10.0.0.0/8", "10.255.0.1", "11.0.0.1"),
            ("10.0.0.0/8", "::ffff:10.0.0.1", "::ffff:11.0.0.1"),
            ("127.0.0.1", "127.0.0.1", "127.0.0.2"),
            ("0x7f.1", "127.0.0.1", "127.0.0.2"),
            ("::1", "::1", "::2"),
            ("fd00::/8", "fdff::1", "fc00::1"),
            ("[fd00::]/8", "fdff::1", "fc00::1"),
            ("192.168.1.128/25", "192.168.1.200", "192.168.1.100"),
        ] {
            assert!(
                pattern(text).matches_address(inside.parse().expect("an address"), 1),
                "{text} {inside}"
            );
            assert!(
                !pattern(text).matches_address(outside.parse().expect("an address"), 1),
                "{text} {outside}"
            );
        }
        assert!(pattern("0.0.0.0/0").matches_address([9, 9, 9, 9].into(), 1));
        assert!(!pattern("0.0.0.0/0").matches_address("2a00::1".parse().expect("an address"), 1));
    }

    #[test]
    fn what_cannot_be_read_says_what_to_write() {
        let message = |text: &str| text.parse::<HostPattern>().expect_err(text).to_string();
        assert_eq!(
            message(""),
            "a host pattern is empty: write a host such as example.test"
        );
        assert_eq!(
            message("http://a.test/"),
            r#""http://a.test/" is a URL: write only its host, such as example.test or example.test:8080"#
        );
        assert_eq!(
            message("a.test:99999"),
            r#""a.test:99999" does not end in a port from 1 to 65535"#
        );
        assert_eq!(
            message("a.test:0"),
            r#""a.test:0" does not end in a port from 1 to 65535"#
        );
        assert_eq!(
            message("10.0.0.0/33"),
            r#""10.0.0.0/33" is no network: write an address and a prefix length, such as 10.0.0.0/8"#
        );
        assert_eq!(
            message("a.*.test"),
            r#""a.*.test" has a star that is not the whole first label: write *.example.test"#
        );
        assert_eq!(
            message("*.10.0.0.1"),
            r#""*.10.0.0.1" is neither a host name nor an address"#
        );
        assert_eq!(
            message("a b"),
            r#""a b" is neither a host name nor an address"#
        );
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused_and_never_panics(text in "\\PC{0,40}") {
            if let Ok(pattern) = text.parse::<HostPattern>() {
                prop_assert_eq!(pattern.to_string().parse(), Ok(pattern));
            }
        }

        #[test]
        fn pattern_like_text_is_read_back_as_it_was_written(
            text in "(\\*|(\\*\\.)?[a-z][a-z0-9]{0,8}\\.test|[0-9]{1,3}(\\.[0-9]{1,3}){3}(/[0-9]{1,2})?|\\[[0-9a-f:]{2,9}\\](/[0-9]{1,3})?)(:[0-9]{1,5})?"
        ) {
            if let Ok(pattern) = text.parse::<HostPattern>() {
                prop_assert_eq!(pattern.to_string().parse(), Ok(pattern));
            }
        }

        #[test]
        fn a_network_holds_exactly_the_addresses_that_share_its_prefix(base: u32, other: u32, prefix in 0u8..=32) {
            let (base, other) = (std::net::Ipv4Addr::from(base), std::net::Ipv4Addr::from(other));
            let shared = (base.to_bits() ^ other.to_bits()).leading_zeros();
            prop_assert_eq!(
                pattern(&format!("{base}/{prefix}")).matches_address(other.into(), 1),
                shared >= u32::from(prefix)
            );
        }
    }
}
