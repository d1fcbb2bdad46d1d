//! The fan-out of live frames: slow viewers, late viewers, limits.

use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use bytes::Bytes;
use capture::{Frame, FrameHub, FrameReceiver};
use proptest::prelude::*;

fn frame(seq: u32) -> Arc<Frame> {
    Arc::new(Frame {
        seq,
        tab: 0,
        jpeg: Bytes::from(vec![0u8; 16]),
        width: 1280,
        height: 720,
        css_width: 1280.0,
        css_height: 720.0,
        offset_top: 0.0,
        page_scale: 1.0,
        captured_at: SystemTime::now(),
        received: Instant::now(),
        asked: None,
    })
}

/// What is ready at this instant, without waiting.
async fn ready(receiver: &FrameReceiver) -> Option<(u32, bool, u32)> {
    tokio::select! {
        biased;
        delivery = receiver.next() => delivery.map(|d| (d.frame.seq, d.key, d.dropped)),
        () = std::future::ready(()) => None,
    }
}

#[tokio::test]
async fn a_late_joiner_gets_the_last_frame_as_key_frame() {
    let hub = FrameHub::new();
    for seq in 0..5 {
        hub.publish(frame(seq));
    }
    let late = hub.subscribe();
    assert_eq!(ready(&late).await, Some((4, true, 0)));
    hub.publish(frame(5));
    assert_eq!(ready(&late).await, Some((5, false, 0)));
}

#[tokio::test]
async fn at_most_two_frames_are_unacknowledged_and_the_newest_wins() {
    let hub = FrameHub::new();
    let viewer = hub.subscribe();
    hub.publish(frame(1));
    assert_eq!(ready(&viewer).await, Some((1, true, 0)));
    hub.publish(frame(2));
    assert_eq!(ready(&viewer).await, Some((2, false, 0)));
    for seq in 3..=9 {
        hub.publish(frame(seq));
    }
    assert_eq!(ready(&viewer).await, None);
    viewer.ack(1);
    assert_eq!(ready(&viewer).await, Some((9, false, 6)));
    assert_eq!(viewer.unacked(), 2);
    viewer.ack(9);
    assert_eq!(viewer.unacked(), 0);
}

#[tokio::test]
async fn a_stalled_viewer_changes_nothing_for_the_others_and_retains_one_frame() {
    let hub = FrameHub::new();
    let stalled = hub.subscribe();
    let quick = hub.subscribe();
    let mut published = Vec::new();
    for seq in 0..10_000 {
        let next = frame(seq);
        published.push(Arc::downgrade(&next));
        hub.publish(next);
        assert_eq!(ready(&quick).await.map(|d| d.0), Some(seq));
        quick.ack(seq);
    }
    let alive = published
        .iter()
        .filter(|frame| frame.strong_count() > 0)
        .count();
    assert_eq!(
        alive, 1,
        "the newest frame, shared by the hub and the stalled slot"
    );
    assert_eq!(quick.dropped(), 0);
    assert_eq!(stalled.dropped(), 9_999);
}

#[tokio::test]
async fn a_viewer_that_leaves_is_forgotten() {
    let hub = FrameHub::new();
    let viewer = hub.subscribe();
    assert_eq!(hub.viewers(), 1);
    drop(viewer);
    hub.publish(frame(1));
    assert_eq!(hub.viewers(), 0);
}

#[tokio::test]
async fn closing_the_hub_ends_every_receiver() {
    let hub = FrameHub::new();
    let viewer = hub.subscribe();
    let waiting = tokio::spawn(async move { viewer.next().await.is_none() });
    hub.close();
    assert!(waiting.await.unwrap());
    assert!(hub.subscribe().next().await.is_none());
}

#[tokio::test(start_paused = true)]
async fn the_rate_limit_holds_and_the_newest_frame_still_arrives() {
    let hub = FrameHub::new();
    hub.set_rate_limit(Some(10));
    let viewer = hub.subscribe();
    let source = hub.clone();
    let publisher = tokio::spawn(async move {
        for seq in 0..60 {
            source.publish(frame(seq));
            tokio::time::sleep(Duration::from_micros(16_667)).await;
        }
    });
    let (mut got, mut last) = (0, 0);
    while last != 59 {
        let delivery = viewer.next().await.unwrap();
        last = delivery.frame.seq;
        viewer.ack(last);
        got += 1;
    }
    publisher.await.unwrap();
    assert!(
        (10..=12).contains(&got),
        "{got} frames in one second at 10 a second"
    );
    assert_eq!(viewer.dropped(), 0, "the limit is no drop");
}

#[derive(Debug, Clone)]
enum Act {
    Publish,
    Take(usize),
    Ack(usize),
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    prop::collection::vec(
        prop_oneof![
            2 => Just(Act::Publish),
            2 => (0..3usize).prop_map(Act::Take),
            1 => (0..3usize).prop_map(Act::Ack),
        ],
        1..200,
    )
}

proptest! {
    #[test]
    fn whatever_viewers_do_frames_come_in_order_within_the_window_and_none_is_unaccounted(acts in acts()) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        runtime.block_on(async {
            let hub = FrameHub::new();
            let viewers: Vec<_> = (0..3).map(|_| hub.subscribe()).collect();
            let mut last = [None::<u32>; 3];
            let mut taken = [0u32; 3];
            let mut seq = 0;
            for act in acts {
                match act {
                    Act::Publish => { hub.publish(frame(seq)); seq += 1; }
                    Act::Take(n) => if let Some((got, key, _)) = ready(&viewers[n]).await {
                        assert!(last[n].is_none_or(|before| before < got));
                        assert_eq!(key, last[n].is_none());
                        assert_eq!(got, seq - 1, "latest first");
                        last[n] = Some(got);
                        taken[n] += 1;
                    },
                    Act::Ack(n) => if let Some(got) = last[n] { viewers[n].ack(got); },
                }
                for (n, viewer) in viewers.iter().enumerate() {
                    assert!(viewer.unacked() <= 2);
                    let waiting = u32::from(seq > 0 && last[n] != Some(seq - 1));
                    assert_eq!(taken[n] + viewer.dropped() + waiting, seq);
                }
            }
        });
    }
}
