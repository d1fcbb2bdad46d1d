use std::collections::HashMap;
use std::time::Duration;

use delivery::{Config, ConfigError, Encryption, Storage};

fn read(settings: &[(&str, &str)]) -> Result<Option<Config>, ConfigError> {
    let settings: HashMap<&str, &str> = settings.iter().copied().collect();
    Config::read(|name| settings.get(name).map(|value| (*value).to_owned()))
}

#[test]
fn without_a_storage_nothing_is_delivered() {
    assert!(read(&[]).unwrap().is_none());
    let empty = [
        ("PROSCENIUM_STORAGE", " "),
        ("CDN_URI", "https://cdn.example"),
    ];
    assert!(read(&empty).unwrap().is_none());
}

#[test]
fn the_names_of_the_former_service_are_read() {
    let config = read(&[
        ("AZURE_STORAGE_ACCOUNT", "studio"),
        ("AZURE_STORAGE_KEY", "c2VjcmV0"),
        ("CDN_URI", "https://cdn.example"),
    ]);
    let config = config.unwrap().unwrap();
    assert!(matches!(&config.storage, Storage::Azure { account, .. } if account == "studio"));
    assert_eq!(
        (config.bucket, config.public.as_str()),
        (None, "https://cdn.example")
    );
    assert_eq!(config.patience, Duration::from_secs(60));
}

#[test]
fn each_kind_of_storage_is_named_by_its_address() {
    let keys = [
        ("PROSCENIUM_STORAGE_ACCESS_KEY", "id"),
        ("PROSCENIUM_STORAGE_SECRET_KEY", "c2VjcmV0"),
        ("PROSCENIUM_STORAGE_CREDENTIALS", "/etc/google.json"),
        ("PROSCENIUM_CDN_URL", "https://cdn.example/{bucket}"),
        ("PROSCENIUM_CDN_PATIENCE", "5s"),
    ];
    for (address, kind, bucket) in [
        ("file:///srv/outputs", "Folder(\"/srv/outputs\")", None),
        ("s3://art", "S3 {", Some("art")),
        ("azure://studio/art", "Azure {", Some("art")),
        ("azure://studio", "Azure {", None),
        ("gs://art", "Google {", Some("art")),
    ] {
        let mut settings = vec![("PROSCENIUM_STORAGE", address)];
        settings.extend(keys);
        let config = read(&settings).unwrap().unwrap();
        let shown = format!("{:?}", config.storage);
        assert!(shown.starts_with(kind), "{shown}");
        assert!(!shown.contains("c2VjcmV0"), "{shown}");
        assert_eq!(config.bucket.as_deref(), bucket, "{address}");
        assert_eq!(config.patience, Duration::from_secs(5));
    }
}

#[test]
fn a_setting_that_is_missing_or_wrong_is_named() {
    let cdn = ("PROSCENIUM_CDN_URL", "https://cdn.example");
    let s3 = ("PROSCENIUM_STORAGE", "s3://art");
    let id = ("PROSCENIUM_STORAGE_ACCESS_KEY", "id");
    let key = ("PROSCENIUM_STORAGE_SECRET_KEY", "key");
    for (settings, name) in [
        (
            vec![("PROSCENIUM_STORAGE", "file:///srv")],
            "PROSCENIUM_CDN_URL",
        ),
        (
            vec![("PROSCENIUM_STORAGE", "s3://art"), cdn],
            "PROSCENIUM_STORAGE_ACCESS_KEY",
        ),
        (
            vec![("PROSCENIUM_STORAGE", "ftp://art"), cdn],
            "PROSCENIUM_STORAGE",
        ),
        (
            vec![("PROSCENIUM_STORAGE", "s3://art/films"), id, key, cdn],
            "PROSCENIUM_STORAGE: it ends with the bucket",
        ),
        (
            vec![("PROSCENIUM_STORAGE", "gs://art/films"), cdn],
            "PROSCENIUM_STORAGE: it ends with the bucket",
        ),
        (
            vec![("PROSCENIUM_STORAGE", "azure://studio/art/films"), key, cdn],
            "PROSCENIUM_STORAGE: it ends with the bucket",
        ),
        (
            vec![("PROSCENIUM_STORAGE", "s3://id:key@art"), cdn],
            "PROSCENIUM_STORAGE",
        ),
        (
            vec![("AZURE_STORAGE_ACCOUNT", "studio"), cdn],
            "AZURE_STORAGE_KEY",
        ),
        (
            vec![
                ("PROSCENIUM_STORAGE", "file:///srv"),
                ("CDN_URI", "cdn.example"),
            ],
            "PROSCENIUM_CDN_URL",
        ),
        (
            vec![
                ("PROSCENIUM_STORAGE", "file:///srv"),
                cdn,
                ("PROSCENIUM_CDN_PATIENCE", "soon"),
            ],
            "PROSCENIUM_CDN_PATIENCE",
        ),
        (
            vec![
                ("PROSCENIUM_STORAGE", "file:///srv"),
                cdn,
                ("PROSCENIUM_STORAGE_ENCRYPTION", "AES256"),
            ],
            "PROSCENIUM_STORAGE_ENCRYPTION: a folder",
        ),
        (
            vec![("PROSCENIUM_STORAGE_ENCRYPTION", "rot13"), s3, id, key, cdn],
            "PROSCENIUM_STORAGE_ENCRYPTION",
        ),
        (
            vec![
                ("PROSCENIUM_STORAGE_KMS_KEY", "alias/films"),
                s3,
                id,
                key,
                cdn,
            ],
            "PROSCENIUM_STORAGE_KMS_KEY",
        ),
    ] {
        let error = read(&settings).unwrap_err().to_string();
        assert!(error.starts_with(name), "{error}");
    }
}

#[test]
fn encryption_is_read_with_the_key_that_it_uses() {
    let base = [
        ("PROSCENIUM_STORAGE", "s3://art"),
        ("PROSCENIUM_STORAGE_ACCESS_KEY", "id"),
        ("PROSCENIUM_STORAGE_SECRET_KEY", "key"),
        ("PROSCENIUM_CDN_URL", "https://cdn.example"),
    ];
    let key = Some("alias/films".to_owned());
    for (more, expected) in [
        (vec![], None),
        (
            vec![("PROSCENIUM_STORAGE_ENCRYPTION", "AES256")],
            Some(Encryption::OwnKeys),
        ),
        (
            vec![
                ("PROSCENIUM_STORAGE_ENCRYPTION", "aws:kms"),
                ("PROSCENIUM_STORAGE_KMS_KEY", "alias/films"),
            ],
            Some(Encryption::Kms { key }),
        ),
    ] {
        let settings = [base.to_vec(), more].concat();
        let config = read(&settings).unwrap().unwrap();
        let Storage::S3 { encryption, .. } = config.storage else {
            panic!("{:?}", config.storage);
        };
        assert_eq!(encryption, expected);
    }
}
