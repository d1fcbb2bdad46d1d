//! The two pipes between this process and the browser: messages one after another, both ways.

use bytes::{Bytes, BytesMut};
use serde::Serialize;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::sync::mpsc;

use crate::cdp::cbor::{self, Lost};

/// A message longer than this means that the stream is broken, not that the browser has much to say.
const LONGEST_MESSAGE: usize = 1 << 29;

/// Bytes that are made room for at once.
const PART: usize = 1 << 16;

/// The same, for the rest of a long message.
const LONG_PART: usize = 1 << 23;

/// How messages are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wire {
    /// As text, each ended by a zero byte.
    Json,
    /// As [`cbor`] says: for those who are sent many pictures.
    Cbor,
}

impl Wire {
    /// A message as it goes through the pipe.
    pub(crate) fn encode(self, message: &impl Serialize) -> serde_json::Result<Vec<u8>> {
        match self {
            Self::Json => {
                let mut text = serde_json::to_vec(message)?;
                text.push(0);
                Ok(text)
            }
            Self::Cbor => serde_json::to_value(message).map(|message| cbor::from_json(&message)),
        }
    }
}

/// Cuts a stream of bytes into messages without copying them.
struct Framing {
    wire: Wire,
    buffer: BytesMut,
    /// How much of the buffer is known to hold no zero byte, so that a long message is searched once.
    searched: usize,
}

impl Framing {
    fn new(wire: Wire) -> Self {
        Self {
            wire,
            buffer: BytesMut::new(),
            searched: 0,
        }
    }

    /// The next complete message.
    fn next(&mut self) -> Result<Option<Bytes>, Lost> {
        match self.wire {
            Wire::Json => Ok(self.until_zero()),
            Wire::Cbor => cbor::take(&mut self.buffer),
        }
    }

    /// Makes room for what comes next: for all of a message whose length is known, so that it need not move while it grows.
    fn make_room(&mut self) {
        let known = match self.wire {
            Wire::Json => 0,
            Wire::Cbor => cbor::missing(&self.buffer),
        };
        self.buffer.reserve(known.clamp(PART, LONG_PART));
    }

    /// The next complete message, without its zero byte.
    fn until_zero(&mut self) -> Option<Bytes> {
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

/// Hands every message to `deliver`, as JSON and the picture that is not in it, until the other end closes.
pub(crate) async fn read_all(
    mut from: impl AsyncRead + Unpin,
    wire: Wire,
    mut deliver: impl FnMut(&Bytes, Option<Bytes>),
) {
    let mut framing = Framing::new(wire);
    loop {
        framing.make_room();
        match from.read_buf(&mut framing.buffer).await {
            Ok(0) | Err(_) => return,
            Ok(_) => {}
        }
        loop {
            let message = match framing.next() {
                Ok(Some(message)) => message,
                Ok(None) => break,
                Err(Lost) => {
                    tracing::warn!("what the browser sends are no messages");
                    return;
                }
            };
            match wire {
                Wire::Json => deliver(&message, None),
                Wire::Cbor => match cbor::to_json(&message) {
                    Ok(message) => deliver(&message.text, message.picture),
                    Err(error) => tracing::debug!(%error, "a message of the browser was not read"),
                },
            }
        }
        if framing.is_broken() {
            return;
        }
    }
}

/// Writes every message, as [`Wire::encode`] made it, until the senders or the other end go away. What has queued
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
            let mut framing = Framing::new(Wire::Json);
            let mut out = Vec::new();
            let mut rest = stream.as_slice();
            for cut in cuts.iter().cycle() {
                if rest.is_empty() {
                    break;
                }
                let (part, after) = rest.split_at(rest.len().min(*cut));
                framing.buffer.extend_from_slice(part);
                rest = after;
                while let Some(message) = framing.until_zero() {
                    out.push(String::from_utf8(message.to_vec()).unwrap());
                }
            }
            prop_assert_eq!(out, messages);
        }
    }
}
