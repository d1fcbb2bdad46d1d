use std::time::Duration;

use bytes::Bytes;
use ids::RenderId;
use store::{
    Expiry, NewRender, Render, RenderDone, RenderEnd, RenderOutput, Reuse, Store, StoredBlob, Time,
};
use work::{Keep, RENDER_QUEUE, Rule};

const DAY: Duration = Duration::from_secs(24 * 3600);

fn for_days(days: u32) -> Keep {
    Keep {
        renders: Rule {
            stay: Some(DAY * days),
            room: None,
        },
        ..Keep::default()
    }
}

fn room(bytes: u64) -> Keep {
    Keep {
        renders: Rule {
            stay: None,
            room: Some(bytes),
        },
        ..Keep::default()
    }
}

/// A render of what is named so: in the queue, or answered from what was made before.
async fn asked(store: &Store, content: &str, reuse: Reuse) -> Render {
    let new = NewRender {
        user: None,
        name: "render.png".to_owned(),
        document_key: "sha256/00/no-job".to_owned(),
        content_key: content.to_owned(),
        frames: 1,
        reuse,
        queue: RENDER_QUEUE.to_owned(),
        max_attempts: 1,
        intake: None,
    };
    store.renders().create(new).await.unwrap()
}

/// A render whose output is its content, ended just now.
async fn render(store: &Store, content: &str) -> RenderId {
    let render = asked(store, content, Reuse::AtOnce).await;
    if render.status.is_final() {
        return render.id;
    }
    let claimed = store.jobs().claim(RENDER_QUEUE, "test", DAY).await.unwrap();
    let fence = claimed.unwrap().fence;
    let stored: StoredBlob = store
        .blobs()
        .put(Bytes::copy_from_slice(content.as_bytes()))
        .await
        .unwrap();
    let done = RenderDone {
        output: Some(RenderOutput::from(stored)),
        ..RenderDone::default()
    };
    let ended = RenderEnd::Done(Box::new(done));
    store
        .renders()
        .finish(fence, render.id, ended)
        .await
        .unwrap();
    render.id
}

async fn why(store: &Store, id: RenderId) -> Option<Expiry> {
    let render = store.renders().get(id).await.unwrap();
    render.expired.map(|expired| expired.why)
}

/// Where the bytes of a render are, while it has them.
async fn key(store: &Store, id: RenderId) -> String {
    let render = store.renders().get(id).await.unwrap();
    render.output.unwrap().key
}

#[tokio::test]
async fn an_output_goes_after_its_time_and_equal_jobs_are_not_answered_from_it() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).await.unwrap();
    let id = render(&store, "one!").await;
    let key = key(&store, id).await;
    let keep = for_days(30);
    let ended = store.renders().get(id).await.unwrap();
    let expires = keep.render_expires_at(&ended).unwrap();
    let early = keep.enforce(&store, Time::now().plus(DAY * 29)).await;
    assert_eq!(early.unwrap().renders, 0);

    let removed = keep.enforce(&store, expires).await.unwrap();
    assert_eq!((removed.renders, removed.bytes), (1, 4));
    assert_eq!(why(&store, id).await, Some(Expiry::Age));
    assert!(
        store.blobs().read(&key).await.is_err(),
        "the bytes are gone"
    );
    assert!(store.renders().made_before("one!").await.unwrap().is_none());
    let again = asked(&store, "one!", Reuse::AtOnce).await;
    assert!(!again.status.is_final() && !again.cached);
}

#[tokio::test]
async fn bytes_stay_while_a_later_render_of_an_equal_job_has_them() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).await.unwrap();
    let first = render(&store, "same").await;
    let key = key(&store, first).await;
    let equal = render(&store, "same").await;
    store.renders().pin(equal, true).await.unwrap();
    let late = Time::now().plus(DAY * 31);
    assert_eq!(for_days(30).enforce(&store, late).await.unwrap().bytes, 0);
    assert_eq!(why(&store, first).await, Some(Expiry::Age));
    assert_eq!(store.blobs().read(&key).await.unwrap(), "same");
    store.renders().pin(equal, false).await.unwrap();
    assert_eq!(for_days(30).enforce(&store, late).await.unwrap().bytes, 4);
    assert!(store.blobs().read(&key).await.is_err());
}

#[tokio::test]
async fn when_room_is_short_whole_outputs_go_deleted_ones_first_then_those_asked_for_longest_ago() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).await.unwrap();
    let shared = render(&store, "1111").await;
    let old = render(&store, "2222").await;
    let deleted = render(&store, "3333").await;
    let shared_again = render(&store, "1111").await;
    let kept = render(&store, "4444").await;
    store.renders().delete(deleted).await.unwrap();
    store.renders().pin(kept, true).await.unwrap();
    let totals = store.renders().totals().await.unwrap();
    assert_eq!((totals.count, totals.bytes), (5, 16));
    assert_eq!((totals.pinned_bytes, totals.deleted_bytes), (4, 4));

    let removed = room(8).enforce(&store, Time::now()).await.unwrap();
    assert_eq!((removed.renders, removed.bytes), (2, 8));
    let space = Some(Expiry::Space);
    assert_eq!(why(&store, old).await, space);
    assert_eq!(why(&store, shared).await, None, "it was asked for again");
    assert!(store.renders().made_before("3333").await.unwrap().is_none());

    let removed = room(0).enforce(&store, Time::now()).await.unwrap();
    assert_eq!((removed.renders, removed.bytes), (2, 4));
    assert_eq!(why(&store, shared).await, space);
    assert_eq!(why(&store, shared_again).await, space);
    assert_eq!(why(&store, kept).await, None, "it is kept for good");
}

#[tokio::test]
async fn nothing_goes_that_a_job_in_the_queue_may_be_answered_from() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).await.unwrap();
    let id = render(&store, "one!").await;
    let waiting = asked(&store, "one!", Reuse::ByWorker).await.id;
    let late = Time::now().plus(DAY * 31);
    let mut keep = for_days(30);
    keep.renders.room = Some(0);
    assert_eq!(keep.enforce(&store, late).await.unwrap().renders, 0);
    assert_eq!(why(&store, id).await, None);
    store.renders().cancel(waiting).await.unwrap();
    assert_eq!(keep.enforce(&store, late).await.unwrap().renders, 1);
}
