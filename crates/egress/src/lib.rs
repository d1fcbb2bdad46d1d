//! The network door: the only way out for page traffic.
//!
//! A forward proxy on loopback (plain HTTP and CONNECT) that resolves each host by itself, checks every resolved
//! address against the policy and connects to the very address that it checked. A name that changes its address
//! between check and use (DNS rebinding) therefore gains nothing, and a redirect is only another request.
//!
//! ```no_run
//! # async fn example() -> Result<(), egress::EgressError> {
//! use egress::{EgressPolicy, EgressProxy};
//!
//! let policy = EgressPolicy::public_only().allow("shop.internal:8443".parse().expect("a valid pattern"));
//! let proxy = EgressProxy::start(policy).await?;
//! println!("browser --proxy-server={}", proxy.address());
//! # Ok(())
//! # }
//! ```

mod address;
mod answer;
mod connect;
mod counted;
mod denial;
mod error;
mod forward;
mod ledger;
mod pattern;
mod policy;
mod proxy;
mod resolver;
mod target;
mod tunnel;

pub use answer::ERROR_HEADER;
pub use denial::{Denial, DenialReason};
pub use error::EgressError;
pub use ledger::{ConnectFailure, EgressStats, FailureKind};
pub use pattern::{HostPattern, PatternError};
pub use policy::{Baseline, EgressPolicy};
pub use proxy::EgressProxy;
pub use resolver::{Resolve, Resolving, SystemResolver};
