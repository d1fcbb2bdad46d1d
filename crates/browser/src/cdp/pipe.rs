//! The two pipes between this process and the browser: messages that end in a zero byte, both ways.

use bytes::{Bytes, BytesMut};
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::sync::mpsc;

/// A message longer than this means that the stream is broken, not that the browser has much to say.
const LONGEST_MESSAGE: usize = 1 << 29;

/// Cuts a stream of bytes into messages without copying them.
#[derive(Default)]
pub(crate) struct Framing {
    buffer: BytesMut,
    /// How much of the buffer is known to hold no zero byte, so that a long message is searched once.
    searched: usize,
}

impl Framing {
    /// The next complete message, without its zero byte.
    pub(crate) fn next(&mut self) -> Option<Bytes> {
        let Some(at) = memchr::memchr(0, &self.buffer[self.searched..]) else {
            self.searched = self.buffer.len();
            return None;
        };
        let mut message = self.buffer.split_to(self.searched + at + 1);
        self.searched = 0;
        message.truncate(message.len() - 1);
        Some(message.freeze())
    }

    fn is_broken(&self) -> bool {
        self.buffer.len() > LONGEST_MESSAGE
    }
}

/// Hands every message to `deliver` until the other end closes.
pub(crate) async fn read_all(mut from: impl AsyncRead + Unpin, mut deliver: impl FnMut(&Bytes)) {
    let mut framing = Framing::default();
    loop {
        framing.buffer.reserve(64 * 1024);
        match from.read_buf(&mut framing.buffer).await {
            Ok(0) | Err(_) => return,
            Ok(_) => {}
        }
        while let Some(message) = framing.next() {
            deliver(&message);
        }
        if framing.is_broken() {
            return;
        }
    }
}

/// Writes every message, already ended by its zero byte, until the senders or the other end go away. What has queued
/// up meanwhile is written in one go.
pub(crate) async fn write_all(
    mut to: impl AsyncWrite + Unpin,
    mut messages: mpsc::UnboundedReceiver<Vec<u8>>,
) {
    let mut batch = Vec::new();
    while let Some(first) = messages.recv().await {
        batch.clear();
        batch.extend_from_slice(&first);
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

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn messages_come_out_whole_however_they_are_cut(
            messages in prop::collection::vec("[^\0]{0,40}", 0..12),
            cuts in prop::collection::vec(1usize..30, 1..40),
        ) {
            let stream: Vec<u8> = messages.iter().flat_map(|text| [text.as_bytes(), b"\0"].concat()).collect();
            let mut framing = Framing::default();
            let mut out = Vec::new();
            let mut rest = stream.as_slice();
            for cut in cuts.iter().cycle() {
                if rest.is_empty() {
                    break;
                }
                let (part, after) = rest.split_at(rest.len().min(*cut));
                framing.buffer.extend_from_slice(part);
                rest = after;
                while let Some(message) = framing.next() {
                    out.push(String::from_utf8(message.to_vec()).unwrap());
                }
            }
            prop_assert_eq!(out, messages);
        }
    }
}
