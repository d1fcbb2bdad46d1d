//! A refused connection, in words that a page author understands.

use std::fmt;
use std::net::IpAddr;
use std::time::SystemTime;

use serde::Serialize;

/// One connection that the policy refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Denial {
    /// The host that the page asked for, in normal form (lower case, numeric forms written as an address).
    pub host: String,
    /// The TCP port that the page asked for.
    pub port: u16,
    /// The address that the host stands for; `None` when the name alone was refused.
    pub address: Option<IpAddr>,
    /// Why.
    pub reason: DenialReason,
    /// When it was refused.
    #[serde(skip)]
    pub at: SystemTime,
}

impl Denial {
    /// The host that `--allow-host` would have to name; `None` when no flag opens the way.
    #[must_use]
    pub fn allowed_as(&self) -> Option<String> {
        match self.reason {
            DenialReason::Denied | DenialReason::ProxyItself | DenialReason::ServerItself => None,
            // A name somebody else controls does not open the way to credentials.
            DenialReason::Metadata => self.address.map(|address| address.to_string()),
            _ => Some(self.host.clone()),
        }
    }
}

impl fmt::Display for Denial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{} was blocked: ", self.host, self.port)?;
        match self.address {
            Some(address) if address.to_string() != self.host => {
                write!(f, "it resolves to {address}, and {}", self.reason)
            }
            _ => write!(f, "{}", self.reason),
        }
    }
}

/// Why a connection was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum DenialReason {
    /// A network of one's own: RFC 1918, carrier-grade NAT, unique local IPv6, site-local IPv6.
    Private,
    /// The machine itself.
    Loopback,
    /// The local link.
    LinkLocal,
    /// A cloud provider's metadata service, which hands out credentials.
    Metadata,
    /// "This host on this network": connects to the machine itself on many systems.
    Unspecified,
    /// Multicast or broadcast.
    Multicast,
    /// Set aside by IANA: documentation, benchmarking, future use.
    Reserved,
    /// The configuration refuses this host.
    Denied,
    /// The proxy's own port.
    ProxyItself,
    /// The port of a Proscenium server on this machine.
    ServerItself,
}

impl fmt::Display for DenialReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Private => "private network addresses are not reachable from pages",
            Self::Loopback => "addresses of this machine are not reachable from pages",
            Self::LinkLocal => "link-local addresses are not reachable from pages",
            Self::Metadata => "cloud metadata addresses are not reachable from pages",
            Self::Unspecified => "the unspecified address is not reachable from pages",
            Self::Multicast => "multicast and broadcast addresses are not reachable from pages",
            Self::Reserved => "reserved addresses are not reachable from pages",
            Self::Denied => "the configuration denies this host",
            Self::ProxyItself => "pages may not talk to the egress proxy itself",
            Self::ServerItself => "pages may not talk to the Proscenium server itself",
        })
    }
}
