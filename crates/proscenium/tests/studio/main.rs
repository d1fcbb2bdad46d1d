//! The studio as processes: started, asked, killed, started again.

#![cfg(target_os = "linux")]
#![expect(
    clippy::unwrap_used,
    reason = "a helper that cannot go on fails the test, as the test itself would"
)]

mod chaos;
mod deploy;
mod full_disk;
mod kill;
mod library;
mod own_port;
mod renders;
mod serve;
mod support;
mod worker;
