use std::collections::BTreeMap;
use std::time::Duration;

use bytes::Bytes;
use ids::FilmId;
use store::{
    Expiry, Film, FilmDone, FilmEnd, FilmFiles, FilmMade, FilmParts, FilmSetup, NewFilm,
    NewPicture, Store, Time,
};
use work::{FILM_QUEUE, Keep, Rule};

const DAY: Duration = Duration::from_secs(24 * 3600);
const HALF_AN_HOUR: Duration = Duration::from_secs(1800);

fn for_days(days: u32) -> Keep {
    Keep {
        films: Rule {
            stay: Some(DAY * days),
            room: None,
        },
        ..Keep::default()
    }
}

fn room(bytes: u64) -> Keep {
    Keep {
        films: Rule {
            stay: None,
            room: Some(bytes),
        },
        ..Keep::default()
    }
}

/// A film in the queue, cut from others.
async fn asked(store: &Store, parts: &[FilmId]) -> FilmId {
    let new = NewFilm {
        user: None,
        again_of: None,
        recording: None,
        demo: None,
        lead: None,
        name: "a film".to_owned(),
        url: "https://example.test/".to_owned(),
        document_key: "sha256/00/no-order".to_owned(),
        setup: FilmSetup {
            preset: "low".to_owned(),
            width: 320,
            height: 240,
            scale: None,
            fps: 24.0,
            kbps: 400,
            format: "mp4".to_owned(),
        },
        parts: FilmParts {
            films: parts.to_vec(),
            ..FilmParts::default()
        },
        values: BTreeMap::default(),
        steps: 1,
        queue: FILM_QUEUE.to_owned(),
        max_attempts: 1,
    };
    store.films().create(new).await.unwrap().id
}

/// A film with these bytes, ended just now.
async fn film(store: &Store, bytes: &[u8]) -> FilmId {
    let id = asked(store, &[]).await;
    let claimed = store.jobs().claim(FILM_QUEUE, "test", DAY).await.unwrap();
    let fence = claimed.unwrap().fence;
    let video = store.blobs().put(Bytes::copy_from_slice(bytes)).await;
    let storyboard = store.blobs().put(Bytes::from_static(b"url: x")).await;
    let files = FilmFiles {
        video: Some(video.unwrap().into()),
        storyboard: Some(storyboard.unwrap().into()),
        ..FilmFiles::default()
    };
    let done = FilmDone {
        made: made(),
        files,
        delivered: None,
    };
    let ended = FilmEnd::Done(Box::new(done));
    store.films().finish(fence, id, ended).await.unwrap();
    id
}

fn made() -> FilmMade {
    let made = serde_json::json!({
        "mediaType": "video/mp4", "codec": "h264", "width": 320, "height": 240, "fps": 24.0,
        "durationMs": 1000.0, "frames": 24, "bytes": 4, "bitrate": 32, "sha256": "", "chapters": [],
        "steps": [], "way": "screencast", "achievedFps": 24.0, "delivered": 24, "dropped": 0,
        "late": 0, "elapsedMs": 1.0, "processingMs": 1.0, "cpuPercent": 1.0, "peakMemoryBytes": 1,
        "warnings": [], "leftOut": [], "browser": "",
    });
    serde_json::from_value(made).unwrap()
}

async fn get(store: &Store, id: FilmId) -> Film {
    store.films().get(id).await.unwrap()
}

async fn why(store: &Store, id: FilmId) -> Option<Expiry> {
    get(store, id).await.expired.map(|expired| expired.why)
}

/// Where the bytes of a film are, while it has them.
async fn key(store: &Store, id: FilmId) -> String {
    get(store, id).await.files.video.unwrap().key
}

#[tokio::test]
async fn a_film_goes_after_its_time_and_its_row_and_storyboard_stay() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).await.unwrap();
    let id = film(&store, b"one!").await;
    let key = key(&store, id).await;
    let keep = for_days(30);
    let expires = keep.film_expires_at(&get(&store, id).await).unwrap();

    let early = keep.enforce(&store, Time::now().plus(DAY * 29)).await;
    assert_eq!(early.unwrap().films, 0);
    assert!(expires > Time::now().plus(DAY * 29));
    let removed = keep.enforce(&store, expires).await.unwrap();
    assert_eq!((removed.films, removed.bytes), (1, 4));
    assert_eq!(why(&store, id).await, Some(Expiry::Age));
    assert!(
        store.blobs().read(&key).await.is_err(),
        "the bytes are gone"
    );
    let left = get(&store, id).await;
    assert!(left.files.video.is_none() && left.made.is_some());
    let storyboard = left.files.storyboard.unwrap().key;
    assert_eq!(store.blobs().read(&storyboard).await.unwrap(), "url: x");
    assert_eq!(store.films().totals().await.unwrap().bytes, 0);
}

