//! Names to addresses.

use std::future::Future;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::pin::Pin;

/// The answer of a resolver, when it comes.
pub type Resolving<'a> = Pin<Box<dyn Future<Output = io::Result<Vec<IpAddr>>> + Send + 'a>>;

/// Where the proxy asks for addresses; tests put their own in its place.
pub trait Resolve: Send + Sync + 'static {
    /// All addresses of `host`, best first. `host` is lower case, in punycode, and no address itself.
    fn resolve<'a>(&'a self, host: &'a str) -> Resolving<'a>;
}

/// The operating system's resolver, hosts file included.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemResolver;

impl Resolve for SystemResolver {
    fn resolve<'a>(&'a self, host: &'a str) -> Resolving<'a> {
        Box::pin(async move {
            // RFC 6761: these never leave the machine, whatever a name server would say.
            if host == "localhost" || host.ends_with(".localhost") {
                return Ok(vec![Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()]);
            }
            let mut addresses: Vec<IpAddr> = Vec::new();
            for found in tokio::net::lookup_host((host, 0)).await? {
                if !addresses.contains(&found.ip()) {
                    addresses.push(found.ip());
                }
            }
            Ok(addresses)
        })
    }
}
