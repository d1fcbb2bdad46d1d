//! From a target to a connection: resolve, check every address, connect to a checked one.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, SystemTime};

use tokio::net::TcpStream;
use tokio::task::JoinSet;

use crate::counted::Counted;
use crate::ledger::{ConnectFailure, FailureKind, Ledger};
use crate::target::{Target, TargetHost};
use crate::{Denial, DenialReason, EgressPolicy, Resolve};

/// A browser gives up on its own after about this long as well.
const RESOLVE_TIMEOUT: Duration = Duration::from_secs(15);
const CONNECT_TIMEOUT: Duration = Duration::from_secs(30);
/// How long an address may keep the next one waiting (RFC 8305, "Happy Eyeballs").
const NEXT_ADDRESS_AFTER: Duration = Duration::from_millis(250);

/// What every connection of one proxy shares.
pub(crate) struct Door {
    pub(crate) policy: EgressPolicy,
    pub(crate) resolver: Arc<dyn Resolve>,
    pub(crate) ledger: Arc<Ledger>,
    /// The proxy's own address, which pages may not talk to.
    pub(crate) own: SocketAddr,
}

/// Why there is no connection.
pub(crate) enum Refusal {
    Denied(Denial),
    Failed(ConnectFailure),
}

impl Door {
    /// A connection to `target`, made to an address that the policy has seen.
    pub(crate) async fn connect(&self, target: &Target) -> Result<Counted, Refusal> {
        let addresses = self.checked_addresses(target).await?;
        let connecting = tokio::time::timeout(CONNECT_TIMEOUT, first_to_answer(&addresses));
        let stream = match connecting.await {
            Ok(Ok(stream)) => stream,
            Ok(Err(error)) => return Err(self.failed(target, addresses.last(), kind_of(&error))),
            Err(_) => return Err(self.failed(target, addresses.last(), FailureKind::TimedOut)),
        };
        // Small messages both ways; a socket that refuses the option still works.
        let _ = stream.set_nodelay(true);
        self.ledger.connections.fetch_add(1, Ordering::Relaxed);
        Ok(Counted::new(stream, Arc::clone(&self.ledger)))
    }

    pub(crate) fn failed(
        &self,
        target: &Target,
        address: Option<&SocketAddr>,
        kind: FailureKind,
    ) -> Refusal {
        let failure = ConnectFailure {
            host: target.host_text(),
            port: target.port,
            address: address.map(SocketAddr::ip),
            kind,
            at: SystemTime::now(),
        };
        self.ledger.record_failure(&failure);
        Refusal::Failed(failure)
    }

    async fn checked_addresses(&self, target: &Target) -> Result<Vec<SocketAddr>, Refusal> {
        self.policy
            .check_name(&target.host, target.port)
            .map_err(|denial| self.denied(denial))?;
        let found = self
            .addresses(&target.host)
            .await
            .map_err(|kind| self.failed(target, None, kind))?;
        let host = target.host_text();
        let mut allowed = Vec::with_capacity(found.len());
        let mut refused = None;
        for address in found {
            match self.check(&host, address, target.port) {
                Ok(()) => allowed.push(SocketAddr::new(address, target.port)),
                Err(denial) => refused = refused.or(Some(denial)),
            }
        }
        match (allowed.is_empty(), refused) {
            (true, Some(denial)) => Err(self.denied(denial)),
            (true, None) => Err(self.failed(target, None, FailureKind::Dns)),
            (false, _) => Ok(allowed),
        }
    }

    async fn addresses(&self, host: &TargetHost) -> Result<Vec<IpAddr>, FailureKind> {
        match host {
            TargetHost::Address(address) => Ok(vec![address.to_canonical()]),
            TargetHost::Name(name) => {
                match tokio::time::timeout(RESOLVE_TIMEOUT, self.resolver.resolve(name)).await {
                    // What is checked is what is connected to: one form for both.
                    Ok(Ok(found)) => Ok(found.iter().map(IpAddr::to_canonical).collect()),
                    Ok(Err(_)) | Err(_) => Err(FailureKind::Dns),
                }
            }
        }
    }

    fn check(&self, host: &str, address: IpAddr, port: u16) -> Result<(), Denial> {
        if port == self.own.port() && (address.is_loopback() || address.is_unspecified()) {
            return Err(Denial {
                host: host.to_owned(),
                port,
                address: Some(address),
                reason: DenialReason::ProxyItself,
                at: SystemTime::now(),
            });
        }
        self.policy.check_address(host, address, port)
    }

    fn denied(&self, denial: Denial) -> Refusal {
        self.ledger.record_denial(&denial);
        tracing::debug!(host = %denial.host, port = denial.port, reason = ?denial.reason, "a request was refused");
        Refusal::Denied(denial)
    }
}

/// Tries the addresses in order, the next one early when the one before takes its time; the rest is dropped.
async fn first_to_answer(addresses: &[SocketAddr]) -> io::Result<TcpStream> {
    let mut waiting = addresses.iter().copied();
    let mut trying = JoinSet::new();
    let mut last_error = io::Error::from(io::ErrorKind::AddrNotAvailable);
    loop {
        if let Some(address) = waiting.next() {
            trying.spawn(TcpStream::connect(address));
        } else if trying.is_empty() {
            return Err(last_error);
        }
        let next_is_due = async {
            match waiting.len() {
                0 => std::future::pending().await,
                _ => tokio::time::sleep(NEXT_ADDRESS_AFTER).await,
            }
        };
        tokio::select! {
            answered = trying.join_next() => match answered {
                Some(Ok(Ok(stream))) => return Ok(stream),
                Some(Ok(Err(error))) => last_error = error,
                Some(Err(_)) | None => {}
            },
            () = next_is_due => {}
        }
    }
}

fn kind_of(error: &io::Error) -> FailureKind {
    match error.kind() {
        io::ErrorKind::ConnectionRefused => FailureKind::Refused,
        io::ErrorKind::TimedOut => FailureKind::TimedOut,
        _ => FailureKind::Unreachable,
    }
}
