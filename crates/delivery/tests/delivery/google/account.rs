//! A service account: the file that Google hands out for it, and what Google knows of it.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{SystemTime, UNIX_EPOCH};

use data_encoding::{BASE64, BASE64URL_NOPAD};
use ring::rand::SystemRandom;
use ring::rsa::KeyPair as RsaKeyPair;
use ring::signature::{RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_SHA256, UnparsedPublicKey};
use serde_json::{Value, json};
use tempfile::TempDir;

pub(super) const EMAIL: &str = "studio@art-project.iam.gserviceaccount.com";
pub(super) const KEY_ID: &str = "6f1c";

/// What a token has to ask for to write; the first is for everything, the others for storage alone.
const WRITING_SCOPES: [&str; 3] = [
    "https://www.googleapis.com/auth/cloud-platform",
    "https://www.googleapis.com/auth/devstorage.read_write",
    "https://www.googleapis.com/auth/devstorage.full_control",
];
/// The longest that a token may be valid.
const LONGEST_LIFE: u64 = 3600;

/// The two sides of an account's key.
pub(super) struct Account {
    key: RsaKeyPair,
    public_key: Vec<u8>,
    file: PathBuf,
    _folder: TempDir,
}

impl Account {
    /// An account with a key that was made for this test: none lies in the tree.
    pub(super) fn create() -> Self {
        let [private, public] = key_pair();
        let lines = private.lines().filter(|line| !line.starts_with('-'));
        let der = BASE64.decode(lines.collect::<String>().as_bytes()).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("service account.json");
        let key_file = json!({
            "type": "service_account",
            "project_id": "art-project",
            "private_key_id": KEY_ID,
            "private_key": private,
            "client_email": EMAIL,
            "client_id": "100000000000000000001",
            "auth_uri": "https://accounts.google.com/o/oauth2/auth",
            "token_uri": "https://oauth2.googleapis.com/token",
        });
        std::fs::write(&file, key_file.to_string()).unwrap();
        Self {
            key: RsaKeyPair::from_pkcs8(&der).unwrap(),
            public_key: BASE64.decode(public.as_bytes()).unwrap(),
            file,
            _folder: folder,
        }
    }

    /// The file to name in the settings.
    pub(super) fn file(&self) -> &Path {
        &self.file
    }

    /// A token of these words, signed.
    pub(super) fn token(&self, header: &Value, claims: &Value) -> String {
        let [header, claims] =
            [header, claims].map(|part| BASE64URL_NOPAD.encode(part.to_string().as_bytes()));
        let message = format!("{header}.{claims}");
        let mut signature = vec![0; self.key.public().modulus_len()];
        let random = SystemRandom::new();
        self.key
            .sign(
                &RSA_PKCS1_SHA256,
                &random,
                message.as_bytes(),
                &mut signature,
            )
            .unwrap();
        format!("{message}.{}", BASE64URL_NOPAD.encode(&signature))
    }

    pub(super) fn verifier(&self) -> Verifier {
        Verifier {
            public_key: self.public_key.clone(),
        }
    }
}

/// What Google keeps of an account: enough to check what it signs, and not to sign.
pub(super) struct Verifier {
    public_key: Vec<u8>,
}

impl Verifier {
    /// Checks the token as <https://google.aip.dev/auth/4111> describes it. Says what is wrong.
    pub(super) fn check(&self, authorization: &str) -> Result<(), String> {
        let token = authorization
            .strip_prefix("Bearer ")
            .ok_or("no bearer token")?;
        let (message, signature) = token.rsplit_once('.').ok_or("no signature")?;
        let (header, claims) = message.split_once('.').ok_or("no claims")?;
        let (header, claims) = (decoded(header)?, decoded(claims)?);
        let expected = json!({"typ": "JWT", "alg": "RS256", "kid": KEY_ID});
        if header != expected {
            return Err(format!("its header is {header}"));
        }
        let signature = BASE64URL_NOPAD
            .decode(signature.as_bytes())
            .map_err(|error| error.to_string())?;
        UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, &self.public_key)
            .verify(message.as_bytes(), &signature)
            .map_err(|_| "another key has signed it")?;
        check_claims(&claims)
    }
}

fn check_claims(claims: &Value) -> Result<(), String> {
    let wrong = |what: &str| Err(format!("{what}: {claims}"));
    if claims["iss"] != EMAIL || claims["sub"] != EMAIL {
        return wrong("another account");
    }
    let scopes = claims["scope"].as_str().unwrap_or_default();
    if !scopes.split(' ').any(|one| WRITING_SCOPES.contains(&one)) {
        return wrong("nothing that may write is asked for");
    }
    // One or the other: Google refuses both together.
    if claims.get("aud").is_some() {
        return wrong("an audience beside the scope");
    }
    let now = seconds_now();
    let time = |name: &str| claims[name].as_u64().unwrap_or_default();
    let (begins, ends) = (time("iat"), time("exp"));
    if begins > now || ends <= now || ends > begins + LONGEST_LIFE {
        return wrong("not its time");
    }
    Ok(())
}

pub(super) fn seconds_now() -> u64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    now.as_secs()
}

fn decoded(part: &str) -> Result<Value, String> {
    let text = BASE64URL_NOPAD
        .decode(part.as_bytes())
        .map_err(|error| error.to_string())?;
    serde_json::from_slice(&text).map_err(|error| error.to_string())
}

/// The private key as PEM, and the public one in Base64. Node makes it, which is there for Azure's emulator too: what signs in
/// these tests cannot make keys.
fn key_pair() -> [String; 2] {
    const MAKE: &str = "
        const { generateKeyPairSync } = require('node:crypto');
        const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
        const shown = [
            pair.privateKey.export({ type: 'pkcs8', format: 'pem' }),
            pair.publicKey.export({ type: 'pkcs1', format: 'der' }).toString('base64'),
        ];
        process.stdout.write(JSON.stringify(shown));";
    let made = Command::new("node").args(["--eval", MAKE]).output();
    let made = made.expect("node starts; the tests need it");
    assert!(made.status.success(), "{made:?}");
    serde_json::from_slice(&made.stdout).unwrap()
}
