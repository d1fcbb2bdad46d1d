use std::io::{self, Write};
use std::path::Path;
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};

use super::small;
use crate::support::{Owner, Server, Site, greeting, kept};

const FILMS: &str = "/api/v1/films";
const SECRET: &str = "hunter2-in-clear";
const OTHER_SECRET: &str = "letmein-in-clear";

/// What the server logs on this test's thread, which is where all of its tasks run.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A recording whose address and first field are asked for; it checks what the page then says.
fn asking(site: &Site, expected: &str) -> Value {
    let mut document = greeting(&format!("{}?for=${{NAME}}", site.url), expected);
    document["actions"][0]["value"] = json!("${NAME}");
    document
}

fn has_a_secret(bytes: &[u8]) -> bool {
    let has = |secret: &str| {
        let mut parts = bytes.windows(secret.len());
        parts.any(|part| part == secret.as_bytes())
    };
    has(SECRET) || has(OTHER_SECRET)
}

/// Looks into every file below; the answer is how many there are.
fn looked_through(folder: &Path) -> usize {
    let mut files = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files += looked_through(&path);
        } else {
            let bytes = std::fs::read(&path).unwrap();
            assert!(!has_a_secret(&bytes), "{}", path.display());
            files += 1;
        }
    }
    files
}

/// Asks for a film and waits for its end.
async fn filmed(server: &Server, owner: &Owner, path: &str, order: Value) -> Value {
    let asked = owner.post(path, order).await;
    assert_eq!(asked.status, 201, "{}", asked.text());
    let id = asked.data()["id"].as_str().unwrap().to_owned();
    server.film_told(&id, "film.finished").await;
    for more in ["", "/events"] {
        let told = owner.get(&format!("{FILMS}/{id}{more}")).await;
        assert!(!has_a_secret(&told.body), "{}", told.text());
    }
    owner.get(&format!("{FILMS}/{id}")).await.data()
}

#[tokio::test]
async fn a_film_types_the_values_that_it_is_given_and_they_lie_nowhere_in_clear() {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing_subscriber::filter::LevelFilter::DEBUG)
        .with_writer(move || writer.clone())
        .finish();
    let _logging = tracing_subscriber::util::SubscriberInitExt::set_default(subscriber);
    let (server, site) = (Server::with_workers(1).await, Site::start().await);
    let owner = server.owner().await;

    let id = kept(&owner, &asking(&site, "hello ${NAME}")).await;
    let order = json!({ "recordingId": id, "captions": true, "variables": { "NAME": SECRET } });
    let film = filmed(&server, &owner, FILMS, small(order)).await;
    assert_eq!(film["status"], "done", "{film}");
    assert_eq!(film["url"], format!("{}?for=${{NAME}}", site.url));
    assert_eq!(film["order"]["variables"], json!(null));
    let steps = film["result"]["steps"].as_array().unwrap();
    assert!(
        steps.len() == 3 && steps[2]["what"].as_str().unwrap().contains("hello ${NAME}"),
        "{film}"
    );

    // Made again it has them still, or others.
    let again = format!("{FILMS}/{}/again", film["id"].as_str().unwrap());
    for (changes, given) in [
        (json!({ "preset": "low" }), SECRET),
        (
            json!({ "variables": { "NAME": OTHER_SECRET } }),
            OTHER_SECRET,
        ),
    ] {
        let film = owner.post(&again, changes).await.data();
        let id = film["id"].as_str().unwrap();
        let films = server.store.films();
        let kept = films.get(id.parse().unwrap()).await.unwrap();
        assert_eq!(films.values(&kept).unwrap()["NAME"], given, "{film}");
        let cancelled = owner.post(&format!("{FILMS}/{id}/cancel"), json!({})).await;
        assert_eq!(cancelled.status, 200, "{}", cancelled.text());
    }

    // What a check found instead is told without them too.
    let id = kept(&owner, &asking(&site, "hello Ada")).await;
    let order = json!({ "recordingId": id, "variables": { "NAME": SECRET } });
    let film = filmed(&server, &owner, FILMS, small(order)).await;
    assert_eq!(film["status"], "failed", "{film}");
    let message = film["error"]["message"].as_str().unwrap();
    assert!(message.contains("hello ${NAME}"), "{message}");

    let list = owner.get(FILMS).await;
    assert!(!has_a_secret(&list.body), "{}", list.text());
    let folder = server.stop().await;
    assert!(looked_through(folder.path()) > 5);
    let log = log.0.lock().unwrap();
    assert!(!log.is_empty(), "nothing was logged");
    let told = String::from_utf8_lossy(&log);
    assert!(!has_a_secret(&log), "{told}");
    for said in [
        "a film begins",
        "a film is done",
        "a film failed by its script",
    ] {
        assert!(told.contains(said), "{said}: {told}");
    }
}

