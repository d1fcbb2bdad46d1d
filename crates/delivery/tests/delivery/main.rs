//! Files on their way to storage and back, beside stand-ins on this machine.

#![expect(
    clippy::unwrap_used,
    reason = "a helper that cannot go on fails the test, as the test itself would"
)]

mod azurite;
mod encryption;
mod faults;
mod folder;
mod google;
mod looking;
mod propagation;
mod settings;
mod signatures;
mod support;
