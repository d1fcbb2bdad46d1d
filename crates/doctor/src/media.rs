//! Films and letters.

use std::process::Stdio;

use tokio::process::Command;

use super::Check;

pub(super) async fn ffmpeg() -> Check {
    match printed("ffmpeg", &["-version"]).await {
        Some(text) => {
            let version = text
                .split_whitespace()
                .nth(2)
                .unwrap_or("of an unknown version");
            Check::ok("ffmpeg", version)
        }
        None => Check::warning(
            "ffmpeg",
            "not found: films cannot be made",
            "apt install ffmpeg",
        ),
    }
}

/// A film has the sound of its page only where there is a server that the page can play on.
pub(super) fn sound_server() -> Check {
    match browser::find_sound_server() {
        Some(program) => Check::ok("PulseAudio", program.display().to_string()),
        None => Check::warning(
            "PulseAudio",
            "not found: films have no sound of their pages",
            "apt install pulseaudio",
        ),
    }
}

/// Pages without fonts show empty boxes, in screenshots too.
pub(super) async fn fonts() -> Vec<Check> {
    let Some(families) = printed("fc-list", &[":", "family"]).await else {
        let help = "apt install fontconfig fonts-liberation fonts-noto-color-emoji";
        return vec![Check::warning("Fonts", "fontconfig was not found", help)];
    };
    let families: Vec<String> = families.lines().map(str::to_lowercase).collect();
    let has = |names: &[&str]| {
        families
            .iter()
            .any(|family| names.iter().any(|name| family.contains(name)))
    };
    let text = if families.is_empty() {
        Check::missing(
            "Fonts",
            "none are installed: pages show empty boxes",
            "apt install fonts-liberation",
        )
    } else if has(&["liberation", "arial", "helvetica", "dejavu", "noto sans"]) {
        Check::ok("Fonts", format!("{} families", families.len()))
    } else {
        Check::warning(
            "Fonts",
            "none for common Latin text",
            "apt install fonts-liberation",
        )
    };
    let emoji = if has(&["emoji"]) {
        Check::ok("Emoji font", "found")
    } else {
        Check::warning(
            "Emoji font",
            "not found: emoji show as boxes",
            "apt install fonts-noto-color-emoji",
        )
    };
    vec![text, emoji]
}

/// What a program prints when it is there and content.
async fn printed(program: &str, arguments: &[&str]) -> Option<String> {
    let asked = Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .output();
    let output = asked.await.ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}
