//! What a person is told of a finished job.

use video::Rendered;

/// What was made, in a line.
pub(crate) fn line(rendered: &Rendered) -> String {
    let mut parts = vec![format!("{} × {}", rendered.width, rendered.height)];
    if let (Some(rate), Some(duration)) = (rendered.fps, rendered.duration_ms) {
        parts.push(format!(
            "{} frames at {} a second, {} s",
            rendered.frames,
            short(rate.per_second()),
            short(duration / 1000.0)
        ));
        parts.push(format!(
            "drawn at {:.0} a second",
            rendered.frames_per_second
        ));
    }
    parts.push(size(rendered.bytes));
    let mut text = format!("{}  {}", rendered.path.display(), parts.join(", "));
    if let Some(page) = &rendered.page {
        let (path, size) = (page.path.display(), size(page.bytes));
        text += &format!("\n{path}  the page, {size}");
    }
    text
}

/// What is probably not meant, and what the page complained about.
#[expect(
    clippy::print_stderr,
    reason = "standard output is for the result itself"
)]
pub(crate) fn complain(rendered: &Rendered) {
    for warning in &rendered.warnings {
        eprintln!("warning: {warning}");
    }
    for complaint in &rendered.console {
        eprintln!("page: {complaint}");
    }
}

/// Three decimals at most, and none that is zero.
fn short(number: f64) -> String {
    let text = format!("{number:.3}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn size(bytes: u64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "it is rounded for people")]
    let bytes = bytes as f64;
    if bytes < 1e6 {
        format!("{:.1} kB", bytes / 1e3)
    } else {
        format!("{:.1} MB", bytes / 1e6)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_as_short_as_they_can_be() {
        assert_eq!(short(2.0), "2");
        assert_eq!(short(29.970_03), "29.97");
        assert_eq!(size(1_234), "1.2 kB");
        assert_eq!(size(12_345_678), "12.3 MB");
    }
}
