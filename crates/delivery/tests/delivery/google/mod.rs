//! Google Cloud Storage: stored by what a service account signs, and fetched back as everybody sees it.

mod account;
mod cancelled;
mod refusal;
mod refused;
mod server;
mod stored;
mod tokens;
mod wanted;

use std::path::Path;

use bytes::Bytes;
use delivery::{Config, ConfigError};

use crate::support::file;
use account::Account;
use server::{BUCKET, Google, Role};

/// Larger than what is written in one piece.
fn large() -> Bytes {
    file().repeat(600).into()
}

/// What a studio sets to store there.
fn settings(
    google: &Google,
    credentials: &Path,
    more: &[(&str, &str)],
) -> Result<Config, ConfigError> {
    let public = format!("{}/{{bucket}}", google.address);
    let bucket = format!("gs://{BUCKET}");
    let usual = [
        ("PROSCENIUM_STORAGE", bucket.as_str()),
        (
            "PROSCENIUM_STORAGE_CREDENTIALS",
            credentials.to_str().unwrap(),
        ),
        ("PROSCENIUM_STORAGE_ENDPOINT", google.address.as_str()),
        ("PROSCENIUM_CDN_URL", public.as_str()),
        // The first look counts, however busy this machine is.
        ("PROSCENIUM_CDN_PATIENCE", "0"),
        ("PROSCENIUM_CDN_TIMEOUT", "60"),
    ];
    // What is said more counts.
    let said = |name: &str| more.iter().chain(&usual).find(|(known, _)| *known == name);
    let config = Config::read(|name| said(name).map(|(_, value)| (*value).to_owned()))?;
    Ok(config.unwrap())
}
