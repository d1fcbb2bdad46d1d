use std::error::Error;

use delivery::{DeliverError, Delivery};

use super::{Account, Google, Role, settings};
use crate::support::{deliver, file};

/// Everything that an error says, down to its first cause.
fn told(error: &dyn Error) -> String {
    let mut told = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        told = format!("{told}: {error}");
        cause = error.source();
    }
    told
}

#[tokio::test]
async fn what_google_refuses_says_what_to_do() {
    let (account, other) = (Account::create(), Account::create());
    for (role, signs, bucket, advice, answered) in [
        (
            Role::User,
            &other,
            "gs://art",
            "PROSCENIUM_STORAGE_CREDENTIALS",
            "another key has signed it",
        ),
        (
            Role::Viewer,
            &account,
            "gs://art",
            "roles/storage.objectUser",
            "storage.objects.create is denied",
        ),
        (
            Role::User,
            &account,
            "gs://elsewhere",
            "PROSCENIUM_STORAGE",
            "NoSuchBucket",
        ),
    ] {
        let google = Google::start(&account, role).await;
        let more = [("PROSCENIUM_STORAGE", bucket)];
        let config = settings(&google, signs.file(), &more).unwrap();
        let delivery = Delivery::new(config).unwrap();
        let error = deliver(&delivery, file()).await.unwrap_err();
        assert_eq!(error.code(), "could-not-store");
        assert!(matches!(error, DeliverError::Upload { .. }), "{error:?}");
        assert!(error.to_string().contains(advice), "{error}");
        let told = format!("{} {error:?} {delivery:?}", told(&error));
        assert!(told.contains(answered), "{told}");
        assert!(!told.contains("PRIVATE KEY"), "{told}");
        // It would be refused again: nobody waits for that.
        assert_eq!(google.asked().len(), 1, "{:?}", google.asked());
    }
}

#[tokio::test]
async fn a_file_that_is_no_service_accounts_is_named_before_anything_is_delivered() {
    let account = Account::create();
    let google = Google::start(&account, Role::User).await;
    let folder = tempfile::tempdir().unwrap();
    let broken = std::fs::read_to_string(account.file()).unwrap();
    let broken = broken.replace("-----BEGIN PRIVATE KEY-----", "-----BEGIN NOTHING-----");
    for (name, text, why) in [
        ("missing.json", None, "No such file"),
        ("empty.json", Some(""), "EOF"),
        (
            "a person's.json",
            Some(r#"{"type":"authorized_user","client_id":"a","refresh_token":"s3cr3t"}"#),
            "private_key",
        ),
        ("broken.json", Some(broken.as_str()), "pem"),
    ] {
        let file = folder.path().join(name);
        if let Some(text) = text {
            std::fs::write(&file, text).unwrap();
        }
        // Whether the bucket is set up or named by each job.
        for storage in ["gs://art", "gs://"] {
            let more = [("PROSCENIUM_STORAGE", storage)];
            let config = settings(&google, &file, &more).unwrap();
            let error = Delivery::new(config).unwrap_err();
            let shown = error.to_string();
            assert!(
                shown.starts_with("PROSCENIUM_STORAGE_CREDENTIALS"),
                "{shown}"
            );
            assert!(shown.contains(name), "{shown}");
            let told = format!("{} {error:?}", told(&error));
            assert!(told.contains(why), "{told}");
            assert!(!told.contains("s3cr3t"), "{told}");
        }
    }
}
