use bytes::Bytes;
use delivery::Delivery;
use futures_util::stream;
use http::StatusCode;
use tokio_util::sync::CancellationToken;

use super::{Account, Google, Role, large, settings};
use crate::support::{deliver, file, parcel};

#[tokio::test]
async fn google_stores_what_the_service_account_signs_and_shows_it_as_it_is() {
    let account = Account::create();
    let google = Google::start(&account, Role::User).await;
    let more = [("PROSCENIUM_CACHE_CONTROL", "public, max-age=60, immutable")];
    let config = settings(&google, account.file(), &more).unwrap();
    let delivery = Delivery::new(config).unwrap();
    for (bytes, writes) in [
        (file(), vec![("put", 200)]),
        (Bytes::new(), vec![("put", 200)]),
        (
            large(),
            vec![
                ("begin", 200),
                ("part", 200),
                ("part", 200),
                ("finish", 200),
            ],
        ),
    ] {
        let before = google.asked().len();
        let delivered = deliver(&delivery, bytes.clone()).await.unwrap();
        let expected = format!("{}/art/user/session/piece%20one.png", google.address);
        assert_eq!(delivered.url, expected);
        assert_eq!(google.asked()[before..], writes);
        // Delivering has compared all of this already; here it is seen by somebody else.
        let seen = reqwest::get(&delivered.url).await.unwrap();
        let said = |name: &str| seen.headers().get(name).unwrap().clone();
        assert_eq!(said("content-type"), "image/png");
        assert_eq!(said("cache-control"), "public, max-age=60, immutable");
        assert_eq!(seen.bytes().await.unwrap(), bytes);
    }
    assert_eq!(google.open_uploads(), 0);
}

#[tokio::test]
async fn keys_are_stored_letter_by_letter_and_their_public_addresses_show_them() {
    let account = Account::create();
    let google = Google::start(&account, Role::User).await;
    let config = settings(&google, account.file(), &[]).unwrap();
    let delivery = Delivery::new(config).unwrap();
    let bytes = file();
    for (prefix, name) in [
        (None, "plain.png"),
        (Some("two words/and more"), "a b.png"),
        (Some("Größe/日本語"), "été.png"),
        (Some("a+b/c=d"), "~1(2)'3!,;@&$:_-.png"),
    ] {
        let place = delivery.place(None, prefix, name).unwrap();
        let parts = stream::iter([Ok(bytes.clone())]);
        let cancel = CancellationToken::new();
        let delivered = delivery
            .deliver(&cancel, &place, &parcel(&bytes), parts)
            .await
            .unwrap();
        let key = [prefix, Some(name)]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>();
        let key = key.join("/");
        assert_eq!(google.kept(&key).unwrap(), bytes, "{key}");
        let seen = reqwest::get(&delivered.url).await.unwrap();
        assert_eq!(seen.bytes().await.unwrap(), bytes, "{key}");
    }
}

#[tokio::test]
async fn what_fails_for_a_moment_is_asked_again() {
    let account = Account::create();
    let google = Google::start(&account, Role::User).await;
    let config = settings(&google, account.file(), &[]).unwrap();
    let delivery = Delivery::new(config).unwrap();

    google.fail(&[
        StatusCode::SERVICE_UNAVAILABLE,
        StatusCode::TOO_MANY_REQUESTS,
    ]);
    deliver(&delivery, file()).await.unwrap();
    assert_eq!(google.asked(), [("put", 503), ("put", 429), ("put", 200)]);

    google.fail(&[StatusCode::SERVICE_UNAVAILABLE]);
    deliver(&delivery, large()).await.unwrap();
    assert_eq!(google.asked()[3..5], [("begin", 503), ("begin", 200)]);
    assert_eq!(google.open_uploads(), 0);
}

#[tokio::test]
async fn another_service_may_be_named_with_a_slash_at_its_end() {
    let account = Account::create();
    let google = Google::start(&account, Role::User).await;
    let endpoint = format!("{}/", google.address);
    let more = [("PROSCENIUM_STORAGE_ENDPOINT", endpoint.as_str())];
    let config = settings(&google, account.file(), &more).unwrap();
    let delivery = Delivery::new(config).unwrap();
    deliver(&delivery, file()).await.unwrap();
}
