//! From the artifact store to the place that the job names, and back to be looked at.

use delivery::{Delivery, Parcel};
use store::{DeliveredTo, RenderDone, RenderOutput, Store};
use tokio_util::sync::CancellationToken;
use video::PageOutput;

use super::NotMade;
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
    let place = renders::place(delivery, &job.extra, name).map_err(NotMade::Place)?;
    let parcel = Parcel {
        size: output.size,
        sha256: output.sha256.clone(),
        content_type: output.content_type.clone(),
    };
    let body = store.blobs().get(&output.key, None).await;
    let body = body.map_err(NotMade::Store)?;
    let delivered = delivery
        .deliver(cancel, &place, &parcel, body.stream)
        .await
        .map_err(NotMade::Delivery)?;
    Ok((delivered.url, delivered.fetches))
}
