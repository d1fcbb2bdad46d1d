//! The five shapes of GVariant, little-endian, that the inspector socket carries: `(sa{sv})`, `(ss)`, `(tt)`, `(tts)`
//! and `(ta(tsssb))`.
//!
//! A container ends in the offsets at which its elements of variable size end, each of them as wide as the container's
//! size needs; the last element of a tuple has none. Elements are aligned to their type, and a broken offset reads as
//! an empty value and never as an error, so that a reader can only lose what is broken.

use bytes::Bytes;

/// An entry of a target list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Target {
    /// Names it on this socket.
    pub(crate) id: u64,
    /// "Automation", "WebPage" and others.
    pub(crate) kind: String,
    /// What it is called; the title, for a page.
    pub(crate) title: String,
}

/// `(sa{sv})` with an empty dictionary.
pub(crate) fn text_and_nothing(text: &str) -> Vec<u8> {
    let mut body = terminated(text);
    let end = body.len();
    body.resize(end.next_multiple_of(8), 0);
    // The container's own size decides how wide its one offset is.
    let width = offset_width_with(body.len(), 1);
    body.extend_from_slice(&end.to_le_bytes()[..width]);
    body
}

/// `(tt)`.
pub(crate) fn numbers(one: u64, two: u64) -> Vec<u8> {
    [one.to_le_bytes(), two.to_le_bytes()].concat()
}

/// `(tts)`.
pub(crate) fn numbers_and_text(one: u64, two: u64, text: &[u8]) -> Vec<u8> {
    let mut body = Vec::with_capacity(16 + text.len() + 1);
    body.extend_from_slice(&one.to_le_bytes());
    body.extend_from_slice(&two.to_le_bytes());
    body.extend_from_slice(text);
    body.push(0);
    body
}

/// Reads `(tts)`; the text stays a slice of the message and has not been checked to be UTF-8.
pub(crate) fn read_numbers_and_text(body: &Bytes) -> Option<(u64, u64, Bytes)> {
    let one = number(body, 0)?;
    let two = number(body, 8)?;
    let text = body.get(16..)?.strip_suffix(&[0])?;
    Some((one, two, body.slice_ref(text)))
}

/// Reads `(ss)`.
pub(crate) fn read_texts(body: &[u8]) -> Option<(String, String)> {
    let width = offset_width(body.len());
    let offset = body.len().checked_sub(width)?;
    let end = read_offset(body, offset, width)?;
    let text = |from: usize, to: usize| {
        let text = body.get(from..to)?.strip_suffix(&[0])?;
        Some(String::from_utf8_lossy(text).into_owned())
    };
    Some((text(0, end)?, text(end, offset)?))
}

/// Reads `(ta(tsssb))`: the connection's number and its targets.
pub(crate) fn read_targets(body: &[u8]) -> Option<(u64, Vec<Target>)> {
    let connection = number(body, 0)?;
    let list = body.get(8..)?;
    let targets = elements(list).filter_map(target).collect();
    Some((connection, targets))
}

/// The elements of an array whose elements vary in size and are aligned to eight bytes.
fn elements(list: &[u8]) -> impl Iterator<Item = &[u8]> {
    let width = offset_width(list.len());
    let offsets = read_offset(list, list.len().wrapping_sub(width), width)
        .filter(|start| *start < list.len())
        .map_or(&[][..], |start| &list[start..]);
    let mut from = 0_usize;
    offsets.chunks_exact(width).filter_map(move |offset| {
        let end = read_offset(offset, 0, width)?;
        let element = list.get(from..end);
        from = end.checked_next_multiple_of(8)?;
        element
    })
}

/// Reads `(tsssb)`: where the three texts end stands at the end, for the last one first.
fn target(body: &[u8]) -> Option<Target> {
    let width = offset_width(body.len());
    let end = |back: usize| read_offset(body, body.len().checked_sub(back * width)?, width);
    let text = |from: usize, to: usize| {
        let text = body.get(from..to)?.strip_suffix(&[0])?;
        Some(String::from_utf8_lossy(text).into_owned())
    };
    let (kind, title) = (end(1)?, end(2)?);
    Some(Target {
        id: number(body, 0)?,
        kind: text(8, kind)?,
        title: text(kind, title)?,
    })
}

fn number(body: &[u8], at: usize) -> Option<u64> {
    let bytes = body.get(at..at.checked_add(8)?)?;
    Some(u64::from_le_bytes(bytes.try_into().ok()?))
}

fn read_offset(body: &[u8], at: usize, width: usize) -> Option<usize> {
    let bytes = body.get(at..at.checked_add(width)?)?;
    let mut wide = [0; 8];
    wide.get_mut(..width)?.copy_from_slice(bytes);
    usize::try_from(u64::from_le_bytes(wide)).ok()
}

/// How wide the offsets in a container of this size are.
fn offset_width(size: usize) -> usize {
    match size {
        0..=0xff => 1,
        0x100..=0xffff => 2,
        0x1_0000..=0xffff_ffff => 4,
        _ => 8,
    }
}

/// How wide the offsets are in a container that will hold these bytes and this many offsets.
fn offset_width_with(size: usize, offsets: usize) -> usize {
    [1, 2, 4]
        .into_iter()
        .find(|width| offset_width(size + offsets * width) == *width)
        .unwrap_or(8)
}

fn terminated(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len() + 16);
    bytes.extend_from_slice(text.as_bytes());
    bytes.push(0);
    bytes
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_target_list_of_the_browser_is_read() {
        let sent = b"\x01\0\0\0\0\0\0\0\x01\0\0\0\0\0\0\0WebPage\0\0about:blank\0\0\x1d\x11\x10\0\0\0\0\0\0\0\
            \x02\0\0\0\0\0\0\0Automation\0sess\0null\0\x01\x1d\x18\x13!I";
        let (connection, targets) = read_targets(sent).unwrap();
        assert_eq!(connection, 1);
        let seen: Vec<_> = targets
            .iter()
            .map(|target| (target.id, target.kind.as_str(), target.title.as_str()))
            .collect();
        assert_eq!(seen, [(1, "WebPage", ""), (2, "Automation", "sess")]);
        assert_eq!(read_targets(&sent[..8]), Some((1, Vec::new())));
    }

    #[test]
    fn two_texts_are_read() {
        let texts = Some(("MiniBrowser".to_owned(), "2.50.6".to_owned()));
        assert_eq!(read_texts(b"MiniBrowser\x002.50.6\0\x0c"), texts);
    }

    #[test]
    fn a_text_and_an_empty_dictionary_are_padded_and_followed_by_where_the_text_ends() {
        assert_eq!(text_and_nothing("sess"), b"sess\0\0\0\0\x05");
        assert_eq!(
            text_and_nothing("sessions"),
            b"sessions\0\0\0\0\0\0\0\0\x09"
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(512))]

        #[test]
        fn no_bytes_of_the_socket_break_the_reader(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            read_targets(&bytes);
            read_texts(&bytes);
            read_numbers_and_text(&Bytes::copy_from_slice(&bytes));
        }
    }
}
