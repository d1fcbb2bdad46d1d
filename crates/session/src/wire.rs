//! The binary message that carries a frame: a little-endian header of 48 bytes, then the JPEG.

use std::time::UNIX_EPOCH;

use bytes::{BufMut, Bytes, BytesMut};
use capture::Delivery;

/// Bytes before the picture.
pub const HEADER_LEN: usize = 48;

/// The message's kind: a frame.
const KIND_FRAME: u8 = 1;

/// Flag: the first frame for this viewer.
pub const FLAG_KEY: u8 = 1;

/// Flag: a frame seen before, sent to show that the stream lives.
pub const FLAG_REPEAT: u8 = 2;

/// The header of `delivery` for a viewer whose input number `input_seq` is the last that the frame can show.
#[must_use]
pub fn header(delivery: &Delivery, input_seq: u32) -> [u8; HEADER_LEN] {
    let frame = &delivery.frame;
    let micros = frame
        .captured_at
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_micros());
    let mut bytes = [0; HEADER_LEN];
    let mut out = &mut bytes[..];
    out.put_u8(KIND_FRAME);
    out.put_u8(if delivery.key { FLAG_KEY } else { 0 });
    out.put_u16_le(HEADER_LEN as u16);
    out.put_u32_le(frame.seq);
    out.put_u64_le(u64::try_from(micros).unwrap_or(u64::MAX));
    out.put_u32_le(input_seq);
    out.put_u32_le(frame.tab);
    out.put_u16_le(frame.width);
    out.put_u16_le(frame.height);
    out.put_f32_le(frame.css_width);
    out.put_f32_le(frame.css_height);
    out.put_f32_le(frame.offset_top);
    out.put_f32_le(frame.page_scale);
    out.put_u32_le(delivery.dropped);
    bytes
}

/// Header and picture in one message.
#[must_use]
pub fn message(delivery: &Delivery, input_seq: u32) -> Bytes {
    let jpeg = &delivery.frame.jpeg;
    let mut out = BytesMut::with_capacity(HEADER_LEN + jpeg.len());
    out.put_slice(&header(delivery, input_seq));
    out.put_slice(jpeg);
    out.freeze()
}

#[cfg(test)]
mod tests {
    use super::*;
    use capture::Frame;
    use std::sync::Arc;
    use std::time::{Duration, Instant};

    #[test]
    fn the_header_has_the_documented_places() {
        let frame = Frame {
            seq: 7,
            tab: 2,
            jpeg: Bytes::from_static(b"jpeg"),
            width: 1280,
            height: 720,
            css_width: 640.0,
            css_height: 360.0,
            offset_top: 0.5,
            page_scale: 2.0,
            captured_at: UNIX_EPOCH + Duration::from_micros(1_234_567),
            received: Instant::now(),
            asked: None,
        };
        let bytes = message(
            &Delivery {
                frame: Arc::new(frame),
                key: true,
                dropped: 3,
            },
            41,
        );
        assert_eq!(bytes[0], 1);
        assert_eq!(bytes[1], FLAG_KEY);
        let u16_at = |at: usize| u16::from_le_bytes(bytes[at..at + 2].try_into().unwrap());
        let u32_at = |at: usize| u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap());
        let f32_at = |at: usize| f32::from_le_bytes(bytes[at..at + 4].try_into().unwrap());
        assert_eq!(u16_at(2), 48);
        assert_eq!(u32_at(4), 7);
        assert_eq!(
            u64::from_le_bytes(bytes[8..16].try_into().unwrap()),
            1_234_567
        );
        assert_eq!((u32_at(16), u32_at(20)), (41, 2));
        assert_eq!((u16_at(24), u16_at(26)), (1280, 720));
        assert_eq!(
            (f32_at(28), f32_at(32), f32_at(36), f32_at(40)),
            (640.0, 360.0, 0.5, 2.0)
        );
        assert_eq!(u32_at(44), 3);
        assert_eq!(&bytes[48..], b"jpeg");
    }
}