#[tokio::test]
async fn an_address_with_a_value_that_cannot_be_opened_is_told_without_it() {
    let server = Server::with_workers(1).await;
    let owner = server.owner().await;
    // The tests' policy lets pages reach 127.0.0.1 and nothing else of this machine.
    let document = greeting("http://127.0.0.2:8089/${NAME}", "x");
    let id = kept(&owner, &document).await;
    let order = json!({ "recordingId": id, "variables": { "NAME": SECRET } });
    let film = filmed(&server, &owner, FILMS, small(order)).await;
    let message = film["error"]["message"].as_str().unwrap();
    assert!(message.contains("--allow-host 127.0.0.2"), "{message}");
    assert!(message.contains("/${NAME}"), "{message}");
    server.stop().await;
}

#[tokio::test]
async fn what_lacks_a_value_is_refused_with_all_names_and_so_is_a_value_for_nothing() {
    let (server, site) = (Server::start().await, Site::start().await);
    let owner = server.owner().await;
    let mut document = asking(&site, "hello ${NAME}");
    document["actions"][1]["type"] = json!("input");
    document["actions"][1]["value"] = json!("${PASSWORD}");
    let id = kept(&owner, &document).await;
    let refused = owner.post(FILMS, json!({ "recordingId": id })).await;
    assert_eq!(
        (refused.status, refused.code().as_str()),
        (422, "variable_missing")
    );
    let error = &refused.json()["error"];
    let message = error["message"].as_str().unwrap();
    assert!(
        message.contains("no value was given for ${NAME}, ${PASSWORD}"),
        "{message}"
    );
    assert_eq!(error["details"]["variables"], json!(["NAME", "PASSWORD"]));

    let values = json!({ "NAME": SECRET, "PASSWORD": OTHER_SECRET });
    for (order, said) in [
        (
            json!({ "url": site.url, "variables": values }),
            "variables: ",
        ),
        (
            json!({ "storyboard": { "url": site.url, "steps": [] }, "variables": values }),
            "variables: ",
        ),
        (
            json!({ "recordingId": id, "variables": { "NAME": [SECRET] } }),
            "the value of NAME is no text",
        ),
        (
            json!({ "recordingId": id, "variables": SECRET }),
            "variables: ",
        ),
        (
            json!({ "recordingId": id, "variables": values, "perfect": true }),
            "storyboards have none",
        ),
    ] {
        let refused = owner.post(FILMS, order.clone()).await;
        assert_eq!(refused.status, 422, "{order}: {}", refused.text());
        assert!(refused.text().contains(said), "{order}: {}", refused.text());
        assert!(!has_a_secret(&refused.body), "{}", refused.text());
    }

    // Values are of a film's own recording: another script has none of them.
    let order = json!({ "recordingId": id, "variables": values });
    let film = owner.post(FILMS, order).await.data();
    let again = format!("{FILMS}/{}/again", film["id"].as_str().unwrap());
    let refused = owner.post(&again, json!({ "recordingId": id })).await;
    assert_eq!(refused.code(), "variable_missing");
    let tour = owner.post(&again, json!({ "url": site.url })).await;
    assert_eq!(tour.status, 201, "{}", tour.text());
    server.stop().await;
}
