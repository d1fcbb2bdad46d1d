//! From the artifact store to a place that everybody sees, and back to be looked at: the same for renders and films.

use delivery::{DeliverError, Delivered, Delivery, Parcel, Place, PlaceError};
use serde_json::{Map, Value};
use store::{RenderOutput, Store, StoreError};
use tokio_util::sync::CancellationToken;

/// Why a stored file did not arrive.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NotDelivered {
    /// It could not be read here.
    #[error("the stored file could not be opened")]
    Store(#[source] StoreError),
    /// The storage did not take it, or does not show it.
    #[error(transparent)]
    Delivery(DeliverError),
}

/// Where a file goes when its order does not say.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Usual<'a> {
    pub(crate) bucket: Option<&'a str>,
    pub(crate) prefix: Option<&'a str>,
}

/// Where a file of an order goes, by the order's fields `bucket` and `prefix`.
pub(crate) fn place(
    delivery: &Delivery,
    said: &Map<String, Value>,
    usual: Usual<'_>,
    name: &str,
) -> Result<Place, PlaceError> {
    let text = |field: &'static str| match said.get(field) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.as_str())),
        Some(_) => Err(PlaceError {
            field,
            problem: "text is needed".to_owned(),
        }),
    };
    let bucket = text("bucket")?.or(usual.bucket);
    let prefix = text("prefix")?.or(usual.prefix);
    delivery.place(bucket, prefix, name)
}

/// Delivers one stored file.
pub(crate) async fn deliver(
    store: &Store,
    delivery: &Delivery,
    cancel: &CancellationToken,
    place: &Place,
    file: &RenderOutput,
) -> Result<Delivered, NotDelivered> {
    let parcel = Parcel {
        size: file.size,
        sha256: file.sha256.clone(),
        content_type: file.content_type.clone(),
    };
    let body = store.blobs().get(&file.key, None).await;
    let body = body.map_err(NotDelivered::Store)?;
    delivery
        .deliver(cancel, place, &parcel, body.stream)
        .await
        .map_err(NotDelivered::Delivery)
}
