use delivery::{DeliverError, Delivery};

use crate::support::{Fault, Place, deliver, file};

#[tokio::test]
async fn every_way_in_which_a_public_address_can_be_wrong_is_caught_and_named() {
    let place = Place::start().await;
    let delivery = Delivery::new(place.config()).unwrap();
    for (fault, code, said) in [
        (Fault::NotFound, "wrong-status", "404"),
        (Fault::Redirected, "wrong-status", "302"),
        (Fault::Stale, "wrong-content", "SHA-256"),
        (Fault::Corrupted, "wrong-content", "SHA-256"),
        (Fault::Truncated, "wrong-length", "10000 bytes; 20000"),
        (Fault::BrokenOff, "unreachable", "cannot be fetched"),
        (Fault::TooLong, "wrong-length", "20000 are right"),
        (Fault::WrongType, "wrong-type", "text/plain"),
        (Fault::WrongCache, "wrong-cache-headers", "no-store"),
        (Fault::Slow, "too-slow", "within"),
        (Fault::NoRange, "wrong-range", "206 is right"),
        (Fault::WrongRange, "wrong-range", "bytes are others"),
    ] {
        place.treat(&[fault]);
        let error = deliver(&delivery, file()).await.unwrap_err();
        assert_eq!(error.code(), code, "{fault:?}: {error:?}");
        let DeliverError::Wrong { url, mismatch, .. } = &error else {
            panic!("{fault:?}: {error:?}");
        };
        assert!(url.ends_with("/user/session/piece%20one.png"), "{url}");
        let text = mismatch.to_string();
        assert!(text.contains(said), "{fault:?}: {text}");
    }
    let counts = delivery.counts();
    assert_eq!(
        (counts.stored, counts.verified, counts.not_verified),
        (12, 0, 12)
    );
}

#[tokio::test]
async fn a_cdn_that_is_not_there_is_an_error_that_says_so() {
    let place = Place::start().await;
    let mut config = place.config();
    // A port that was free a moment ago and that nobody listens on.
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    config.public = format!("http://{}", closed.local_addr().unwrap());
    drop(closed);
    let delivery = Delivery::new(config).unwrap();
    let error = deliver(&delivery, file()).await.unwrap_err();
    assert_eq!(error.code(), "unreachable");
}
