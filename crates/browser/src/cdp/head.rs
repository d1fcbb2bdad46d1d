//! Reading only the head of a message: who it is for. Its body stays bytes until somebody wants it.

use bytes::Bytes;
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

/// A message from the browser. The bodies are slices of the message, not copies.
#[derive(Debug, PartialEq)]
pub(crate) enum Incoming<'a> {
    /// The answer to a command.
    Reply {
        id: u64,
        result: Result<Bytes, ReplyError>,
    },
    /// An event of a session; the browser's own session is the empty string.
    Event {
        session: &'a str,
        method: &'a str,
        params: Bytes,
    },
}

/// Why the browser refused a command.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct ReplyError {
    #[serde(default)]
    pub(crate) code: i64,
    #[serde(default)]
    pub(crate) message: String,
    /// More words, or a list of errors: each browser has its own shape.
    #[serde(default)]
    pub(crate) data: Option<Value>,
}

#[derive(Deserialize)]
struct Head<'a> {
    id: Option<u64>,
    #[serde(borrow, rename = "sessionId")]
    session: Option<&'a str>,
    #[serde(borrow)]
    method: Option<&'a str>,
    #[serde(borrow)]
    params: Option<&'a RawValue>,
    #[serde(borrow)]
    result: Option<&'a RawValue>,
    error: Option<ReplyError>,
}

/// Reads the head of `message`; `None` for anything that is neither an answer nor an event.
pub(crate) fn read(message: &Bytes) -> Option<Incoming<'_>> {
    let head: Head<'_> = serde_json::from_slice(message).ok()?;
    let body = |raw: Option<&RawValue>| {
        raw.map_or_else(empty, |raw| message.slice_ref(raw.get().as_bytes()))
    };
    if let Some(id) = head.id {
        let result = head.error.map_or_else(|| Ok(body(head.result)), Err);
        return Some(Incoming::Reply { id, result });
    }
    let method = head.method?;
    Some(Incoming::Event {
        session: head.session.unwrap_or_default(),
        method,
        params: body(head.params),
    })
}

fn empty() -> Bytes {
    Bytes::from_static(b"{}")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn bytes(text: &str) -> Bytes {
        Bytes::copy_from_slice(text.as_bytes())
    }

    #[test]
    fn an_answer_keeps_its_result_unparsed() {
        let message = bytes(r#"{"id":7,"result":{"a":[1, 2]},"sessionId":"S"}"#);
        assert_eq!(
            read(&message),
            Some(Incoming::Reply {
                id: 7,
                result: Ok(bytes(r#"{"a":[1, 2]}"#))
            })
        );
    }

    #[test]
    fn a_refusal_keeps_code_and_words() {
        let message = bytes(r#"{"id":7,"error":{"code":-32000,"message":"no"}}"#);
        let error = ReplyError {
            code: -32000,
            message: "no".to_owned(),
            data: None,
        };
        assert_eq!(
            read(&message),
            Some(Incoming::Reply {
                id: 7,
                result: Err(error)
            })
        );
    }

    #[test]
    fn a_refusal_is_one_whatever_is_added_to_it() {
        for data in [
            r#""more""#,
            r#"[{"code":-32000,"message":"NoJavaScriptDialog"}]"#,
            "{}",
            "null",
        ] {
            let message = bytes(&format!(
                r#"{{"error":{{"code":-32000,"message":"no","data":{data}}},"id":36}}"#
            ));
            let Some(Incoming::Reply { id: 36, result }) = read(&message) else {
                panic!("{data}: nobody hears of it");
            };
            assert!(result.is_err_and(|error| error.message == "no"), "{data}");
        }
    }

    #[test]
    fn an_event_of_the_browser_itself_has_the_empty_session() {
        let message = bytes(r#"{"method":"A.b","params":{}}"#);
        assert_eq!(
            read(&message),
            Some(Incoming::Event {
                session: "",
                method: "A.b",
                params: bytes("{}")
            })
        );
    }

    #[test]
    fn what_is_no_message_is_nothing() {
        for text in [
            "",
            "null",
            "[]",
            "{}",
            r#"{"id":-1}"#,
            r#"{"method":3}"#,
            "{\"id\":1",
            r#"{"params":{}}"#,
        ] {
            assert_eq!(read(&bytes(text)), None, "{text}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn any_bytes_are_harmless(data: Vec<u8>) {
            let _ = read(&Bytes::from(data));
        }

        #[test]
        fn every_event_comes_out_as_it_went_in(session in "[A-F0-9]{0,32}", method in "[A-Z][a-z]{1,8}\\.[a-z]{1,12}", value: Vec<String>) {
            let params = serde_json::json!({ "value": value }).to_string();
            let message = bytes(&format!(r#"{{"method":"{method}","params":{params},"sessionId":"{session}"}}"#));
            prop_assert_eq!(read(&message), Some(Incoming::Event { session: &session, method: &method, params: bytes(&params) }));
        }
    }
}
