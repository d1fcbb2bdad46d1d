//! The protocol in CBOR (RFC 8949), which is what Chromium speaks inside: pictures come as their bytes, which it would have to
//! write out in base64 for a message of text. A message is read into the JSON that it would have been; the picture of a frame
//! stays what it is.
//!
//! Chromium takes a part of CBOR only (`inspector_protocol/crdtp/cbor.h` in its sources): maps and lists are open, and stand in
//! envelopes, which are tag 24 and a byte string whose length has four bytes; whole numbers have 32 bits; byte strings are
//! UTF-16, or bytes when tag 22 stands before them.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::{Buf as _, Bytes, BytesMut};
use minicbor::Decoder;
use minicbor::data::{IanaTag, Type};
use serde_json::Value;

/// How an envelope begins: its tag, and that a length of four bytes follows.
const ENVELOPE: [u8; 3] = [0xd8, 0x18, 0x5a];

/// Bytes before what is in an envelope: how it begins, and its length.
const HEAD: usize = ENVELOPE.len() + size_of::<u32>();

const OPEN_MAP: u8 = 0xbf;
const OPEN_LIST: u8 = 0x9f;
const END: u8 = 0xff;

/// The field that holds the picture of a frame. No other comes so often and is so long.
const PICTURE: &str = "screenshotData";

/// A message that was read.
#[derive(Debug)]
pub(crate) struct Message {
    /// JSON. Where a picture was is an empty string.
    pub(crate) text: Bytes,
    /// The picture in it, a part of what was read.
    pub(crate) picture: Option<Bytes>,
}

