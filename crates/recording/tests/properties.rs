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
