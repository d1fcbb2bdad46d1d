//! Who may go where.

use std::net::IpAddr;
use std::time::SystemTime;

use crate::address::{is_metadata, is_of_this_machine, special_purpose, unmapped};
use crate::target::TargetHost;
use crate::{Denial, DenialReason, HostPattern};

/// What is reachable when no pattern says otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Baseline {
    /// Whatever this machine can reach: for the person at the shell, who can reach it anyway.
    Everything,
    /// Public addresses only: for a server, whose users must not reach what only the server can.
    PublicOnly,
}

/// The rules of one proxy: an own port and a denied host are refused always, an allowed host passes, the rest is up to
/// the baseline.
///
/// A pattern that names a host lifts every restriction on that host's addresses but one: a cloud metadata service
/// must be allowed by its address, so that a name somebody else controls cannot be pointed at it.
#[derive(Clone, Debug)]
pub struct EgressPolicy {
    /// What is reachable when no pattern says otherwise.
    pub baseline: Baseline,
    /// Hosts that are reachable whatever the baseline says.
    pub allow_hosts: Vec<HostPattern>,
    /// Hosts that are never reachable, not even when they are allowed as well.
    pub deny_hosts: Vec<HostPattern>,
    /// TCP ports on which a Proscenium server listens: never reachable on any address of this machine. A page that
    /// reached it would ask from where the server trusts to be asked.
    pub own_ports: Vec<u16>,
}

impl EgressPolicy {
    /// Public addresses only.
    #[must_use]
    pub fn public_only() -> Self {
        Self {
            baseline: Baseline::PublicOnly,
            allow_hosts: Vec::new(),
            deny_hosts: Vec::new(),
            own_ports: Vec::new(),
        }
    }

    /// Whatever this machine can reach.
    #[must_use]
    pub fn everything() -> Self {
        Self {
            baseline: Baseline::Everything,
            ..Self::public_only()
        }
    }

    /// The same rules, with these hosts reachable.
    #[must_use]
    pub fn allow(mut self, pattern: HostPattern) -> Self {
        self.allow_hosts.push(pattern);
        self
    }

    /// The same rules, with these hosts refused.
    #[must_use]
    pub fn deny(mut self, pattern: HostPattern) -> Self {
        self.deny_hosts.push(pattern);
        self
    }

    /// The same rules, with this port refused on every address of this machine.
    #[must_use]
    pub fn own_port(mut self, port: u16) -> Self {
        self.own_ports.push(port);
        self
    }

    /// Whether `host`, which stands for `ip`, may be reached on the TCP port `port`.
    ///
    /// # Errors
    /// The denial, with the reason in words.
    pub fn check_address(&self, host: &str, ip: IpAddr, port: u16) -> Result<(), Denial> {
        let host = TargetHost::parse(host).map_or_else(|| host.to_owned(), |host| host.to_string());
        let ip = unmapped(ip);
        let denial = |reason| Denial {
            host: host.clone(),
            port,
            address: Some(ip),
            reason,
            at: SystemTime::now(),
        };
        if self.own_ports.contains(&port) && is_of_this_machine(ip) {
            return Err(denial(DenialReason::ServerItself));
        }
        let names = |pattern: &HostPattern| {
            pattern.matches_name(&host, port) || pattern.matches_address(ip, port)
        };
        if self.deny_hosts.iter().any(names) {
            return Err(denial(DenialReason::Denied));
        }
        let mut allowing = self.allow_hosts.iter().filter(|pattern| names(pattern));
        let allowed = if is_metadata(ip) {
            allowing.any(HostPattern::is_address)
        } else {
            allowing.next().is_some()
        };
        if allowed || self.baseline == Baseline::Everything {
            return Ok(());
        }
        special_purpose(ip).map_or(Ok(()), |reason| Err(denial(reason)))
    }

    /// Whether the name alone is refused, before anybody is asked for its address.
    pub(crate) fn check_name(&self, host: &TargetHost, port: u16) -> Result<(), Denial> {
        let TargetHost::Name(name) = host else {
            return Ok(());
        };
        if self
            .deny_hosts
            .iter()
            .any(|pattern| pattern.matches_name(name, port))
        {
            return Err(Denial {
                host: name.clone(),
                port,
                address: None,
                reason: DenialReason::Denied,
                at: SystemTime::now(),
            });
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::net::IpAddr;

    use super::EgressPolicy;
    use crate::{DenialReason, HostPattern};

    fn pattern(text: &str) -> HostPattern {
        text.parse().expect("a valid pattern")
    }

    fn reason(policy: &EgressPolicy, host: &str, ip: &str) -> Option<DenialReason> {
        let ip: IpAddr = ip.parse().expect("an address");
        policy
            .check_address(host, ip, 80)
            .err()
            .map(|denial| denial.reason)
    }

    #[test]
    fn the_baseline_decides_where_no_pattern_does() {
        assert_eq!(
            reason(&EgressPolicy::everything(), "localhost", "127.0.0.1"),
            None
        );
        assert_eq!(
            reason(&EgressPolicy::public_only(), "localhost", "127.0.0.1"),
            Some(DenialReason::Loopback)
        );
        assert_eq!(
            reason(
                &EgressPolicy::public_only(),
                "example.test",
                "93.184.215.14"
            ),
            None
        );
    }

    #[test]
    fn an_allowed_name_or_address_passes_and_its_neighbours_do_not() {
        let by_name = EgressPolicy::public_only().allow(pattern("shop.test"));
        assert_eq!(reason(&by_name, "SHOP.test.", "10.0.0.1"), None);
        assert_eq!(
            reason(&by_name, "other.test", "10.0.0.1"),
            Some(DenialReason::Private)
        );
        let by_address = EgressPolicy::public_only().allow(pattern("10.0.0.0/24"));
        assert_eq!(reason(&by_address, "any.test", "::ffff:10.0.0.9"), None);
        assert_eq!(
            reason(&by_address, "any.test", "10.0.1.9"),
            Some(DenialReason::Private)
        );
    }

    #[test]
    fn a_denied_host_is_refused_even_when_it_is_allowed_as_well() {
        let policy = EgressPolicy::everything()
            .allow(pattern("*"))
            .deny(pattern("ads.test"));
        assert_eq!(
            reason(&policy, "ads.test", "93.184.215.14"),
            Some(DenialReason::Denied)
        );
        let by_address = EgressPolicy::everything().deny(pattern("127.0.0.1"));
        assert_eq!(
            reason(&by_address, "localhost", "::ffff:127.0.0.1"),
            Some(DenialReason::Denied)
        );
    }

    #[test]
    fn a_metadata_service_is_allowed_by_its_address_only() {
        for text in ["*", "evil.test", "*.test"] {
            let policy = EgressPolicy::public_only()
                .allow(pattern(text))
                .allow(pattern("evil.test"));
            assert_eq!(
                reason(&policy, "evil.test", "169.254.169.254"),
                Some(DenialReason::Metadata),
                "{text}"
            );
        }
        let policy = EgressPolicy::public_only().allow(pattern("169.254.169.254"));
        assert_eq!(reason(&policy, "evil.test", "169.254.169.254"), None);
    }

    #[test]
    fn a_denial_is_a_sentence() {
        let denial = EgressPolicy::public_only()
            .check_address("intranet.test", [10, 0, 0, 1].into(), 80)
            .expect_err("private addresses are refused");
        assert_eq!(
            denial.to_string(),
            "intranet.test:80 was blocked: it resolves to 10.0.0.1, and private network addresses are not reachable from pages"
        );
    }
}
