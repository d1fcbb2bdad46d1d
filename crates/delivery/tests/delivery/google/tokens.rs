use http::StatusCode;
use serde_json::{Value, json};

use super::account::{EMAIL, KEY_ID, seconds_now};
use super::{Account, Google, Role};

const SCOPE: &str = "https://www.googleapis.com/auth/devstorage.read_write";

/// Claims as they should be, but for these.
fn claims(other: &Value) -> Value {
    let now = seconds_now();
    let mut claims = json!({
        "iss": EMAIL, "sub": EMAIL, "scope": SCOPE, "iat": now, "exp": now + 3600,
    });
    for (name, value) in other.as_object().unwrap() {
        claims[name] = value.clone();
    }
    claims
}

/// Without this the other tests would prove nothing: what stands in for Google has to refuse what Google refuses.
#[tokio::test]
async fn no_token_opens_the_storage_that_would_not_open_googles() {
    let (account, other) = (Account::create(), Account::create());
    let google = Google::start(&account, Role::User).await;
    let header = json!({"typ": "JWT", "alg": "RS256", "kid": KEY_ID});
    let now = seconds_now();
    let right = account.token(&header, &claims(&json!({})));
    let (message, _) = right.rsplit_once('.').unwrap();
    let signed = |other| Some(account.token(&header, &claims(&other)));
    for (token, status) in [
        (Some(right.clone()), 200),
        (None, 401),
        (Some(message.to_owned()), 401),
        (Some(format!("{message}.AAAA")), 401),
        (Some(other.token(&header, &claims(&json!({})))), 401),
        (
            Some(account.token(&json!({"typ": "JWT", "alg": "none"}), &claims(&json!({})))),
            401,
        ),
        (signed(json!({"iss": "somebody@example.com"})), 401),
        (signed(json!({"scope": format!("{SCOPE}.not")})), 401),
        (
            signed(json!({"aud": "https://storage.googleapis.com/"})),
            401,
        ),
        (signed(json!({"iat": now - 7200, "exp": now - 3600})), 401),
        (signed(json!({"exp": now + 7200})), 401),
        (signed(json!({"iat": now + 600, "exp": now + 4200})), 401),
    ] {
        let mut put = reqwest::Client::new().put(format!("{}/art/a.txt", google.address));
        if let Some(token) = &token {
            put = put.bearer_auth(token);
        }
        let answered = put.body("a").send().await.unwrap();
        let expected = StatusCode::from_u16(status).unwrap();
        assert_eq!(answered.status(), expected, "{token:?}");
    }
}
