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
    ];
    if let Some((_, kind, extension)) = MAGIC.iter().find(|(magic, ..)| head.starts_with(magic)) {
        return (kind, extension);
    }
    match (head.get(..4), head.get(8..12), head.get(4..8)) {
        (Some(b"RIFF"), Some(b"WEBP"), _) => return ("image/webp", "webp"),
        (_, _, Some(b"ftyp")) => return ("video/mp4", "mp4"),
        _ => {}
    }
    let Some(text) = text_start(head) else {
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
