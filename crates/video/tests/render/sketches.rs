//! The sketches beside this file: each is drawn twice and filmed twice, sixty frames of it, without a complaint and to the
//! same bytes. In four shares, so that none takes long.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::support::{Studio, sketch};

pub(crate) fn sketches() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sketches");
    let entries = fs::read_dir(folder).unwrap();
    let mut files: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

const SHARES: usize = 8;

async fn each_is_the_same_twice(share: usize) {
    let studio = Studio::new();
    let mut files: Vec<_> = sketches().into_iter().skip(share).step_by(SHARES).collect();
    if std::env::var_os("CI").is_some() {
        // CI has time for one of each share, another one in each.
        files = vec![files.swap_remove(share % files.len())];
    }
    for file in files {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        let code = fs::read_to_string(&file).unwrap();
        let version = if name.contains(".p5-2.") { "2" } else { "1" };
        let of = |fields: Value| {
            let mut job = sketch(&code, fields);
            job["p5"] = json!(version);
            job["seed"] = json!(1);
            job
        };
        let picture = || of(json!({ "frame": 2 }));
        let first = studio.render(picture(), &format!("{name}.png")).await;
        let second = studio.render(picture(), &format!("{name}.png")).await;
        assert_eq!(first.sha256, second.sha256, "{name}");
        assert_eq!(first.warnings, [], "{name}");
        let film = || of(json!({ "type": "video", "frames": 60, "fps": 30 }));
        let first = studio.render(film(), &format!("{name}.mp4")).await;
        let second = studio.render(film(), &format!("{name}.mp4")).await;
        assert_eq!(first.sha256, second.sha256, "{name} as a film");
        assert_eq!((first.frames, first.draws), (60, second.draws), "{name}");
    }
}

#[test]
fn there_are_at_least_forty_sketches() {
    assert!(sketches().len() >= 40, "{}", sketches().len());
}

macro_rules! shares {
    ($($name:ident: $share:literal),* $(,)?) => {
        $(
            #[tokio::test]
            async fn $name() {
                each_is_the_same_twice($share).await;
            }
        )*
    };
}

shares! {
    the_first_share_of_the_sketches_is_the_same_twice: 0,
    the_second_share_of_the_sketches_is_the_same_twice: 1,
    the_third_share_of_the_sketches_is_the_same_twice: 2,
    the_fourth_share_of_the_sketches_is_the_same_twice: 3,
    the_fifth_share_of_the_sketches_is_the_same_twice: 4,
    the_sixth_share_of_the_sketches_is_the_same_twice: 5,
    the_seventh_share_of_the_sketches_is_the_same_twice: 6,
    the_eighth_share_of_the_sketches_is_the_same_twice: 7,
}
