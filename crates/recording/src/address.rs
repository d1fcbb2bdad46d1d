//! Addresses of documents.

/// An address without its query and its fragment, which change while a page is used.
#[must_use]
pub fn document_address(url: &str) -> &str {
    url.split(['?', '#']).next().unwrap_or(url)
}
