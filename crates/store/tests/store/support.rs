//! A data folder of its own for every test.

use std::collections::BTreeSet;

use ids::RecordingId;
use store::{NewDocument, NewRecording, NewRun, Recording, Run, RunOptions, Store};
use tempfile::TempDir;

pub(crate) struct Folder {
    pub(crate) store: Store,
    pub(crate) dir: TempDir,
}

pub(crate) async fn folder() -> Folder {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path()).await.unwrap();
    Folder { store, dir }
}

pub(crate) fn document(steps: u32) -> NewDocument {
    NewDocument {
        text: format!(r#"{{"testName":"t","steps":{steps}}}"#),
        url: "https://shop.example/".to_owned(),
        steps,
        viewport: None,
        tags: BTreeSet::new(),
    }
}

#[expect(
    clippy::allow_attributes,
    reason = "each test file uses another part of this helper"
)]
#[allow(dead_code, reason = "each test file uses another part of this helper")]
pub(crate) async fn recording(store: &Store, name: &str) -> Recording {
    let new = NewRecording {
        user: None,
        session: None,
        name: name.to_owned(),
        document: document(3),
        thumbnail: None,
    };
    store.recordings().create(new).await.unwrap()
}

#[expect(
    clippy::allow_attributes,
    reason = "each test file uses another part of this helper"
)]
#[allow(dead_code, reason = "each test file uses another part of this helper")]
pub(crate) async fn run(store: &Store, recording: RecordingId) -> Run {
    let options = RunOptions::default();
    let new = NewRun {
        recording,
        user: None,
        options,
        start_at: store::Time::now(),
        queue: "runs".to_owned(),
        max_attempts: 3,
        schedule: None,
    };
    store.runs().create(new).await.unwrap()
}
