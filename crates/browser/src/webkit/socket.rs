//! The inspector socket: messages with a length, a byte order, a name and a body, both ways.

use bytes::{Bytes, BytesMut};
use socket2::SockRef;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::sync::mpsc;

/// A message as it goes over the wire: length, byte order, name, body.
pub(crate) fn frame(name: &str, body: &[u8]) -> Vec<u8> {
    let length = name.len() + 1 + body.len();
    let mut message = Vec::with_capacity(5 + length);
    message.extend_from_slice(&u32::try_from(length).unwrap_or(u32::MAX).to_be_bytes());
    message.push(LITTLE_ENDIAN);
    message.extend_from_slice(name.as_bytes());
    message.push(0);
    message.extend_from_slice(body);
    message
}

/// The flag that says in which order the numbers of the body are written.
const LITTLE_ENDIAN: u8 = 1;

/// A message longer than this means that the stream is broken, not that the browser has much to say.
const LONGEST_MESSAGE: usize = 1 << 29;

/// The stream makes no sense any more.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Broken;

/// Takes the next whole message from what has been received: its name and its body.
pub(crate) fn next_message(buffer: &mut BytesMut) -> Result<Option<(Bytes, Bytes)>, Broken> {
    let Some((length, rest)) = buffer.split_first_chunk::<4>() else {
        return Ok(None);
    };
    let length = usize::try_from(u32::from_be_bytes(*length)).map_err(|_| Broken)?;
    if length > LONGEST_MESSAGE {
        return Err(Broken);
    }
    match rest.first() {
        Some(&LITTLE_ENDIAN) if rest.len() > length => {}
        Some(&LITTLE_ENDIAN) | None => return Ok(None),
        Some(_) => return Err(Broken),
    }
    let mut message = buffer.split_to(5 + length).freeze();
    let mut message = message.split_off(5);
    let name = memchr::memchr(0, &message).ok_or(Broken)?;
    let body = message.split_off(name + 1);
    message.truncate(name);
    Ok(Some((message, body)))
}

/// Hands every message to `deliver` until the other end closes or makes no sense.
pub(crate) async fn read_all(mut from: OwnedReadHalf, mut deliver: impl FnMut(&[u8], &Bytes)) {
    let mut buffer = BytesMut::new();
    loop {
        buffer.reserve(64 * 1024);
        match from.read_buf(&mut buffer).await {
            Ok(0) | Err(_) => return,
            Ok(_) => {}
        }
        // The browser writes a message in parts and waits for the first to be acknowledged: 40 ms a call without
        // this. The kernel forgets it, so it is asked for again after every read; where it will not, it is slower.
        let _ = SockRef::from(from.as_ref()).set_tcp_quickack(true);
        loop {
            match next_message(&mut buffer) {
                Ok(Some((name, body))) => deliver(&name, &body),
                Ok(None) => break,
                Err(Broken) => {
                    tracing::warn!("the browser's inspector socket makes no sense any more");
                    return;
                }
            }
        }
    }
}

/// Writes every message until the senders or the other end go away. What has queued up meanwhile goes in one write.
pub(crate) async fn write_all(
    mut to: OwnedWriteHalf,
    mut messages: mpsc::UnboundedReceiver<Vec<u8>>,
) {
    while let Some(mut batch) = messages.recv().await {
        while let Ok(more) = messages.try_recv() {
            batch.extend_from_slice(&more);
        }
        if to.write_all(&batch).await.is_err() {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::webkit::variant::{numbers_and_text, read_numbers_and_text};

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(256))]

        #[test]
        fn no_bytes_of_the_socket_break_the_reader(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let mut buffer = BytesMut::from(bytes.as_slice());
            while let Ok(Some(_)) = next_message(&mut buffer) {}
        }

        #[test]
        fn a_message_that_is_too_long_is_refused_before_it_is_waited_for(length in (1u32 << 29) + 1..) {
            let mut buffer = BytesMut::from(&length.to_be_bytes()[..]);
            prop_assert_eq!(next_message(&mut buffer), Err(Broken));
        }

        #[test]
        fn messages_come_out_whole_however_they_are_cut(
            messages in prop::collection::vec(("[A-Za-z]{1,20}", any::<u64>(), any::<u64>(), "\\PC{0,40}"), 0..12),
            cuts in prop::collection::vec(1usize..30, 1..40),
        ) {
            let stream: Vec<u8> = messages
                .iter()
                .flat_map(|(name, one, two, text)| frame(name, &numbers_and_text(*one, *two, text.as_bytes())))
                .collect();
            let mut buffer = BytesMut::new();
            let mut out = Vec::new();
            let mut rest = stream.as_slice();
            for cut in cuts.iter().cycle() {
                if rest.is_empty() {
                    break;
                }
                let (part, after) = rest.split_at(rest.len().min(*cut));
                buffer.extend_from_slice(part);
                rest = after;
                while let Some((name, body)) = next_message(&mut buffer).unwrap() {
                    let (one, two, text) = read_numbers_and_text(&body).unwrap();
                    out.push((
                        String::from_utf8(name.to_vec()).unwrap(),
                        one,
                        two,
                        String::from_utf8(text.to_vec()).unwrap(),
                    ));
                }
            }
            prop_assert_eq!(out, messages);
        }
    }
}
