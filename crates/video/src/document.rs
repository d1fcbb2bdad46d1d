//! The page that a job is: its document and scripts, all of the web that the code can reach.

use browser::{OfflineFile, OfflineSite};
use serde_json::json;

use crate::error::RenderError;
use crate::job::{RenderJob, Source};
use crate::libraries;

/// Where the page lives: a name that can belong to nobody, secure, so that nothing is switched off in it.
pub(crate) const ADDRESS: &str = "https://render.invalid/";

/// The first moment of a page's time: 1 January 2025, 00:00 UTC, in milliseconds.
pub(crate) const EPOCH: u64 = 1_735_689_600_000;

/// Only what is in memory. The sandbox takes popups, downloads, dialogs and forms away.
const POLICY: &str = "default-src 'self' data: blob: 'unsafe-inline' 'unsafe-eval'; form-action 'none'; sandbox allow-scripts allow-same-origin";

const JAVASCRIPT: &str = "text/javascript; charset=utf-8";

/// What pages take for chance.
pub(crate) const CHANCE: &str = include_str!("page/chance.js");

/// Runs before every script of the page, in this order.
const PARTS: [&str; 5] = [
    include_str!("page/away.js"),
    include_str!("page/clock.js"),
    CHANCE,
    include_str!("page/motion.js"),
    include_str!("page/stage.js"),
];

const HOOKS: &str = include_str!("page/p5_hooks.js");

pub(crate) const STYLE: &str = "html, body { margin: 0; padding: 0; } canvas { display: block; }";

/// Everything that the page of a job finds.
pub(crate) fn site(job: &RenderJob) -> Result<OfflineSite, RenderError> {
    let mut site = OfflineSite::default().with_script(script(job));
    let document = match &job.source {
        Source::Sketch { code, version } => {
            let library = libraries::p5(*version)?;
            site = site
                .with_file(at("p5.js"), OfflineFile::new(JAVASCRIPT, library))
                .with_file(
                    at("hooks.js"),
                    OfflineFile::new(JAVASCRIPT, HOOKS.as_bytes()),
                )
                .with_file(
                    at("sketch.js"),
                    OfflineFile::new(JAVASCRIPT, code.as_bytes()),
                );
            let scripts = ["p5.js", "hooks.js", "sketch.js"]
                .map(|name| format!("<script src=\"{name}\"></script>\n"));
            wrapped(&scripts.concat(), STYLE, "<main></main>")
        }
        Source::Script {
            html,
            css,
            javascript,
        } => {
            let mut inside = html.clone();
            if !javascript.is_empty() {
                let file = OfflineFile::new(JAVASCRIPT, javascript.as_bytes());
                site = site.with_file(at("script.js"), file);
                inside.push_str("\n<script src=\"script.js\"></script>\n");
            }
            if is_document(html) {
                // The parser puts what stands behind the document's end into its body.
                let style = if css.is_empty() {
                    String::new()
                } else {
                    format!("\n<style>{css}</style>\n")
                };
                inside + &style
            } else {
                wrapped("", &format!("{STYLE}\n{css}"), &inside)
            }
        }
    };
    let document = OfflineFile::new("text/html; charset=utf-8", document.as_bytes())
        .with_header("content-security-policy", POLICY);
    Ok(site.with_file(ADDRESS, document))
}

fn at(name: &str) -> String {
    format!("{ADDRESS}{name}")
}

/// The stage, the page's own `context`, and what both need to know.
fn script(job: &RenderJob) -> String {
    let options = json!({ "epoch": EPOCH, "seed": job.seed.words() });
    let parts = PARTS.map(|part| part.trim_end().trim_end_matches(';'));
    let context = match &job.context {
        Some(context) => format!("window.context = {};", json!(context)),
        None => String::new(),
    };
    format!(
        "(() => {{ const stage = {{}}; const options = {options};\nfor (const part of [\n{}\n]) part(stage, options);\n{context} }})();",
        parts.join(",\n"),
    )
}

/// Whether this is a document of its own and not only the inside of one.
pub(crate) fn is_document(html: &str) -> bool {
    let start: String = html.trim_start().chars().take(9).collect();
    let start = start.to_ascii_lowercase();
    start.starts_with("<!doctype") || start.starts_with("<html")
}

pub(crate) fn wrapped(head: &str, style: &str, body: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<style>{style}</style>\n{head}</head>\n<body>\n{body}\n</body>\n</html>\n"
    )
}
