//! A disk that is really full: a small one of the process's own, mounted where only it sees it.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::support::{Owner, Place, Process, request};

/// Noise: nothing makes it smaller.
const NOISE: &str = "const c = document.body.appendChild(document.createElement('canvas')); c.width = c.height = 640;
    document.body.style.margin = 0; const g = c.getContext('2d'); const p = g.createImageData(640, 640);
    const words = new Uint32Array(p.data.buffer); let x = 1; const draw = () => {
    for (let i = 0; i < words.length; i += 1) { x = Math.imul(x, 1664525) + 1013904223; words[i] = x | 0xff000000; }
    g.putImageData(p, 0, 0); requestAnimationFrame(draw); }; draw();";

/// A film of it.
fn noise(frames: u32) -> Value {
    json!({
        "type": "video", "code": NOISE, "width": 640, "height": 640, "fps": 30, "frames": frames, "output": "mp4",
    })
}

/// What the process sees in this folder.
fn seen_by(server: &Process, folder: &Path) -> PathBuf {
    let root = PathBuf::from(format!("/proc/{}/root", server.child.id()));
    root.join(folder.strip_prefix("/").unwrap())
}

fn over(owner: &Owner, job: &Value) -> Value {
    let render = owner.post("/renders", job);
    let path = format!("/renders/{}", render["id"].as_str().unwrap());
    owner.until(&path, |render| render["finishedAt"].is_string())
}

#[test]
fn what_finds_no_room_ends_at_once_leaves_nothing_and_the_next_one_is_made() {
    let args = [
        "--port",
        "0",
        "--workers",
        "0",
        "--films",
        "0",
        "--renders",
        "1",
    ];
    for says in ["data folder", "temporary files"] {
        let place = Place::new();
        let small = if says == "data folder" {
            &place.data
        } else {
            &place.temp
        };
        let mut server = place.start_on_a_small_disk("serve", &args, small.path());
        let owner = Owner::of(&mut server);
        let render = over(&owner, &noise(90));
        assert_eq!(
            (
                &render["status"],
                &render["error"]["code"],
                &render["attempt"]
            ),
            (&json!("failed"), &json!("disk-full"), &json!(1)),
            "{render:#}"
        );
        let message = render["error"]["message"].as_str().unwrap();
        assert!(message.contains(says), "{message}");
        let left = seen_by(&server, &place.data.path().join("artifacts/incoming"));
        // It is made by the first that is kept.
        let left = std::fs::read_dir(left).map_or(0, Iterator::count);
        assert_eq!(left, 0, "half-written files");
        let render = over(&owner, &noise(2));
        assert_eq!(render["status"], "done", "{render:#}");
        assert!(server.stop().success());
    }
}

#[test]
fn a_database_without_room_says_so_and_goes_on_when_there_is_some() {
    let args = [
        "--port",
        "0",
        "--workers",
        "0",
        "--films",
        "0",
        "--renders",
        "0",
    ];
    let place = Place::new();
    let mut server = place.start_on_a_small_disk("serve", &args, place.data.path());
    let owner = Owner::of(&mut server);
    let filler = seen_by(&server, &place.data.path().join("filler"));
    let mut file = std::fs::File::create(&filler).unwrap();
    while std::io::Write::write_all(&mut file, &[7; 4096]).is_ok() {}

    let job = json!({ "type": "js", "code": format!("/*{}*/", "x".repeat(400_000)), "width": 32, "height": 32 });
    // Its log has some room that it took before.
    let refused = (0..40).find_map(|_| {
        let (status, answer, _) = request(
            &owner.url,
            "POST",
            "/api/v1/renders",
            &owner.cookie,
            Some(&job),
        );
        (status != 201).then_some((status, answer))
    });
    let (status, answer) = refused.expect("a full disk took sixteen megabytes");
    assert_eq!(
        (status, &answer["error"]["code"]),
        (507, &json!("disk_full")),
        "{answer}"
    );
    drop(file);
    std::fs::remove_file(&filler).unwrap();
    owner.post("/renders", &job);
    assert!(server.stop().success());
}
