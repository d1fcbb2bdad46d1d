//! Opening an address: the document has come, and it is the one that was asked for.

use browser::{LoadState, Navigation, Page, Progress};

use crate::fault::Fault;
use crate::outcome::ErrorCode;
use crate::refusal;

/// Goes to `url` and waits until its document is there; a fault when it could not be had.
pub(crate) async fn go_to(
    progress: &Progress,
    page: &Page,
    url: &str,
) -> Result<Navigation, Fault> {
    let navigation = page
        .goto(progress, url, LoadState::DomContentLoaded)
        .await?;
    match navigation.error_text {
        None => Ok(navigation),
        Some(error) => Err(Fault::new(
            ErrorCode::NavigationFailed,
            format!("could not open {url}: {error}"),
        )),
    }
}

/// Opens the first address of a recording; a page that the network door shows in its place is a fault too.
pub(crate) async fn open(progress: &Progress, page: &Page, url: &str) -> Result<(), Fault> {
    go_to(progress, page, url).await?;
    refusal::check(progress, page).await.map(drop)
}
