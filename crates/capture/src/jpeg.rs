//! The size of a JPEG, read from its head.

/// Width and height in pixels; `None` when the bytes are no JPEG.
#[must_use]
pub fn jpeg_size(bytes: &[u8]) -> Option<(u16, u16)> {
    let mut rest = bytes.strip_prefix(&[0xFF, 0xD8])?;
    loop {
        // Any number of fill bytes may stand before a marker.
        while rest.starts_with(&[0xFF, 0xFF]) {
            rest = &rest[1..];
        }
        let (&[0xFF, marker, high, low], _) = rest.split_first_chunk::<4>()? else {
            return None;
        };
        let length = usize::from(u16::from_be_bytes([high, low]));
        // Start of frame, baseline or progressive; C4, C8 and CC are tables.
        if matches!(marker, 0xC0..=0xCF) && !matches!(marker, 0xC4 | 0xC8 | 0xCC) {
            let size = rest.get(5..9)?;
            let height = u16::from_be_bytes([size[0], size[1]]);
            let width = u16::from_be_bytes([size[2], size[3]]);
            return Some((width, height));
        }
        rest = rest.get(2 + length..)?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_size_is_found_behind_other_segments() {
        let mut bytes = vec![
            0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 1, 2, 0xFF, 0xFF, 0xC4, 0, 3, 9,
        ];
        bytes.extend([0xFF, 0xC0, 0, 17, 8, 0x02, 0xD0, 0x05, 0x00, 3]);
        assert_eq!(jpeg_size(&bytes), Some((1280, 720)));
    }

    #[test]
    fn what_is_no_jpeg_has_no_size() {
        assert_eq!(jpeg_size(b""), None);
        assert_eq!(jpeg_size(b"\x89PNG\r\n\x1a\n"), None);
        assert_eq!(jpeg_size(&[0xFF, 0xD8, 0xFF, 0xE0, 0xFF, 0xFF]), None);
    }
}
