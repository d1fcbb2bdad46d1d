use bytes::Bytes;
use delivery::{Delivery, Encryption, Storage};

use crate::support::{Place, deliver, file};

/// Larger than what is written in one piece.
fn large() -> Bytes {
    vec![7_u8; 11 << 20].into()
}

async fn sent(encryption: Option<Encryption>, bytes: Bytes) -> Vec<[Option<String>; 2]> {
    let place = Place::start().await;
    let mut config = place.config();
    let Storage::S3 {
        encryption: way, ..
    } = &mut config.storage
    else {
        panic!("the stand-in is an S3");
    };
    *way = encryption;
    config.look = std::time::Duration::from_secs(10);
    let delivery = Delivery::new(config).unwrap();
    deliver(&delivery, bytes).await.unwrap();
    let begins = |address: &str| !address.contains("uploadId=");
    let writes = place.writes();
    let begun = writes.iter().filter(|write| begins(&write.address));
    let said = |headers: &http::HeaderMap, name: &str| {
        Some(headers.get(name)?.to_str().unwrap().to_owned())
    };
    let headers = begun.map(|write| {
        [
            "x-amz-server-side-encryption",
            "x-amz-server-side-encryption-aws-kms-key-id",
        ]
        .map(|name| said(&write.headers, name))
    });
    headers.collect()
}

#[tokio::test]
async fn the_storage_is_asked_to_encrypt_each_file_in_the_way_that_is_set_up() {
    let key = Some("alias/films".to_owned());
    for (encryption, way, key) in [
        (Some(Encryption::OwnKeys), Some("AES256"), None),
        (Some(Encryption::Kms { key: None }), Some("aws:kms"), None),
        (
            Some(Encryption::Kms { key: key.clone() }),
            Some("aws:kms"),
            key.clone(),
        ),
        (
            Some(Encryption::KmsTwice { key: key.clone() }),
            Some("aws:kms:dsse"),
            key,
        ),
        (None, None, None),
    ] {
        let expected = [way.map(str::to_owned), key];
        assert_eq!(
            sent(encryption.clone(), file()).await,
            [expected],
            "{encryption:?}"
        );
    }
}

#[tokio::test]
async fn a_large_file_is_encrypted_although_it_is_written_in_pieces() {
    let sent = sent(Some(Encryption::OwnKeys), large()).await;
    assert_eq!(sent, [[Some("AES256".to_owned()), None]]);
}
