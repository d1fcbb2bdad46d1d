//! Going somewhere and knowing when one is there.

/// How far a document has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum LoadState {
    /// The answer's head has come and the old document is gone.
    Commit,
    /// The document is parsed.
    DomContentLoaded,
    /// The document and what it embeds have loaded.
    #[default]
    Load,
    /// No request has been under way for half a second.
    NetworkIdle,
}

/// Where a navigation led.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Navigation {
    /// The final address.
    pub url: String,
    /// The HTTP status; `None` when the document does not come from an HTTP answer or the document stayed.
    pub status: Option<u16>,
    /// `net::ERR_*` when the browser shows its own error page.
    pub error_text: Option<String>,
}
