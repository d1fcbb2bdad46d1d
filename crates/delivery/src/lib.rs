//! Takes a file to object storage and believes nothing: only when it has been fetched back through its public address, and
//! is the same, is it delivered. Its shape, invariants and traps are in README.md.

mod advice;
mod config;
mod counts;
mod delivery;
mod encryption;
mod error;
mod look;
mod place;
mod secret;
mod storage;
mod upload;
mod verify;

pub use config::{Config, ConfigError, Storage};
pub use counts::Counts;
pub use delivery::{Delivered, Delivery, Parcel};
pub use encryption::Encryption;
pub use error::{DeliverError, Mismatch};
pub use look::StorageState;
pub use place::{Place, PlaceError};
pub use secret::Secret;
