//! Azure's storage in its own emulator, which checks signatures: stored by the account's key, and fetched back as everybody
//! sees it.

use std::io::{BufRead as _, BufReader, Lines};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

use delivery::{Config, DeliverError, Delivery, Secret, Storage};
use object_store::azure::{AzureAccessKey, AzureAuthorizer, AzureCredential};
use object_store::client::{HttpRequest, HttpRequestBody};
use tempfile::TempDir;

use crate::support::{deliver, file};

/// The emulator's only account and its key, the same everywhere.
const ACCOUNT: &str = "devstoreaccount1";
const KEY: &str =
    "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

/// An emulator with an empty container that everybody may read.
struct Azurite {
    process: Child,
    address: String,
    /// It ends when nobody hears what it says.
    _told: Lines<BufReader<ChildStdout>>,
    _folder: TempDir,
}

impl Drop for Azurite {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Azurite {
    async fn start() -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let program =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("../../node_modules/.bin/azurite-blob");
        let folder = tempfile::tempdir().unwrap();
        let mut process = Command::new(program)
            .args(["--blobHost", "127.0.0.1", "--blobPort", "0"])
            .args(["--disableTelemetry", "--skipApiVersionCheck", "--location"])
            .arg(folder.path())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the emulator starts; `make setup` installs it");
        let mut told = BufReader::new(process.stdout.take().unwrap()).lines();
        let address = told
            .by_ref()
            .map_while(Result::ok)
            .find_map(|line| Some(line.split_once("listens on ")?.1.trim().to_owned()))
            .expect("it says where it listens");
        let azurite = Self {
            process,
            address: format!("{address}/{ACCOUNT}"),
            _told: told,
            _folder: folder,
        };
        azurite.create("art").await;
        azurite
    }

    async fn create(&self, container: &str) {
        let address = format!("{}/{container}?restype=container", self.address);
        let request = http::Request::put(&address)
            .header("x-ms-blob-public-access", "blob")
            .header("content-length", "0");
        let mut request: HttpRequest = request.body(HttpRequestBody::empty()).unwrap();
        let key = AzureCredential::AccessKey(AzureAccessKey::try_new(KEY).unwrap());
        let signing = AzureAuthorizer::new(&key, ACCOUNT);
        signing.try_authorize(&mut request).unwrap();
        let created = reqwest::Client::new()
            .put(&address)
            .headers(request.headers().clone())
            .send();
        let created = created.await.unwrap();
        assert_eq!(created.status(), http::StatusCode::CREATED);
    }

    fn config(&self, key: &str) -> Config {
        Config {
            storage: Storage::Azure {
                account: ACCOUNT.to_owned(),
                key: Secret::new(key),
                endpoint: Some(self.address.clone()),
            },
            bucket: Some("art".to_owned()),
            public: format!("{}/{{bucket}}", self.address),
            patience: Duration::from_secs(5),
            look: Duration::from_secs(5),
            cache_control: "public, max-age=3600".to_owned(),
        }
    }
}

#[tokio::test]
async fn azure_stores_what_the_accounts_key_signs_and_shows_it_as_it_is() {
    let azurite = Azurite::start().await;
    let delivery = Delivery::new(azurite.config(KEY)).unwrap();
    let delivered = deliver(&delivery, file()).await.unwrap();
    let expected = format!("{}/art/user/session/piece%20one.png", azurite.address);
    assert_eq!(delivered.url, expected);
    // Delivering has compared all of this already; here it is seen by somebody else.
    let seen = reqwest::get(&delivered.url).await.unwrap();
    let said = |name: &str| seen.headers().get(name).unwrap().clone();
    assert_eq!(said("content-type"), "image/png");
    assert_eq!(said("cache-control"), "public, max-age=3600");
    assert_eq!(seen.bytes().await.unwrap(), file());
}

#[tokio::test]
async fn azure_refuses_what_another_key_has_signed() {
    let azurite = Azurite::start().await;
    let other = KEY.replacen("Eby8", "Abcd", 1);
    let delivery = Delivery::new(azurite.config(&other)).unwrap();
    let error = deliver(&delivery, file()).await.unwrap_err();
    assert!(matches!(error, DeliverError::Upload { .. }), "{error:?}");
    let told = format!("{error:?} {error} {delivery:?}");
    assert!(told.contains("AuthorizationFailure"), "{told}");
    assert!(!told.contains(&other), "{told}");
}
