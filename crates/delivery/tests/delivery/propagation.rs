use std::time::Duration;

use delivery::{DeliverError, Delivery};
use tokio_util::sync::CancellationToken;

use crate::support::{Fault, Place, deliver, file, parcel};

#[tokio::test]
async fn a_file_counts_only_once_its_public_address_shows_it() {
    let place = Place::start().await;
    let mut config = place.config();
    config.patience = Duration::from_secs(30);
    let delivery = Delivery::new(config).unwrap();
    place.treat(&[Fault::NotFound, Fault::Stale, Fault::Right]);
    let delivered = deliver(&delivery, file()).await.unwrap();
    assert_eq!(delivered.fetches, 3);
    assert!(delivered.url.ends_with("/user/session/piece%20one.png"));
    assert_eq!(place.stored("user/session/piece one.png").await, file());

    let counts = delivery.counts();
    assert_eq!((counts.stored, counts.verified, counts.fetches), (1, 1, 3));
}

#[tokio::test]
async fn a_file_of_several_parts_arrives_whole() {
    let place = Place::start().await;
    let mut config = place.config();
    config.look = Duration::from_secs(20);
    let delivery = Delivery::new(config).unwrap();
    let large: bytes::Bytes = vec![7_u8; 23 << 20].into();
    let delivered = deliver(&delivery, large.clone()).await.unwrap();
    assert_eq!(delivered.fetches, 1);
    assert_eq!(place.stored("user/session/piece one.png").await, large);
}

#[tokio::test]
async fn waiting_for_a_cdn_is_cancelled_at_once() {
    let place = Place::start().await;
    let mut config = place.config();
    config.look = Duration::from_secs(600);
    let delivery = Delivery::new(config).unwrap();
    place.treat(&[Fault::Slow]);
    let target = delivery.place(None, None, "a.png").unwrap();
    let cancel = CancellationToken::new();
    let bytes = file();
    let parcel = parcel(&bytes);
    let parts = futures_util::stream::iter([Ok(bytes)]);
    let (done, ()) = tokio::join!(delivery.deliver(&cancel, &target, &parcel, parts), async {
        while delivery.counts().fetches == 0 {
            tokio::task::yield_now().await;
        }
        cancel.cancel();
    });
    assert!(matches!(done, Err(DeliverError::Cancelled)), "{done:?}");
}
