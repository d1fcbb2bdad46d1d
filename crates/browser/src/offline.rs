//! What pages find when they have no network.

use std::collections::HashMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// The whole web of a context: files in memory by their addresses. Every other request is refused, and nothing of it
/// leaves the browser.
#[derive(Debug, Clone, Default)]
pub struct OfflineSite {
    files: HashMap<String, OfflineFile>,
    script: Option<String>,
}

/// What is found at one address.
#[derive(Debug, Clone)]
pub struct OfflineFile {
    headers: Vec<(String, String)>,
    /// As it goes over the wire, so that it is encoded once.
    base64: String,
}

impl OfflineSite {
    /// Puts a file at an address; addresses are compared as they are, without what is behind `#`.
    #[must_use]
    pub fn with_file(mut self, url: impl Into<String>, file: OfflineFile) -> Self {
        self.files.insert(url.into(), file);
        self
    }

    /// Runs `script` in the own world of every document before its first script, in frames as well.
    #[must_use]
    pub fn with_script(mut self, script: impl Into<String>) -> Self {
        self.script = Some(script.into());
        self
    }

    pub(crate) fn file(&self, url: &str) -> Option<&OfflineFile> {
        let address = url.split('#').next().unwrap_or(url);
        self.files.get(address)
    }

    pub(crate) fn script(&self) -> Option<&str> {
        self.script.as_deref()
    }
}

impl OfflineFile {
    /// A file of this type: "text/html; charset=utf-8".
    #[must_use]
    pub fn new(content_type: &str, body: &[u8]) -> Self {
        Self {
            headers: vec![("content-type".to_owned(), content_type.to_owned())],
            base64: STANDARD.encode(body),
        }
    }

    /// Adds a header to the answer.
    #[must_use]
    pub fn with_header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(crate) fn headers(&self) -> &[(String, String)] {
        &self.headers
    }

    pub(crate) fn base64(&self) -> &str {
        &self.base64
    }
}
