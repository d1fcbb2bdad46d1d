//! From the artifact store to the place that the job names, and back to be looked at.

use delivery::Delivery;
use store::{DeliveredTo, RenderDone, RenderOutput, Store};
use tokio_util::sync::CancellationToken;
use video::PageOutput;

use super::NotMade;
use crate::delivering::{self, NotDelivered, Usual};
use crate::renders;

/// Delivers the output and notes where it is seen.
pub(super) async fn deliver(
    store: &Store,
    delivery: &Delivery,
    cancel: &CancellationToken,
    job: &video::RenderJob,
    name: &str,
    done: &mut RenderDone,
) -> Result<(), NotMade> {
    let Some(output) = &done.output else {
        return Ok(());
    };
    let (url, mut fetches) = one(store, delivery, cancel, job, (name, output)).await?;
    // A page that is the output is found where pages are.
    let (src, mut html_src) = match job.page {
        PageOutput::Only => (None, Some(url)),
        PageOutput::None | PageOutput::Beside => (Some(url), None),
    };
    if let Some(page) = &done.page {
        let name = renders::page_name(name);
        let (url, more) = one(store, delivery, cancel, job, (&name, page)).await?;
        html_src = Some(url);
        fetches += more;
    }
    done.delivered = Some(DeliveredTo {
        src,
        html_src,
        fetches,
    });
    Ok(())
}

/// Delivers one file; answers with its public address and how often it was fetched.
async fn one(
    store: &Store,
    delivery: &Delivery,
    cancel: &CancellationToken,
    job: &video::RenderJob,
    (name, output): (&str, &RenderOutput),
) -> Result<(String, u32), NotMade> {
    let place = delivering::place(delivery, &job.extra, Usual::default(), name);
    let place = place.map_err(NotMade::Place)?;
    let delivered = delivering::deliver(store, delivery, cancel, &place, output).await;
    let delivered = delivered.map_err(|error| match error {
        NotDelivered::Store(error) => NotMade::Store(error),
        NotDelivered::Delivery(error) => NotMade::Delivery(error),
    })?;
    Ok((delivered.url, delivered.fetches))
}