#[tokio::test]
async fn without_a_rule_films_stay_for_ever() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).await.unwrap();
    let id = film(&store, b"one!").await;
    let late = Time::now().plus(DAY * 10_000);
    let removed = Keep::default().enforce(&store, late).await.unwrap();
    assert_eq!(removed.films, 0);
    assert_eq!(
        Keep::default().film_expires_at(&get(&store, id).await),
        None
    );
}

#[tokio::test]
async fn when_room_is_short_deleted_films_go_first_then_the_oldest_and_no_more_than_needed() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).await.unwrap();
    let mut ids = Vec::new();
    for bytes in [b"1111", b"2222", b"3333", b"4444", b"5555"] {
        ids.push(film(&store, bytes).await);
    }
    store.films().delete(ids[3]).await.unwrap();
    store.films().pin(ids[0], true).await.unwrap();
    let removed = room(12).enforce(&store, Time::now()).await.unwrap();
    assert_eq!((removed.films, removed.bytes), (2, 8));
    let space = Some(Expiry::Space);
    assert_eq!(why(&store, ids[0]).await, None, "it is kept for good");
    assert_eq!(why(&store, ids[1]).await, space, "it was the oldest");
    assert_eq!(why(&store, ids[2]).await, None);
    assert_eq!(why(&store, ids[4]).await, None);
    let brought_back = store.films().restore(ids[3]).await.unwrap();
    assert_eq!(brought_back.expired.map(|expired| expired.why), space);

    let removed = room(0).enforce(&store, Time::now()).await.unwrap();
    assert_eq!(removed.films, 2);
    let totals = store.films().totals().await.unwrap();
    assert_eq!((totals.count, totals.pinned_bytes), (1, 4));
}

#[tokio::test]
async fn nothing_goes_that_a_film_in_the_making_is_cut_from() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).await.unwrap();
    let id = film(&store, b"one!").await;
    let cut = asked(&store, &[id]).await;
    let late = Time::now().plus(DAY * 31);
    let keep = for_days(30);
    assert_eq!(keep.enforce(&store, late).await.unwrap().films, 0);
    assert_eq!(why(&store, id).await, None);
    store.films().cancel(cut).await.unwrap();
    assert_eq!(keep.enforce(&store, late).await.unwrap().films, 1);
}

#[tokio::test]
async fn bytes_stay_while_another_film_has_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).await.unwrap();
    let (one, twin) = (film(&store, b"same").await, film(&store, b"same").await);
    let key = key(&store, one).await;
    store.films().pin(twin, true).await.unwrap();
    let keep = for_days(30);
    let late = Time::now().plus(DAY * 31);
    assert_eq!(keep.enforce(&store, late).await.unwrap().films, 1);
    assert_eq!(store.blobs().read(&key).await.unwrap(), "same");
    store.films().pin(twin, false).await.unwrap();
    assert_eq!(keep.enforce(&store, late).await.unwrap().films, 1);
    assert!(store.blobs().read(&key).await.is_err());
}

#[tokio::test]
async fn bytes_stay_while_a_picture_for_films_has_the_same_also_when_it_was_deleted() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).await.unwrap();
    let id = film(&store, b"same").await;
    let new = NewPicture {
        user: None,
        name: "logo.png".to_owned(),
        blob: store
            .blobs()
            .put(Bytes::from_static(b"same"))
            .await
            .unwrap(),
        width: 1,
        height: 1,
    };
    let picture = store.pictures().create(new).await.unwrap();
    store.pictures().delete(picture.id).await.unwrap();
    let late = Time::now().plus(DAY * 31);
    assert_eq!(for_days(30).enforce(&store, late).await.unwrap().films, 1);
    assert_eq!(why(&store, id).await, Some(Expiry::Age));
    let brought_back = store.pictures().restore(picture.id).await.unwrap();
    assert_eq!(store.blobs().read(&brought_back.key).await.unwrap(), "same");
}

#[tokio::test]
async fn bytes_that_were_just_written_stay_until_a_later_look() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).await.unwrap();
    let id = film(&store, b"one!").await;
    let key = key(&store, id).await;
    let soon = Time::now().plus(HALF_AN_HOUR);
    // A job that writes the same may be about to say so.
    assert_eq!(room(0).enforce(&store, soon).await.unwrap().films, 1);
    assert_eq!(store.blobs().read(&key).await.unwrap(), "one!");
    room(0).enforce(&store, soon.plus(DAY)).await.unwrap();
    assert!(store.blobs().read(&key).await.is_err());
}
