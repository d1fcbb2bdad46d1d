//! Requests become failures and a HAR log.

use std::time::{Duration, SystemTime};

use capture::{NetworkLog, RequestSeen, ResponseSeen};
use serde_json::{Value, json};

fn at(ms: u64) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_millis(ms)
}

#[expect(clippy::cast_precision_loss, reason = "small numbers of a test")]
fn seconds(ms: u64) -> f64 {
    500.0 + ms as f64 / 1e3
}

fn request(id: &str, url: &str, ms: u64) -> RequestSeen {
    RequestSeen {
        id: id.into(),
        method: "GET".into(),
        url: url.into(),
        resource_type: "Document".into(),
        headers: vec![
            ("Accept".into(), "*/*".into()),
            ("Cookie".into(), "sid=1".into()),
        ],
        at: at(ms),
        monotonic: seconds(ms),
    }
}

fn response(id: &str, status: u16, ms: u64) -> ResponseSeen {
    ResponseSeen {
        id: id.into(),
        status,
        status_text: String::new(),
        mime: "text/html".into(),
        headers: vec![("Location".into(), "/next".into())],
        from_cache: false,
        remote_address: Some("192.0.2.1".into()),
        protocol: Some("h2".into()),
        monotonic: seconds(ms),
        phases: None,
    }
}

fn har(log: &NetworkLog) -> Value {
    serde_json::from_str(&log.har(("Chromium", "1")).to_json()).expect("a HAR is JSON")
}

#[test]
fn a_finished_request_becomes_a_har_entry_with_its_times() {
    let mut log = NetworkLog::new(10);
    log.request(request(
        "1",
        "https://shop.example/cart?item=7&n=%20x",
        1_000,
    ));
    log.response(response("1", 200, 1_040));
    log.finished("1", 1234, seconds(1_100));
    let har = har(&log);
    assert_eq!(har["log"]["version"], "1.2");
    let entry = &har["log"]["entries"][0];
    assert_eq!(entry["startedDateTime"], "1970-01-01T00:00:01.000Z");
    assert_eq!(
        entry["timings"],
        json!({"blocked": -1.0, "dns": -1.0, "connect": -1.0, "ssl": -1.0, "send": 0.0, "wait": 40.0, "receive": 60.0})
    );
    assert_eq!(entry["time"], 100.0);
    assert_eq!(
        entry["request"]["queryString"][1],
        json!({"name": "n", "value": " x"})
    );
    assert_eq!(entry["response"]["_transferSize"], 1234);
    assert_eq!(entry["serverIPAddress"], "192.0.2.1");
}

#[test]
fn cookies_do_not_reach_the_har() {
    let mut log = NetworkLog::new(10);
    log.request(request("1", "https://shop.example/", 0));
    assert_eq!(
        har(&log)["log"]["entries"][0]["request"]["headers"][1]["value"],
        "[hidden]"
    );
}

#[test]
fn a_redirect_is_an_entry_of_its_own() {
    let mut log = NetworkLog::new(10);
    log.request(request("1", "https://shop.example/old", 0));
    log.response(response("1", 302, 10));
    log.request(request("1", "https://shop.example/next", 11));
    log.finished("1", 1, seconds(20));
    let har = har(&log);
    assert_eq!(har["log"]["entries"][0]["response"]["redirectURL"], "/next");
    assert_eq!(
        har["log"]["entries"][1]["request"]["url"],
        "https://shop.example/next"
    );
}

#[test]
fn error_statuses_and_broken_requests_are_failures_but_cancelled_ones_are_not() {
    let mut log = NetworkLog::new(10);
    for (id, path) in [("1", "missing"), ("2", "refused"), ("3", "left")] {
        log.request(request(id, &format!("https://shop.example/{path}"), 0));
    }
    assert_eq!(
        log.response(response("1", 404, 1)).unwrap().status,
        Some(404)
    );
    assert!(
        log.failed("2", "net::ERR_CONNECTION_REFUSED", false, seconds(2))
            .is_some()
    );
    assert!(
        log.failed("3", "net::ERR_ABORTED", true, seconds(3))
            .is_none()
    );
    let failed: Vec<_> = log
        .failures()
        .into_iter()
        .map(|f| (f.url, f.status, f.error))
        .collect();
    assert_eq!(
        failed,
        [
            ("https://shop.example/missing".to_owned(), Some(404), None),
            (
                "https://shop.example/refused".to_owned(),
                None,
                Some("net::ERR_CONNECTION_REFUSED".to_owned())
            ),
        ]
    );
}

#[test]
fn a_page_that_never_ends_its_requests_does_not_grow_the_log() {
    let mut log = NetworkLog::new(100);
    for n in 0..1_000u64 {
        log.request(request(&n.to_string(), "https://shop.example/poll", n));
    }
    assert_eq!(log.open(at(2_000)).len(), 100);
    assert!(log.har(("Chromium", "1")).entries() <= 200);
}
