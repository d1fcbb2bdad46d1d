//! A viewer that takes nothing.

use std::time::{Duration, Instant};

use serde_json::json;

use crate::support::{Heard, Studio};

const MOVING: &str = "<canvas id=c width=1280 height=700></canvas><script>let n=0;const g=c.getContext('2d');
    (function draw(){n++;for(let i=0;i<40;i++){g.fillStyle=`hsl(${(n*7+i*31)%360} 80% 50%)`;g.fillRect((n*7+i*97)%1280,(n*3+i*53)%700,90,90)}
    requestAnimationFrame(draw)})()</script>";

/// Resident memory of this process in KiB; the browser is not in it.
fn memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status
        .lines()
        .find(|line| line.starts_with("VmRSS:"))
        .unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

#[tokio::test]
async fn a_stalled_viewer_stops_nobody_costs_no_memory_and_is_given_up() {
    let studio = Studio::show(MOVING).await;
    let (mut quick, _) = studio.watch(json!({"t": "hello", "name": "Quick"})).await;
    sees(&mut quick, 30).await;
    // One shows nothing that it gets, the other does not even read it.
    let (mut blind, _) = studio.watch(json!({"t": "hello", "name": "Blind"})).await;
    blind.acks = false;
    let (deaf, _) = studio.watch(json!({"t": "hello", "name": "Deaf"})).await;
    let before = memory();
    let begun = Instant::now();
    // How fast they come beside a stalled viewer is measured by the benchmark of the live view.
    sees(&mut quick, 120).await;
    let grown = memory().saturating_sub(before);
    assert!(grown < 8 * 1024, "{grown} KiB more");
    let given_up = async {
        let mut pictures = 0;
        loop {
            match blind.next().await {
                Heard::Picture(_) => pictures += 1,
                Heard::Word(_) => {}
                Heard::Closed(reason) => return (pictures, reason),
            }
        }
    };
    // The other one goes on meanwhile.
    let (pictures, reason) = tokio::select! {
        outcome = given_up => outcome,
        () = sees(&mut quick, 10_000) => panic!("not given up"),
    };
    assert_eq!(pictures, 2, "no more than the window");
    assert!(reason.contains("15 s"), "{reason}");
    assert!(begun.elapsed() > Duration::from_secs(14));
    sees(&mut quick, 5).await;
    drop(deaf);
    studio.stop().await;
}

/// Takes so many pictures; each has to come.
async fn sees(viewer: &mut crate::support::Viewer, pictures: u32) {
    for _ in 0..pictures {
        viewer.see().await;
    }
}
