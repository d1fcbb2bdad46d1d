use proptest::prelude::*;
use store::Time;

use super::{Recurrence, RecurrenceError};

fn time(text: &str) -> Time {
    text.parse().expect("a moment")
}

/// The moments after one, by the clock in UTC.
fn moments(cron: &str, zone: &str, after: &str, count: usize) -> Vec<String> {
    let recurrence = Recurrence::new(cron, zone).expect("a recurrence");
    let found = recurrence.some_after(time(after), count);
    let short = |moment: Time| moment.to_string().replace(":00.000Z", "");
    found.into_iter().map(short).collect()
}

#[test]
fn moments_follow_the_fields_and_the_words() {
    for (cron, expected) in [
        ("*/15 * * * *", ["2026-11-02T09:45", "2026-11-02T10:00"]),
        ("@hourly", ["2026-11-02T10:00", "2026-11-02T11:00"]),
        ("@daily", ["2026-11-03T00:00", "2026-11-04T00:00"]),
        ("@weekly", ["2026-11-08T00:00", "2026-11-15T00:00"]),
        ("@monthly", ["2026-12-01T00:00", "2027-01-01T00:00"]),
        ("0 7 * * MON-FRI", ["2026-11-03T07:00", "2026-11-04T07:00"]),
        ("0 7 1 * 0", ["2026-11-08T07:00", "2026-11-15T07:00"]),
        ("0 0 29 2 *", ["2028-02-29T00:00", "2032-02-29T00:00"]),
    ] {
        let found = moments(cron, "UTC", "2026-11-02T09:30:00Z", 2);
        assert_eq!(found, expected, "{cron}");
    }
}

#[test]
fn a_clock_hangs_somewhere_and_what_it_leaves_out_or_shows_twice_happens_once() {
    for (cron, after, expected) in [
        // The last Sunday of March has no 02:30, that of October has two.
        (
            "30 2 * * *",
            "2026-03-28T00:00:00Z",
            ["2026-03-28T01:30", "2026-03-29T01:30", "2026-03-30T00:30"],
        ),
        (
            "30 2 * * *",
            "2026-10-24T00:00:00Z",
            ["2026-10-24T00:30", "2026-10-25T00:30", "2026-10-26T01:30"],
        ),
        // What the clock leaves out comes after what follows it.
        (
            "0,45 2,3 * * *",
            "2026-03-29T00:30:00Z",
            ["2026-03-29T01:00", "2026-03-29T01:45", "2026-03-30T00:00"],
        ),
        // Every half hour goes on in even steps.
        (
            "*/30 * * * *",
            "2026-10-25T00:30:00Z",
            ["2026-10-25T01:00", "2026-10-25T01:30", "2026-10-25T02:00"],
        ),
    ] {
        assert_eq!(moments(cron, "Europe/Berlin", after, 3), expected, "{cron}");
    }
}

#[test]
fn a_clock_that_is_put_back_by_half_an_hour_ends_the_search() {
    for (cron, expected) in [
        // At 02:00 on 4 April 2027 it is 01:30 again.
        ("0 */5 * * *", ["2027-04-03T13:00", "2027-04-03T18:30"]),
        ("45 * * * *", ["2027-04-03T12:45", "2027-04-03T13:45"]),
        ("30 1 * * *", ["2027-04-03T14:30", "2027-04-04T15:00"]),
    ] {
        let found = moments(cron, "Australia/Lord_Howe", "2027-04-03T12:30:00Z", 2);
        assert_eq!(found, expected, "{cron}");
    }
    // What it shows twice comes twice where every hour counts.
    let found = moments(
        "45 * * * *",
        "Australia/Lord_Howe",
        "2027-04-03T14:00:00Z",
        3,
    );
    assert_eq!(
        found,
        ["2027-04-03T14:45", "2027-04-03T15:15", "2027-04-03T16:15"]
    );
    // What it leaves out does not come: at 02:00 on 3 October 2027 it is 02:30.
    let found = moments(
        "15 * * * *",
        "Australia/Lord_Howe",
        "2027-10-02T14:30:00Z",
        2,
    );
    assert_eq!(found, ["2027-10-02T14:45", "2027-10-02T16:15"]);
}

#[test]
fn what_is_no_recurrence_is_refused_with_the_field_and_what_to_write() {
    for (cron, expected) in [
        ("", "has 0"),
        ("* * * *", "has 4"),
        ("*/10 * * * * *", "Once a minute is the most often"),
        ("61 * * * *", "the minute “61” cannot be read"),
        ("0 24 * * *", "the hour “24” cannot be read"),
        ("0 0 0 * *", "the day of the month “0” cannot be read"),
        ("0 0 * FOO *", "the month “FOO” cannot be read"),
        ("0 0 * * 8", "the day of the week “8” cannot be read"),
        ("@sometimes", "@hourly, @daily"),
        ("0 0 30 2 *", "never happens"),
    ] {
        let error = Recurrence::new(cron, "UTC").expect_err(cron);
        assert!(error.to_string().contains(expected), "{cron}: {error}");
        assert_eq!(error.subject(), "cron");
    }
    let error = Recurrence::new("@daily", "Mars/Olympus").expect_err("no zone");
    assert!(matches!(&error, RecurrenceError::Zone { name } if name == "Mars/Olympus"));
    assert_eq!(error.subject(), "timeZone");
}

proptest! {
    #[test]
    fn whatever_is_written_is_read_or_refused(cron in "\\PC{0,40}", zone in "\\PC{0,20}") {
        let _ = Recurrence::new(&cron, &zone);
        let _ = Recurrence::new(&cron, "UTC");
    }

    #[test]
    fn what_looks_like_fields_is_read_or_refused(cron in "[0-9*/,#LWH-]{1,6}( [0-9*/,#LWA-Z-]{1,6}){4}") {
        let _ = Recurrence::new(&cron, "Europe/Berlin");
    }

    #[test]
    fn moments_strictly_increase_from_any_moment(
        minute in 0..60_u8,
        hour in prop_oneof![Just("*".to_owned()), Just("*/5".to_owned()), (0..24_u8).prop_map(|hour| hour.to_string()), Just("1-3".to_owned())],
        zone in prop_oneof![Just("UTC"), Just("Europe/Berlin"), Just("America/New_York"), Just("Australia/Lord_Howe"), Just("Asia/Kathmandu")],
        after in 1_700_000_000_000_000..1_900_000_000_000_000_i64,
    ) {
        let recurrence = Recurrence::new(&format!("{minute} {hour} * * *"), zone).expect("a recurrence");
        let mut last = Time::from_micros(after);
        for moment in recurrence.some_after(last, 20) {
            prop_assert!(moment > last, "{moment} after {last}");
            // The same moment is found from just before it: no way there is another one.
            let before = Time::from_micros(moment.as_micros() - 1);
            prop_assert_eq!(recurrence.after(before), Some(moment));
            last = moment;
        }
    }
}
