use proptest::prelude::*;

use super::super::raster::{Patch, Raster};
use super::{SLACK, compare};

const WHITE: [u8; 4] = [255; 4];
const BLACK: [u8; 4] = [0, 0, 0, 255];

fn picture(width: u32, height: u32, colours: &[[u8; 3]]) -> Raster {
    let mut picture = Raster::plain(width, height, WHITE);
    for (index, [red, green, blue]) in colours.iter().enumerate() {
        picture.set(index, [*red, *green, *blue, 255]);
    }
    picture
}

/// Two pictures of one size, mostly of few colours, as pages are.
fn pairs() -> impl Strategy<Value = (Raster, Raster)> {
    let colour = prop_oneof![
        Just([255, 255, 255]),
        Just([0, 0, 0]),
        Just([128, 128, 128]),
        any::<[u8; 3]>()
    ];
    (0..14_u32, 0..14_u32).prop_flat_map(move |(width, height)| {
        let count = (width * height) as usize;
        let pixels = || proptest::collection::vec(colour.clone(), count);
        (pixels(), pixels())
            .prop_map(move |(a, b)| (picture(width, height, &a), picture(width, height, &b)))
    })
}

fn patches() -> impl Strategy<Value = Patch> {
    (
        any::<[i16; 2]>(),
        -4..16_i64,
        -4..16_i64,
        -2..12_i64,
        -2..12_i64,
    )
        .prop_map(|([far, farther], left, top, width, height)| Patch {
            left,
            top,
            right: if far == 7 { far.into() } else { left + width },
            bottom: if farther == 7 {
                farther.into()
            } else {
                top + height
            },
        })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_picture_does_not_differ_from_itself((a, _) in pairs(), mask in patches(), tolerance in 0.0..=1.0) {
        let comparison = compare(&a, &a, &[mask], tolerance).expect("one size");
        prop_assert_eq!(comparison.differing, 0);
        prop_assert_eq!(comparison.share(), 0.0);
    }

    #[test]
    fn which_picture_comes_first_makes_no_difference((a, b) in pairs(), mask in patches(), tolerance in 0.0..=1.0) {
        let there = compare(&a, &b, &[mask], tolerance).expect("one size");
        let back = compare(&b, &a, &[mask], tolerance).expect("one size");
        prop_assert_eq!((there.compared, there.differing), (back.compared, back.differing));
        prop_assert!((0.0..=1.0).contains(&there.share()));
    }

    #[test]
    fn what_is_masked_never_counts((a, b) in pairs(), mask in patches(), noise in any::<[u8; 3]>()) {
        let mut changed = b.clone();
        for index in b.indexes(mask) {
            changed.set(index, [noise[0], noise[1], noise[2], 255]);
        }
        let mut painted = b.clone();
        painted.paint_out(mask);
        let before = compare(&a, &b, &[mask], 0.1).expect("one size");
        for other in [&changed, &painted] {
            let after = compare(&a, other, &[mask], 0.1).expect("one size");
            prop_assert_eq!((before.compared, before.differing), (after.compared, after.differing));
        }
    }

    #[test]
    fn pictures_of_two_sizes_are_not_compared((a, b) in pairs(), width in 0..14_u32, height in 0..14_u32) {
        let other = Raster::plain(width, height, BLACK);
        let same = (a.width(), a.height()) == (width, height);
        prop_assert_eq!(compare(&a, &other, &[], 0.1).is_some(), same);
        prop_assert_eq!(compare(&other, &b, &[], 0.1).is_some(), same);
    }

    #[test]
    fn a_picture_survives_the_file((a, b) in pairs()) {
        prop_assume!(a.width() > 0 && a.height() > 0);
        let written = a.write().expect("a file");
        prop_assert!(Raster::read(&written).expect("a picture") == a);
        let drawn = compare(&a, &b, &[], 0.1).expect("one size").picture(&b);
        prop_assert_eq!((drawn.width(), drawn.height()), (a.width(), a.height()));
    }

    #[test]
    fn any_bytes_are_a_picture_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        prop_assert!(Raster::read(&bytes).is_err());
    }
}

/// A black disc on white, its edge smoothed by its distance from the middle.
fn disc(middle: f64) -> Raster {
    let mut disc = Raster::plain(40, 40, WHITE);
    for index in 0..40 * 40_usize {
        let (x, y) = ((index % 40) as f64, (index / 40) as f64);
        let grey = ((x - middle).hypot(y - 20.0) - 12.0).clamp(0.0, 1.0) * 255.0;
        disc.set(index, [grey as u8, grey as u8, grey as u8, 255]);
    }
    disc
}

#[test]
fn an_edge_that_is_smoothed_in_another_way_does_not_count_and_a_shape_that_moved_does() {
    let (a, nudged) = (disc(20.0), disc(20.3));
    let smoothed = compare(&a, &nudged, &[], 0.1).unwrap();
    assert!(smoothed.differing <= 2, "{}", smoothed.differing);
    let moved = compare(&a, &disc(24.0), &[], 0.1).unwrap();
    assert!(moved.share() > 0.05, "{}", moved.share());
}

#[test]
fn a_single_pixel_that_stands_alone_counts() {
    let a = Raster::plain(30, 30, WHITE);
    let mut b = a.clone();
    b.set(15 * 30 + 15, BLACK);
    let comparison = compare(&a, &b, &[], 0.1).unwrap();
    assert_eq!((comparison.compared, comparison.differing), (900, 1));
}

#[test]
fn a_hole_of_a_baseline_counts_unless_a_mask_is_near() {
    let patch = Patch {
        left: 0,
        top: 0,
        right: 10,
        bottom: 10,
    };
    let actual = Raster::plain(200, 20, WHITE);
    let mut expected = actual.clone();
    expected.paint_out(patch);
    let differing = |masks: &[Patch]| compare(&expected, &actual, masks, 0.1).unwrap().differing;
    assert_eq!(differing(&[]), 100, "the mask is gone");
    let near = Patch {
        left: 5,
        top: 0,
        right: 15,
        bottom: 10,
    };
    assert_eq!(differing(&[near]), 0, "what it covers is narrower today");
    let far = Patch {
        left: 11 + SLACK,
        top: 0,
        right: 20 + SLACK,
        bottom: 10,
    };
    assert_eq!(differing(&[far]), 100, "the mask covers something else");
}
