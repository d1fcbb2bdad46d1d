use delivery::{DeliverError, Delivery, Secret, Storage};

use crate::support::{ACCESS_KEY, Place, SECRET_KEY, deliver, file};

#[tokio::test]
async fn a_wrong_key_is_refused_by_the_storage_and_never_shown() {
    let place = Place::start().await;
    let mut config = place.config();
    let Storage::S3 { secret_key, .. } = &mut config.storage else {
        panic!("the stand-in is an S3");
    };
    *secret_key = Secret::new("another-secret");
    let shown = format!("{config:?}");
    let delivery = Delivery::new(config).unwrap();
    let error = deliver(&delivery, file()).await.unwrap_err();
    let DeliverError::Upload { bucket, key, .. } = &error else {
        panic!("{error:?}");
    };
    assert_eq!(
        (bucket.as_str(), key.as_str()),
        ("art", "user/session/piece one.png")
    );
    assert_eq!(
        (error.code(), delivery.counts().not_stored),
        ("could-not-store", 1)
    );
    let told = format!("{error:?} {error} {delivery:?} {shown}");
    assert!(!told.contains("another-secret"), "{told}");
}

#[tokio::test]
async fn the_right_key_signs_what_the_storage_checks() {
    let place = Place::start().await;
    let config = place.config();
    let shown = format!("{config:?}");
    assert!(
        shown.contains(ACCESS_KEY) && !shown.contains(SECRET_KEY),
        "{shown}"
    );
    let delivery = Delivery::new(config).unwrap();
    assert_eq!(deliver(&delivery, file()).await.unwrap().fetches, 1);
}