/// Why bytes are no message.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Malformed {
    /// It is not as CBOR is written.
    #[error("a message is no CBOR")]
    Cbor(#[from] minicbor::decode::Error),
    /// It is CBOR of a kind that has no place in the protocol.
    #[error("a message holds {0}")]
    Strange(&'static str),
}

/// Where a message begins in the stream is none, so that nobody knows where the next one does.
#[derive(Debug)]
pub(crate) struct Lost;

/// Takes the first message from a stream when all of it has come.
pub(crate) fn take(stream: &mut BytesMut) -> Result<Option<Bytes>, Lost> {
    let known = stream.len().min(ENVELOPE.len());
    if stream[..known] != ENVELOPE[..known] {
        return Err(Lost);
    }
    match missing(stream) {
        0 => Ok(Some(stream.split_to(length(stream)).freeze())),
        _ => Ok(None),
    }
}

/// How many bytes of the first message in a stream have not come yet; those of its head while that is not whole.
pub(crate) fn missing(stream: &[u8]) -> usize {
    length(stream).saturating_sub(stream.len())
}

/// The length of the first message in a stream, or of its head.
fn length(stream: &[u8]) -> usize {
    match stream.get(ENVELOPE.len()..HEAD) {
        Some(mut length) => HEAD + length.get_u32() as usize,
        None => HEAD,
    }
}

/// The message in CBOR. Whole numbers of more than 32 bits become floating ones.
pub(crate) fn from_json(message: &Value) -> Vec<u8> {
    let mut out = Vec::new();
    write(&mut out, message);
    out
}

fn write(out: &mut Vec<u8>, value: &Value) {
    match value {
        Value::Null => out.push(0xf6),
        Value::Bool(false) => out.push(0xf4),
        Value::Bool(true) => out.push(0xf5),
        Value::Number(number) => match number.as_i64().map(i32::try_from) {
            Some(Ok(whole)) if whole < 0 => head(out, 1, !whole as u32),
            Some(Ok(whole)) => head(out, 0, whole as u32),
            _ => {
                out.push(0xfb);
                out.extend(number.as_f64().unwrap_or(f64::NAN).to_be_bytes());
            }
        },
        Value::String(text) => string(out, text),
        Value::Array(values) => enclose(out, OPEN_LIST, |out| {
            values.iter().for_each(|value| write(out, value));
        }),
        Value::Object(fields) => enclose(out, OPEN_MAP, |out| {
            for (name, value) in fields {
                string(out, name);
                write(out, value);
            }
        }),
    }
}

fn string(out: &mut Vec<u8>, text: &str) {
    // No command is as long as four bytes can count.
    head(out, 3, u32::try_from(text.len()).unwrap_or(u32::MAX));
    out.extend_from_slice(text.as_bytes());
}

/// What kind of value follows, and a number: itself, or its length.
fn head(out: &mut Vec<u8>, kind: u8, number: u32) {
    let kind = kind << 5;
    let bytes = number.to_be_bytes();
    match number {
        0..24 => out.push(kind | bytes[3]),
        24..0x100 => out.extend([kind | 24, bytes[3]]),
        0x100..0x1_0000 => out.extend([kind | 25, bytes[2], bytes[3]]),
        _ => {
            out.push(kind | 26);
            out.extend(bytes);
        }
    }
}

fn enclose(out: &mut Vec<u8>, open: u8, inside: impl FnOnce(&mut Vec<u8>)) {
    out.extend(ENVELOPE);
    let length_at = out.len();
    out.extend([0; size_of::<u32>()]);
    let begin = out.len();
    out.push(open);
    inside(out);
    out.push(END);
    let length = u32::try_from(out.len() - begin).unwrap_or(u32::MAX);
    out[length_at..begin].copy_from_slice(&length.to_be_bytes());
}

/// The message as the text that it would have been, but for its picture.
pub(crate) fn to_json(message: &Bytes) -> Result<Message, Malformed> {
    let (mut text, mut picture) = (Vec::new(), None);
    // Whether the next value is a picture.
    let mut is_picture = false;
    let mut from = Decoder::new(message);
    // What is open, instead of calls inside of calls: however deep a page nests its values, they cost no stack.
    let mut around: Vec<Open> = Vec::new();
    loop {
        match from.datatype()? {
            Type::Break => {
                from.set_position(from.position() + 1);
                let closed = around
                    .pop()
                    .ok_or(Malformed::Strange("an end of nothing"))?;
                text.push(closed.end()?);
            }
            kind => {
                if let Some(around) = around.last_mut() {
                    around.separate(kind, &mut text)?;
                    is_picture &= kind == Type::Tag;
                    if is_picture && from.probe().tag()? == IanaTag::ToBase64.tag() {
                        from.tag()?;
                        picture = Some(message.slice_ref(from.bytes()?));
                        text.extend_from_slice(b"\"\"");
                        continue;
                    }
                    is_picture = around.is_name() && from.probe().str()? == PICTURE;
                }
                if let Some(opened) = read(&mut from, &mut text)? {
                    around.push(opened);
                    continue;
                }
            }
        }
        if around.is_empty() {
            return Ok(Message {
                text: text.into(),
                picture,
            });
        }
    }
}

/// A map or a list whose end has not come yet.
struct Open {
    is_empty: bool,
    next: Next,
}

/// What comes next in a map or list.
#[derive(Clone, Copy)]
enum Next {
    Item,
    Name,
    Value,
}

impl Open {
    fn new(next: Next) -> Self {
        Self {
            is_empty: true,
            next,
        }
    }

    /// What stands between the values around a value of this kind.
    fn separate(&mut self, kind: Type, text: &mut Vec<u8>) -> Result<(), Malformed> {
        if let Next::Value = self.next {
            text.push(b':');
            self.next = Next::Name;
            return Ok(());
        }
        if !std::mem::take(&mut self.is_empty) {
            text.push(b',');
        }
        if let Next::Name = self.next {
            if kind != Type::String {
                return Err(Malformed::Strange("a field without a name"));
            }
            self.next = Next::Value;
        }
        Ok(())
    }

    /// Whether what has just been separated is the name of a field.
    fn is_name(&self) -> bool {
        matches!(self.next, Next::Value)
    }

    fn end(&self) -> Result<u8, Malformed> {
        match self.next {
            Next::Item => Ok(b']'),
            Next::Name => Ok(b'}'),
            Next::Value => Err(Malformed::Strange("a field without a value")),
        }
    }
}

/// Reads one value, or the beginning of a map or list.
fn read(from: &mut Decoder<'_>, text: &mut Vec<u8>) -> Result<Option<Open>, Malformed> {
    match from.datatype()? {
        Type::Tag => {
            let begin = from.position();
            let tag = from.tag()?;
            if tag == IanaTag::ToBase64.tag() {
                base64(text, from.bytes()?);
            } else if from.input()[begin..].starts_with(&ENVELOPE) {
                // Where it ends is told by what is inside, too.
                from.set_position(begin + HEAD);
                return open(from, text).map(Some);
            } else {
                return Err(Malformed::Strange("a tag that nobody knows"));
            }
        }
        Type::MapIndef | Type::ArrayIndef => return open(from, text).map(Some),
        Type::String => quote(text, from.str()?),
        Type::Bytes => {
            let (units, rest) = from.bytes()?.as_chunks();
            if !rest.is_empty() {
                return Err(Malformed::Strange("half a letter"));
            }
            let units: Vec<u16> = units.iter().copied().map(u16::from_le_bytes).collect();
            quote(text, &String::from_utf16_lossy(&units));
        }
        Type::Bool => text.extend_from_slice(if from.bool()? { b"true" } else { b"false" }),
        Type::Null => {
            from.null()?;
            text.extend_from_slice(b"null");
        }
        Type::F64 => float(text, from.f64()?),
        Type::U8 | Type::U16 | Type::U32 | Type::I8 | Type::I16 | Type::I32 | Type::I64 => {
            text.extend_from_slice(from.i64()?.to_string().as_bytes());
        }
        _ => return Err(Malformed::Strange("a value of no kind")),
    }
    Ok(None)
}

fn open(from: &mut Decoder<'_>, text: &mut Vec<u8>) -> Result<Open, Malformed> {
    let (bracket, next) = match from.datatype()? {
        Type::MapIndef => (b'{', Next::Name),
        Type::ArrayIndef => (b'[', Next::Item),
        _ => {
            return Err(Malformed::Strange(
                "an envelope with neither a map nor a list",
            ));
        }
    };
    from.set_position(from.position() + 1);
    text.push(bracket);
    Ok(Open::new(next))
}

fn quote(text: &mut Vec<u8>, string: &str) {
    text.extend_from_slice(Value::from(string).to_string().as_bytes());
}

fn base64(text: &mut Vec<u8>, bytes: &[u8]) {
    text.push(b'"');
    let begin = text.len();
    text.resize(begin + bytes.len().div_ceil(3) * 4, 0);
    // There is room for exactly what comes.
    let _ = STANDARD.encode_slice(bytes, &mut text[begin..]);
    text.push(b'"');
}

/// A number of JavaScript. Whole ones have no point, so that they can be read as such; what is no number is null.
fn float(text: &mut Vec<u8>, number: f64) {
    /// Whole numbers up to here are exact.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    let is_whole = number.fract() == 0.0 && number.abs() <= EXACT;
    let written = match is_whole && !(number == 0.0 && number.is_sign_negative()) {
        true => (number as i64).to_string(),
        false => Value::from(number).to_string(),
    };
    text.extend_from_slice(written.as_bytes());
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn read_all(message: &[u8]) -> Result<Message, Malformed> {
        to_json(&Bytes::copy_from_slice(message))
    }

    fn back(message: &[u8]) -> Result<Value, Malformed> {
        Ok(serde_json::from_slice(&read_all(message)?.text).unwrap())
    }

    /// Any value that a message can hold; numbers are of 32 bits, or floating.
    fn values() -> impl Strategy<Value = Value> {
        let number = prop_oneof![
            any::<i32>().prop_map(Value::from),
            (-1e300..1e300).prop_map(Value::from),
            (-1e15..1e15).prop_map(|number: f64| Value::from(number.trunc() as i64)),
        ];
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            number,
            ".{0,300}".prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 40, 6, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
                prop::collection::hash_map(".{0,30}", inner, 0..6)
                    .prop_map(|fields| fields.into_iter().collect()),
            ]
        })
    }

    #[test]
    fn a_message_is_written_as_chromium_wants_it() {
        let message = from_json(&json!({ "id": 1, "on": [true, -300] }));
        let inside = b"\xbf\x62id\x01\x62on\xd8\x18\x5a\0\0\0\x06\x9f\xf5\x39\x01\x2b\xff\xff";
        assert_eq!(message[..7], *b"\xd8\x18\x5a\0\0\0\x16");
        assert_eq!(message[7..], *inside);
    }

    #[test]
    fn the_picture_of_a_frame_stays_what_it_is() {
        let message = [
            &b"\xbf\x66result\xbf\x6escreenshotData\xd6\x44\x89PNG\x69hasDamage\xf5\xff"[..],
            b"\x6escreenshotData\x63abc\xff",
        ];
        let read = read_all(&message.concat()).unwrap();
        assert_eq!(read.picture.as_deref(), Some(&b"\x89PNG"[..]));
        assert_eq!(
            read.text,
            r#"{"result":{"screenshotData":"","hasDamage":true},"screenshotData":"abc"}"#
        );
        // A name is no value.
        let list = b"\x9f\x6escreenshotData\xd6\x41a\xff";
        let read = read_all(list).unwrap();
        assert!(read.picture.is_none());
        assert_eq!(read.text, r#"["screenshotData","YQ=="]"#);
    }

    #[test]
    fn other_bytes_are_base64_and_wide_text_is_text() {
        let picture = [
            &b"\xbf\x61p\xd6\x44\x89PNG\x61t\x46"[..],
            b"a\0\x3d\xd8\x00\xde",
            b"\xff",
        ];
        assert_eq!(
            back(&picture.concat()).unwrap(),
            json!({ "p": "iVBORw==", "t": "a😀" })
        );
        // Half of a pair, as pages may have in their texts.
        assert_eq!(back(b"\x42\x3d\xd8").unwrap(), json!("\u{fffd}"));
    }

    #[test]
    fn numbers_are_whole_where_they_can_be() {
        for (number, text) in [
            (3.0, "3"),
            (-2.5, "-2.5"),
            (3e9, "3000000000"),
            (1e300, "1e+300"),
            (-0.0, "-0.0"),
            (f64::NAN, "null"),
            (f64::INFINITY, "null"),
        ] {
            let message = [&[0xfb][..], &number.to_be_bytes()].concat();
            assert_eq!(read_all(&message).unwrap().text, text);
        }
    }

    #[test]
    fn what_no_browser_says_is_refused() {
        for message in [
            &b""[..],
            b"\xbf",
            b"\xff",
            b"\x43ab",
            b"\xc1\x01",
            b"\xbf\x01\x01\xff",
            b"\xbf\x61a\xff",
            b"\x41a",
            b"\xd8\x18\x5a\0\0\0\x01\x01",
        ] {
            assert!(read_all(message).is_err(), "{message:?}");
        }
    }

    #[test]
    fn nothing_is_too_deep() {
        let deep = [vec![OPEN_LIST; 100_000], vec![END; 100_000]].concat();
        assert_eq!(read_all(&deep).unwrap().text.len(), 200_000);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(128))]

        #[test]
        fn every_message_comes_out_as_it_went_in(value in values()) {
            prop_assert_eq!(back(&from_json(&value)).unwrap(), value);
        }

        #[test]
        fn messages_are_found_however_the_stream_is_cut(
            messages in prop::collection::vec(prop::collection::hash_map(".{0,9}", ".{0,40}", 0..4), 0..8),
            cuts in prop::collection::vec(1usize..60, 1..40),
        ) {
            let messages: Vec<Value> = messages.into_iter().map(|fields| json!(fields)).collect();
            let stream: Vec<u8> = messages.iter().flat_map(from_json).collect();
            let (mut buffer, mut rest, mut out) = (BytesMut::new(), stream.as_slice(), Vec::new());
            for cut in cuts.iter().cycle() {
                while let Some(message) = take(&mut buffer).unwrap() {
                    out.push(back(&message).unwrap());
                }
                if rest.is_empty() {
                    break;
                }
                let (part, after) = rest.split_at(rest.len().min(*cut));
                buffer.extend_from_slice(part);
                rest = after;
            }
            prop_assert_eq!(out, messages);
        }

        #[test]
        fn any_bytes_are_harmless(data: Vec<u8>) {
            let _ = read_all(&data);
            let _ = take(&mut BytesMut::from(&data[..]));
        }
    }
}
