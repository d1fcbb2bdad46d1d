use delivery::{DeliverError, Delivery, Parcel};
use futures_util::{StreamExt as _, stream};
use http::StatusCode;
use tokio_util::sync::CancellationToken;

use super::{Account, Google, Role, large, settings};

#[tokio::test]
async fn what_was_written_of_a_cancelled_upload_is_taken_back() {
    let account = Account::create();
    let google = Google::start(&account, Role::User).await;
    let config = settings(&google, account.file(), &[]).unwrap();
    let delivery = Delivery::new(config).unwrap();
    let place = delivery.place(None, None, "film.webm").unwrap();
    let parcel = Parcel {
        size: large().len() as u64,
        sha256: "never compared".to_owned(),
        content_type: "video/webm".to_owned(),
    };
    let busy = StatusCode::SERVICE_UNAVAILABLE;
    for (failures, rest, moment) in [
        // More is to be read, and never comes.
        (vec![], stream::pending().boxed(), ("part", 200)),
        // All is read, and a part has to be tried again.
        (
            vec![StatusCode::OK, busy, busy],
            stream::empty().boxed(),
            ("part", 503),
        ),
    ] {
        google.fail(&failures);
        let parts = stream::iter([Ok(large())]).chain(rest);
        let cancel = CancellationToken::new();
        let (done, ()) = tokio::join!(delivery.deliver(&cancel, &place, &parcel, parts), async {
            while google.asked().last() != Some(&moment) {
                tokio::task::yield_now().await;
            }
            cancel.cancel();
        });
        assert!(matches!(done, Err(DeliverError::Cancelled)), "{done:?}");
        assert_eq!(google.asked().last(), Some(&("give up", 204)));
        assert_eq!(google.open_uploads(), 0);
    }
    assert_eq!(delivery.counts().not_stored, 0);
}
