//! What can go wrong with the proxy itself; what goes wrong with one request is answered to the page.

/// The proxy could not be started.
#[derive(Debug, thiserror::Error)]
pub enum EgressError {
    /// No loopback port could be opened for the proxy.
    #[error("cannot open a loopback port for the egress proxy")]
    Listen(#[source] std::io::Error),
}
