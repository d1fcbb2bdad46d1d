//! What holds for every document: unknown fields survive, and no text makes the reader panic.

use proptest::prelude::*;
use recording::{Format, Recording};
use serde_json::{Value, json};

const EVERY_TYPE: &str = include_str!("fixtures/every-type.json");

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (-1_000_000..1_000_000i32).prop_map(|quarters| Value::from(f64::from(quarters) / 4.0)),
        "\\PC{0,12}".prop_map(Value::from),
        "(yes|no|on|off|null|~|1e3|0x10|- a|a: b|#c|\"|'|\\[|\\{|\n| )".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map("[a-zA-Z$ _.-]{1,8}", inner, 0..4)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

/// Finite numbers of every size, and those that a browser reports: times and coordinates with fractions.
fn any_number() -> impl Strategy<Value = f64> {
    prop_oneof![
        prop::num::f64::NORMAL | prop::num::f64::SUBNORMAL | prop::num::f64::ZERO,
        0.0..10_000_000.0_f64,
        -5_000.0..5_000.0_f64,
    ]
}

/// Every object of the document, by its pointer.
fn objects(value: &Value, pointer: String, found: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                objects(value, format!("{pointer}/{key}"), found);
            }
            found.push(pointer);
        }
        Value::Array(items) => {
            for (index, value) in items.iter().enumerate() {
                objects(value, format!("{pointer}/{index}"), found);
            }
        }
        _ => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_unknown_field_survives_at_every_level(
        place in any::<prop::sample::Index>(),
        key in "[a-z]{1,6}",
        value in any_json(),
    ) {
        let mut document: Value = serde_json::from_str(EVERY_TYPE).unwrap();
        let mut places = Vec::new();
        objects(&document, String::new(), &mut places);
        let pointer = &places[place.index(places.len())];
        let key = format!("x-{key}");
        document.pointer_mut(pointer).unwrap().as_object_mut().unwrap().insert(key.clone(), value.clone());

        let recording = Recording::parse(document.to_string(), Format::Json).unwrap();
        let written: Value = serde_json::from_str(&recording.to_json_pretty().unwrap()).unwrap();
        prop_assert_eq!(written.pointer(pointer).and_then(|object| object.get(&key)), Some(&value), "{}", pointer);

        let yaml = recording.to_yaml().unwrap();
        let again = Recording::parse(&yaml, Format::Yaml).map_err(|error| TestCaseError::fail(format!("{error}\n{yaml}")))?;
        let written = again.to_value().unwrap();
        prop_assert_eq!(written.pointer(pointer).and_then(|object| object.get(&key)), Some(&value), "{}", pointer);
    }

    #[test]
    fn any_value_in_any_place_is_read_or_refused(place in any::<prop::sample::Index>(), value in any_json()) {
        let mut document: Value = serde_json::from_str(EVERY_TYPE).unwrap();
        let mut places = Vec::new();
        leaves(&document, String::new(), &mut places);
        let pointer = &places[place.index(places.len())];
        *document.pointer_mut(pointer).unwrap() = value;
        if let Ok(recording) = Recording::parse(document.to_string(), Format::Json) {
            recording.validate();
            recording.info();
            recording.steps.iter().for_each(|step| drop(step.title()));
        }
    }

    #[test]
    fn a_number_survives_the_round_trip_to_the_last_bit(number in any_number(), key in "x-[a-z]{1,6}") {
        let document = json!({
            "testName": "Numbers", "url": "http://shop.test/", "devicePixelRatio": number.abs(),
            "actions": [{
                "type": "click", "timestamp": number.abs(), "coordinates": { "x": number, "y": 0.1 },
                "selectors": [{ "strategy": "css", "value": "#go" }], &key: number,
            }],
        });
        let read = Recording::parse(document.to_string(), Format::Json).unwrap();
        let through_yaml = Recording::parse(read.to_yaml().unwrap(), Format::Yaml).unwrap();
        for written in [read.to_json_pretty().unwrap(), through_yaml.to_json_pretty().unwrap()] {
            let again = Recording::parse(&written, Format::Json).unwrap().to_value().unwrap();
            for place in ["/devicePixelRatio", "/actions/0/timestamp", "/actions/0/coordinates/x", &format!("/actions/0/{key}")] {
                // A zero may lose its sign: a number without a fraction is written as a whole one.
                let bits = |value: &Value| value.pointer(place).and_then(Value::as_f64).map(|number| (number + 0.0).to_bits());
                prop_assert_eq!(bits(&again), bits(&document), "{} in {}", place, written);
            }
        }
    }

    #[test]
    fn a_cut_off_document_is_refused(length in 0..EVERY_TYPE.trim_end().len()) {
        prop_assert!(Recording::parse(&EVERY_TYPE.as_bytes()[..length], Format::Json).is_err());
    }

    #[test]
    fn no_text_makes_the_reader_panic(text in "\\PC{0,200}", format in prop_oneof![Just(Format::Json), Just(Format::Yaml), Just(Format::Auto)]) {
        drop(Recording::parse(text, format));
    }

    #[test]
    fn no_bytes_make_the_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        drop(Recording::parse(bytes, Format::Auto));
    }

    #[test]
    fn any_object_is_read_as_a_step_or_refused(value in any_json(), kind in prop::sample::select(recording::StepKind::TYPES)) {
        let mut step = json!({"type": kind});
        if let Value::Object(map) = value {
            step.as_object_mut().unwrap().extend(map);
        }
        if let Ok(step) = recording::Step::from_value(step) {
            drop(step.title());
            drop(step.to_value().unwrap());
        }
    }
}

fn leaves(value: &Value, pointer: String, found: &mut Vec<String>) {
    match value {
        Value::Object(map) => map
            .iter()
            .for_each(|(key, value)| leaves(value, format!("{pointer}/{key}"), found)),
        Value::Array(items) => {
            items
                .iter()
                .enumerate()
                .for_each(|(index, value)| leaves(value, format!("{pointer}/{index}"), found));
        }
        _ => found.push(pointer),
    }
}
