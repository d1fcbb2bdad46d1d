//! Who asks. An anonymous person and the owner have the same words; only the cookie differs.

use axum::Router;
use axum::body::Body;
use http::header::{CONTENT_TYPE, COOKIE, HOST, SET_COOKIE};
use http::{HeaderMap, Method, Request};
use http_body_util::BodyExt;
use serde_json::Value;
use tower::ServiceExt;

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("no JSON: {}", self.text()))
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The data of a successful answer.
    pub(crate) fn data(&self) -> Value {
        let json = self.json();
        assert_eq!(json["success"], true, "{json}");
        json["data"].clone()
    }

    /// The code of a failure; its envelope is checked on the way.
    pub(crate) fn code(&self) -> String {
        let json = self.json();
        assert_eq!(json["success"], false, "{json}");
        let message = json["error"]["message"].as_str().unwrap();
        assert!(
            message.ends_with('.') && message.len() > 10,
            "not a sentence: {message}"
        );
        assert_eq!(
            json["error"]["requestId"],
            self.headers["x-request-id"].to_str().unwrap()
        );
        json["error"]["code"].as_str().unwrap().to_owned()
    }

    /// The sign-in cookie that the answer sets.
    pub(crate) fn cookie(&self) -> Option<String> {
        let cookie = self.headers.get(SET_COOKIE)?.to_str().unwrap();
        Some(cookie.split(';').next().unwrap().to_owned())
    }
}

/// Somebody who has not signed in.
#[derive(Clone)]
pub(crate) struct Anonymous {
    router: Router,
    headers: Vec<(String, String)>,
}

/// The owner, signed in.
pub(crate) type Owner = Anonymous;

impl Anonymous {
    pub(super) fn new_with(router: Router, headers: Vec<(String, String)>) -> Self {
        Self { router, headers }
    }

    /// The same person with one more header.
    pub(crate) fn with(&self, name: &str, value: &str) -> Self {
        let mut headers = self.headers.clone();
        headers.retain(|(known, _)| !known.eq_ignore_ascii_case(name));
        headers.push((name.to_owned(), value.to_owned()));
        Self {
            router: self.router.clone(),
            headers,
        }
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, None, Body::empty()).await
    }

    pub(crate) async fn delete(&self, path: &str) -> Answer {
        self.send(Method::DELETE, path, None, Body::empty()).await
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> Answer {
        self.send(
            Method::POST,
            path,
            Some("application/json"),
            Body::from(body.to_string()),
        )
        .await
    }

    pub(crate) async fn put(&self, path: &str, body: Value) -> Answer {
        self.send(
            Method::PUT,
            path,
            Some("application/json"),
            Body::from(body.to_string()),
        )
        .await
    }

    pub(crate) async fn patch(&self, path: &str, body: Value) -> Answer {
        self.send(
            Method::PATCH,
            path,
            Some("application/json"),
            Body::from(body.to_string()),
        )
        .await
    }

    /// A body of any kind.
    pub(crate) async fn send(
        &self,
        method: Method,
        path: &str,
        kind: Option<&str>,
        body: Body,
    ) -> Answer {
        let response = self.open(method, path, kind, body).await;
        let (head, body) = response.into_parts();
        let body = body.collect().await.unwrap().to_bytes().to_vec();
        Answer {
            status: head.status.as_u16(),
            headers: head.headers,
            body,
        }
    }

    /// The answer before its body was read, for streams.
    pub(crate) async fn open(
        &self,
        method: Method,
        path: &str,
        kind: Option<&str>,
        body: Body,
    ) -> http::Response<Body> {
        let mut request = Request::builder().method(method).uri(path);
        if !self
            .headers
            .iter()
            .any(|(name, _)| name.eq_ignore_ascii_case("host"))
        {
            request = request.header(HOST, "localhost:7777");
        }
        if let Some(kind) = kind {
            request = request.header(CONTENT_TYPE, kind);
        }
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        self.router
            .clone()
            .oneshot(request.body(body).unwrap())
            .await
            .unwrap()
    }
}

impl Anonymous {
    pub(super) fn new(router: Router) -> Self {
        Self::new_with(router, Vec::new())
    }

    pub(super) fn signed_in(router: Router, cookie: String) -> Self {
        Self::new_with(router, vec![(COOKIE.to_string(), cookie)])
    }
}
