//! The sketches beside this file: each is drawn twice, without a complaint, to the same picture. In four shares, so that none
//! takes long.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::json;

use crate::support::{Studio, sketch};

pub(crate) fn sketches() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sketches");
    let entries = fs::read_dir(folder).unwrap();
    let mut files: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

async fn each_is_the_same_twice(share: usize) {
    let studio = Studio::new();
    // CI has time for every fourth of a share.
    let step = if std::env::var_os("CI").is_some() {
        4
    } else {
        1
    };
    for file in sketches().into_iter().skip(share).step_by(4).step_by(step) {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        let code = fs::read_to_string(&file).unwrap();
        let version = if name.contains(".p5-2.") { "2" } else { "1" };
        let job = || sketch(&code, json!({ "p5": version, "frame": 2, "seed": 1 }));
        let first = studio.render(job(), &format!("{name}.png")).await;
        let second = studio.render(job(), &format!("{name}.png")).await;
        assert_eq!(first.sha256, second.sha256, "{name}");
        assert_eq!(first.warnings, [], "{name}");
    }
}

#[test]
fn there_are_at_least_forty_sketches() {
    assert!(sketches().len() >= 40, "{}", sketches().len());
}

#[tokio::test]
async fn the_first_share_of_the_sketches_is_the_same_twice() {
    each_is_the_same_twice(0).await;
}

#[tokio::test]
async fn the_second_share_of_the_sketches_is_the_same_twice() {
    each_is_the_same_twice(1).await;
}

#[tokio::test]
async fn the_third_share_of_the_sketches_is_the_same_twice() {
    each_is_the_same_twice(2).await;
}

#[tokio::test]
async fn the_fourth_share_of_the_sketches_is_the_same_twice() {
    each_is_the_same_twice(3).await;
}
