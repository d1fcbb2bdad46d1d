//! Pictures become frames: pure arithmetic, without a browser.

use std::time::Duration;

use proptest::prelude::*;
use video::{FrameRate, Resampler};

/// All frames of a film of so many milliseconds: which picture each shows.
fn frames(rate: u32, pictures: &[u64], length: u64) -> Vec<Option<usize>> {
    let mut resampler = Resampler::new(FrameRate::whole(rate));
    for (index, at) in pictures.iter().enumerate() {
        resampler.push(Duration::from_millis(*at), index);
    }
    let count = resampler.frames_in(Duration::from_millis(length));
    let mut shown = Vec::new();
    while shown.len() < count as usize {
        let frame = resampler.next(Duration::MAX, |_| {}).unwrap();
        shown.push(frame.picture.copied());
    }
    shown
}

#[test]
fn a_picture_stays_until_the_next_one_and_the_newest_of_a_frame_counts() {
    // Ten frames a second: the frames are at 0, 100, 200 … and reach 50 ms to both sides.
    assert_eq!(
        frames(10, &[0, 95, 120, 310], 500),
        [Some(0), Some(2), Some(2), Some(3), Some(3)]
    );
    // The first frames show the first picture even when it came later: there is nothing else to show.
    assert_eq!(frames(10, &[180], 300), [Some(0), Some(0), Some(0)]);
    assert_eq!(frames(10, &[], 100), [None]);
}

#[test]
fn no_frame_is_given_before_all_that_belongs_into_it_is_known() {
    let mut resampler = Resampler::new(FrameRate::whole(10));
    resampler.push(Duration::ZERO, "first");
    assert!(resampler.next(Duration::from_millis(49), |_| {}).is_none());
    assert!(resampler.next(Duration::from_millis(50), |_| {}).is_some());
    // What comes for a frame that was given away counts as late, and is shown in the next one.
    for _ in 0..5 {
        resampler.next(Duration::from_secs(1), |_| {}).unwrap();
    }
    resampler.push(Duration::from_millis(200), "late");
    assert_eq!(resampler.counts(), (1, 0));
    let next = resampler.next(Duration::from_secs(1), |_| {}).unwrap();
    assert_eq!((next.picture, next.is_new), (Some(&"late"), true));
}

#[test]
fn pictures_that_come_out_of_order_are_shown_in_the_order_of_their_times() {
    // The second picture was longer on its way than the third.
    assert_eq!(
        frames(10, &[0, 210, 100, 300], 400),
        [Some(0), Some(2), Some(1), Some(3)]
    );
    // What comes when something newer is shown is never shown: a film does not step back.
    let mut resampler = Resampler::new(FrameRate::whole(10));
    resampler.push(Duration::ZERO, "first");
    resampler.push(Duration::from_millis(200), "third");
    for _ in 0..3 {
        resampler.next(Duration::from_secs(1), |_| {}).unwrap();
    }
    resampler.push(Duration::from_millis(120), "second");
    let mut discarded = Vec::new();
    let next = resampler.next(Duration::from_secs(1), |picture| discarded.push(picture));
    let next = next.unwrap();
    assert_eq!((next.picture, next.is_new), (Some(&"third"), false));
    assert_eq!(discarded, ["second"]);
    assert_eq!(resampler.counts(), (1, 0));
}

proptest! {
    #[test]
    fn the_way_that_pictures_take_does_not_change_the_film(
        rate in prop::sample::select(vec![24_u32, 30, 60]),
        gaps in prop::collection::vec(1_u64..100, 2..40),
        swaps in prop::collection::vec(0_usize..40, 0..20),
    ) {
        let mut at = 0;
        let mut pictures: Vec<u64> = vec![0];
        pictures.extend(gaps.iter().map(|gap| { at += gap; at }));
        let times = |pictures: &[u64]| -> Vec<Option<u64>> {
            frames(rate, pictures, at + 100).into_iter().map(|shown| shown.map(|index| pictures[index])).collect()
        };
        let expected = times(&pictures);
        for swap in swaps {
            // The first picture begins the film: nothing comes before it.
            if (2..pictures.len()).contains(&swap) {
                pictures.swap(swap - 1, swap);
            }
        }
        prop_assert_eq!(times(&pictures), expected);
    }

    #[test]
    fn time_stays_true(
        rate in prop::sample::select(vec![24_u32, 25, 30, 50, 60]),
        gaps in prop::collection::vec(0_u64..400, 1..60),
    ) {
        let mut at = 0;
        let pictures: Vec<u64> = gaps.iter().map(|gap| { at += gap; at }).collect();
        let length = at + 500;
        let shown = frames(rate, &pictures, length);
        let frame = 1000.0 / f64::from(rate);
        // The film is as long as what was filmed.
        prop_assert!((shown.len() as f64 * frame - length as f64).abs() <= frame / 2.0 + 1e-6);
        for (index, picture) in shown.iter().enumerate().skip(1) {
            let time = index as f64 * frame;
            let picture = picture.unwrap();
            // What is shown was drawn at most half a frame later ...
            let is_first = picture == 0;
            prop_assert!(is_first || pictures[picture] as f64 <= time + frame / 2.0 + 1e-6);
            // ... and nothing newer was, that should be shown instead.
            if let Some(next) = pictures.get(picture + 1) {
                prop_assert!(*next as f64 >= time + frame / 2.0 - 1e-6);
            }
        }
    }
}
