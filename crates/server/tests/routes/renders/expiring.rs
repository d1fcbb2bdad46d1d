use std::time::Duration;

use serde_json::{Value, json};
use store::Time;
use work::{Keep, Rule};

use crate::support::{Owner, Server};

const RENDERS: &str = "/api/v1/renders";
const DAY: Duration = Duration::from_secs(24 * 3600);

fn keeping(renders: Rule) -> Keep {
    Keep {
        renders,
        ..Keep::default()
    }
}

fn sketch() -> Value {
    json!({
        "type": "js", "code": "document.body.textContent = 'kept'", "width": 64, "height": 32,
        "output": "png", "filename": "piece.png",
    })
}

/// Renders the sketch; the answer is the render as it is then.
async fn rendered(server: &Server, owner: &Owner) -> Value {
    let asked = owner.post(RENDERS, sketch()).await.data();
    let id = asked["id"].as_str().unwrap();
    let ended = server.told(id, "render.finished").await;
    assert_eq!(ended["status"], "done", "{ended}");
    owner.get(&format!("{RENDERS}/{id}")).await.data()
}

fn path(render: &Value) -> String {
    format!("{RENDERS}/{}", render["id"].as_str().unwrap())
}

#[tokio::test]
async fn an_output_says_when_it_goes_stays_when_it_is_pinned_and_is_rendered_anew_afterwards() {
    let keep = keeping(Rule {
        stay: Some(DAY * 30),
        room: Some(1 << 30),
    });
    let server = Server::keeping(1, keep).await;
    let owner = server.owner().await;
    let render = rendered(&server, &owner).await;
    let path = path(&render);
    let time = |value: &Value| value.as_str().unwrap().parse::<Time>().unwrap();
    let kept = time(&render["expiresAt"]).since(time(&render["finishedAt"]));
    assert_eq!(kept, DAY * 30);
    let whole = owner.get(&format!("{path}/output")).await;
    assert_eq!(whole.status, 200);

    // An equal job has the same bytes, which are counted once.
    let equal = rendered(&server, &owner).await;
    assert_eq!(equal["cached"], true);
    let storage = owner.get(&format!("{RENDERS}/storage")).await.data();
    assert_eq!(
        storage,
        json!({
            "renders": 2, "bytes": whole.body.len(), "pinnedBytes": 0, "deletedBytes": 0,
            "keptMs": 30_u64 * 86_400_000, "mostBytes": 1 << 30,
        })
    );

    let late = Time::now().plus(DAY * 31);
    let pinned = owner.patch(&path, json!({ "pinned": true })).await.data();
    assert!(pinned["expiresAt"].is_null(), "{pinned}");
    assert_eq!(keep.enforce(&server.store, late).await.unwrap().renders, 1);
    assert_eq!(owner.get(&format!("{path}/output")).await.status, 200);
    owner.patch(&path, json!({ "pinned": false })).await.data();
    assert_eq!(keep.enforce(&server.store, late).await.unwrap().renders, 1);

    let gone = owner.get(&path).await.data();
    assert_eq!(gone["expired"]["why"], "age");
    assert!(gone["output"].is_null() && gone["expiresAt"].is_null());
    assert_eq!((&gone["status"], &gone["job"]), (&json!("done"), &sketch()));
    assert_eq!(gone["result"], render["result"]);
    for file in ["output", "page"] {
        let answer = owner.get(&format!("{path}/{file}")).await;
        assert_eq!(
            (answer.status, answer.code().as_str()),
            (410, "render_expired")
        );
        let said = answer.text();
        assert!(
            said.contains("kept so long") && said.contains("POST /api/v1/renders"),
            "{said}"
        );
    }
    let storage = owner.get(&format!("{RENDERS}/storage")).await.data();
    assert_eq!(
        (&storage["renders"], &storage["bytes"]),
        (&json!(0), &json!(0))
    );
    let metrics = owner.get("/api/v1/metrics").await.text();
    assert!(
        metrics.contains("proscenium_renders_expired_total{why=\"age\"}"),
        "{metrics}"
    );

    // What expired answers no job: it is drawn again, with the same bytes.
    let anew = rendered(&server, &owner).await;
    assert_eq!(anew["cached"], false, "{anew}");
    let again = owner.get(anew["output"].as_str().unwrap()).await;
    assert_eq!(again.body, whole.body);
    assert_eq!(owner.get(&format!("{path}/output")).await.status, 410);
    server.stop().await;
}

#[tokio::test]
async fn without_a_rule_outputs_stay_and_only_the_owner_pins_them_and_sees_what_they_take() {
    let server = Server::with_workers(1).await;
    let owner = server.owner().await;
    let render = rendered(&server, &owner).await;
    assert!(render["expiresAt"].is_null(), "{render}");
    let late = Time::now().plus(DAY * 10_000);
    let removed = Keep::default().enforce(&server.store, late).await;
    assert_eq!(removed.unwrap().renders, 0);
    let path = path(&render);
    assert_eq!(owner.get(&format!("{path}/output")).await.status, 200);

    let nobody = server.anonymous();
    let change = json!({ "pinned": true });
    assert_eq!(nobody.patch(&path, change).await.status, 401);
    let storage = format!("{RENDERS}/storage");
    assert_eq!(nobody.get(&storage).await.status, 401);
    let storage = owner.get(&storage).await.data();
    assert!(storage["keptMs"].is_null() && storage["mostBytes"].is_null());
    server.stop().await;
}
