//! Values for the variables of a recording that is filmed: what they are for, and which are lacking.

use std::collections::{BTreeMap, BTreeSet};
use std::iter;

use recording::{Recording, Unresolved, Variables};
use serde::de::Error as _;
use serde::{Deserialize as _, Deserializer};
use serde_json::Value;

use super::request::{FilmRequest, WrongOrder};

/// Reads values by their names. What is wrong is said without any of them: they are secrets.
pub(super) fn read<'de, D: Deserializer<'de>>(order: D) -> Result<Variables, D::Error> {
    let Value::Object(values) = Value::deserialize(order)? else {
        return Err(D::Error::custom("an object of texts by their names"));
    };
    let texts = values.into_iter().map(|(name, value)| match value {
        Value::String(text) => Ok((name, text)),
        _ => Err(D::Error::custom(format!("the value of {name} is no text"))),
    });
    texts.collect()
}

/// Values as the store takes them.
pub(super) fn to_store(variables: &Variables) -> BTreeMap<String, String> {
    let pair = |name: &str| Some((name.to_owned(), variables.get(name)?.to_owned()));
    variables.names().filter_map(pair).collect()
}

/// Refuses values in an order that performs no recording: nothing would ask for them.
pub(super) fn must_be_for_a_recording(request: &FilmRequest) -> Result<(), WrongOrder> {
    let is_recording = request.recording.is_some() || request.recording_id.is_some();
    if request.variables.is_empty() || (is_recording && request.storyboard.is_none()) {
        return Ok(());
    }
    let problem = "values are for a recording, and this film performs none";
    Err(WrongOrder::new("variables", problem))
}

/// Refuses a recording that lacks values, its own or those of recordings that it includes, with the names of all of them.
pub(super) fn must_be_enough(
    recording: &Recording,
    included: &BTreeMap<String, Recording>,
    given: &Variables,
) -> Result<(), Unresolved> {
    let all = || iter::once(recording).chain(included.values());
    // One that is included may use what the recording around it has stored.
    let stored: BTreeSet<&str> = all().flat_map(Recording::stored_names).collect();
    let of_address = Variables::names_in(&recording.url).map(str::to_owned);
    let lacking: BTreeSet<String> = all()
        .flat_map(Recording::variable_names)
        .chain(of_address)
        .filter(|name| given.get(name).is_none() && !stored.contains(name.as_str()))
        .collect();
    if lacking.is_empty() {
        return Ok(());
    }
    Err(Unresolved {
        names: lacking.into_iter().collect(),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn typing(url: &str, values: &[&str]) -> Recording {
        let typed = values.iter().map(|value| {
            json!({ "id": value, "type": "input", "timestamp": 0, "url": url, "value": value,
                "selectors": [{ "strategy": "id", "value": "it", "priority": 1 }] })
        });
        let store = json!({ "id": "s", "type": "store", "timestamp": 0, "url": url,
            "variable": "KEPT", "from": "literal", "literal": "x" });
        let actions: Vec<Value> = iter::once(store).chain(typed).collect();
        let document = json!({ "version": "1.0.0", "testName": "r", "url": url,
            "viewport": { "width": 800, "height": 600 }, "actions": actions });
        Recording::from_value(document).unwrap()
    }

    #[test]
    fn all_that_is_lacking_is_named_and_what_steps_store_is_not() {
        let outer = typing("https://${HOST}/", &["${USER}", "${KEPT}"]);
        let inner = typing("https://example.test/", &["${PASSWORD}", "${KEPT}"]);
        let included = BTreeMap::from([("inner".to_owned(), inner)]);
        let given = |pairs: &[(&str, &str)]| pairs.iter().copied().collect::<Variables>();
        let lacking = must_be_enough(&outer, &included, &given(&[("USER", "ann")])).unwrap_err();
        assert_eq!(lacking.names, ["HOST", "PASSWORD"]);
        let all = [("USER", "ann"), ("HOST", "h"), ("PASSWORD", "")];
        assert_eq!(must_be_enough(&outer, &included, &given(&all)), Ok(()));
    }

    #[test]
    fn an_order_says_what_is_wrong_with_its_values_without_them_and_never_writes_them() {
        for (sent, said) in [
            (json!({ "PIN": 123_456 }), "the value of PIN is no text"),
            (json!("123456"), "an object of texts"),
            (json!(["123456"]), "an object of texts"),
        ] {
            let order = json!({ "recordingId": null, "variables": sent }).to_string();
            let wrong = FilmRequest::parse(order.as_bytes())
                .unwrap_err()
                .to_string();
            assert!(
                wrong.contains(said) && wrong.contains("variables"),
                "{wrong}"
            );
            assert!(!wrong.contains("123456"), "{wrong}");
        }
        let order = json!({ "recording": {}, "variables": { "PIN": "123456" } }).to_string();
        let request = FilmRequest::parse(order.as_bytes()).unwrap();
        assert_eq!(request.variables.get("PIN"), Some("123456"));
        let written = format!("{request:?} {}", serde_json::to_string(&request).unwrap());
        assert!(!written.contains("123456"), "{written}");
    }
}
