//! What bytes are, read from the bytes: a label is never taken from who sent them.

/// How many bytes from the start decide.
pub(crate) const ENOUGH: usize = 1024;

/// The content type of a file that starts with `head`, and the extension that goes with it.
pub(crate) fn content_type(head: &[u8]) -> (&'static str, &'static str) {
    const MAGIC: &[(&[u8], &str, &str)] = &[
        (b"\x89PNG\r\n\x1a\n", "image/png", "png"),
        (b"\xff\xd8\xff", "image/jpeg", "jpg"),
        (b"GIF87a", "image/gif", "gif"),
        (b"GIF89a", "image/gif", "gif"),
        (b"%PDF-", "application/pdf", "pdf"),
        (b"PK\x03\x04", "application/zip", "zip"),
        (b"\x1f\x8b", "application/gzip", "gz"),
        (b"\x1a\x45\xdf\xa3", "video/webm", "webm"),
        (b"ID3", "audio/mpeg", "mp3"),
        (b"fLaC", "audio/flac", "flac"),
        (b"OggS", "audio/ogg", "ogg"),
    ];
    if let Some((_, kind, extension)) = MAGIC.iter().find(|(magic, ..)| head.starts_with(magic)) {
        return (kind, extension);
    }
    match (head.get(..4), head.get(8..12), head.get(4..8)) {
        (Some(b"RIFF"), Some(b"WEBP"), _) => return ("image/webp", "webp"),
        (Some(b"RIFF"), Some(b"WAVE"), _) => return ("audio/wav", "wav"),
        (_, Some(b"M4A "), Some(b"ftyp")) => return ("audio/mp4", "m4a"),
        (_, _, Some(b"ftyp")) => return ("video/mp4", "mp4"),
        _ => {}
    }
    let Some(text) = text_start(head) else {
        if let Some(sound) = headless_sound(head) {
            return sound;
        }
        return ("application/octet-stream", "bin");
    };
    let trimmed = text.trim_start_matches('\u{feff}').trim_start();
    let lower = trimmed
        .get(..trimmed.floor_char_boundary(15))
        .unwrap_or(trimmed)
        .to_ascii_lowercase();
    if lower.starts_with("<!doctype html") || lower.starts_with("<html") {
        ("text/html; charset=utf-8", "html")
    } else if trimmed.starts_with(['{', '[']) {
        ("application/json", "json")
    } else {
        ("text/plain; charset=utf-8", "txt")
    }
}

/// MP3 and AAC without a head begin with a frame of sound: eleven bits are set, and the layer tells them apart.
fn headless_sound(head: &[u8]) -> Option<(&'static str, &'static str)> {
    match head {
        [0xff, second, third, ..] if second & 0xe0 == 0xe0 && third >> 4 != 0xf => {
            match (second >> 1) & 3 {
                0 if second & 0xf0 == 0xf0 => Some(("audio/aac", "aac")),
                1 => Some(("audio/mpeg", "mp3")),
                _ => None,
            }
        }
        _ => None,
    }
}

/// The start as text; a character cut in two at its end is forgiven.
fn text_start(head: &[u8]) -> Option<&str> {
    let text = match std::str::from_utf8(head) {
        Ok(text) => text,
        Err(error) if error.error_len().is_none() => {
            std::str::from_utf8(&head[..error.valid_up_to()]).ok()?
        }
        Err(_) => return None,
    };
    (!text.contains('\0')).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::content_type;

    #[test]
    fn bytes_name_themselves() {
        let cases: &[(&[u8], &str)] = &[
            (b"\x89PNG\r\n\x1a\nrest", "png"),
            (b"\xff\xd8\xff\xe0\0\x10JFIF", "jpg"),
            (b"RIFF\0\0\0\0WEBPVP8 ", "webp"),
            (b"\0\0\0\x18ftypmp42", "mp4"),
            (b"\0\0\0\x18ftypM4A ", "m4a"),
            (b"RIFF\0\0\0\0WAVEfmt ", "wav"),
            (b"ID3\x04\0\0", "mp3"),
            (b"\xff\xfb\x90\x64\0", "mp3"),
            (b"\xff\xf1\x50\x80\0", "aac"),
            (b"OggS\0\x02", "ogg"),
            (b"fLaC\0\0\0\x22", "flac"),
            (b"\xff\xfe\0\0", "bin"),
            (b"  <!DOCTYPE html><title>x</title>", "html"),
            (b"<html lang=en>", "html"),
            (b"[{\"level\":\"error\"}]", "json"),
            ("grüße ü".as_bytes(), "txt"),
            (b"\0\x01\x02", "bin"),
            (b"\xc3", "txt"),
            (b"", "txt"),
        ];
        for (bytes, extension) in cases {
            assert_eq!(content_type(bytes).1, *extension, "{bytes:?}");
        }
    }
}
