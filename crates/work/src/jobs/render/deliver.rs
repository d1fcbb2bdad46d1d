//! From the artifact store to the place that the job names, and back to be looked at.

use delivery::{Delivery, Parcel};
use store::{DeliveredTo, RenderDone, Store};
use tokio_util::sync::CancellationToken;

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
    done.delivered = Some(DeliveredTo {
        src: Some(delivered.url),
        html_src: None,
        fetches: delivered.fetches,
    });
    Ok(())
}
