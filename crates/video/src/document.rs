//! The page that a job is: its document and scripts, all of the web that the code can reach.

use browser::{Compiled, LateFiles, OfflineFile, OfflineSite};
use serde_json::json;

use crate::error::RenderError;
use crate::job::{P5Version, RenderJob, Seed, Source};
use crate::libraries;

/// Where the page lives: a name that can belong to nobody, secure, so that nothing is switched off in it.
pub(crate) const ADDRESS: &str = "https://render.invalid/";

/// The first moment of a page's time: 1 January 2025, 00:00 UTC, in milliseconds.
pub(crate) const EPOCH: u64 = 1_735_689_600_000;

/// Only what is in memory. The sandbox takes popups, downloads, dialogs and forms away.
const POLICY: &str = "default-src 'self' data: blob: 'unsafe-inline' 'unsafe-eval'; form-action 'none'; sandbox allow-scripts allow-same-origin";

/// The name of a sketch in its page, which asks for it when everything else is there.
const SKETCH: &str = "sketch.js";

/// What pages take for chance.
pub(crate) const CHANCE: &str = include_str!("page/chance.js");

/// Runs before every script of the page, in this order.
const PARTS: [&str; 7] = [
    include_str!("page/away.js"),
    include_str!("page/clock.js"),
    CHANCE,
    include_str!("page/motion.js"),
    include_str!("page/media.js"),
    include_str!("page/canvas.js"),
    include_str!("page/stage.js"),
];

/// Sketches are not checked while they run.
pub(crate) const UNCHECKED: &str = "p5.disableFriendlyErrors = true;";

const HOOKS: &str = include_str!("page/p5_hooks.js");

pub(crate) const STYLE: &str = "html, body { margin: 0; padding: 0; } canvas { display: block; }";

/// A page's web, opened before its job is known: what no job changes is there, and what a job brings is waited for.
pub(crate) struct Early {
    pub(crate) site: OfflineSite,
    pub(crate) late: LateFiles,
    /// The address that is asked for when the page cannot go on without its job; nothing when it cannot even begin.
    pub(crate) awaits: Option<String>,
}

/// The web for sketches of this p5, which is compiled once for all pages that share it, or for scripts and markup.
pub(crate) fn early(
    library: Option<P5Version>,
    compiled: Option<&Compiled>,
) -> Result<Early, RenderError> {
    let late = LateFiles::default();
    let site = OfflineSite::default()
        .with_script(stage())
        .with_late_files(&late);
    let Some(version) = library else {
        return Ok(Early {
            site,
            late,
            awaits: None,
        });
    };
    let mut library = libraries::p5_file(version)?;
    if let Some(compiled) = compiled {
        library = library.compiled_in(compiled);
    }
    let scripts = format!("<script src=\"p5.js\"></script>\n<script>{HOOKS}</script>\n");
    let document = wrapped(&scripts, STYLE, "<main></main>");
    Ok(Early {
        site: site
            .with_start(ADDRESS)
            .with_file(ADDRESS, page(&document))
            .with_file(at("p5.js"), library),
        late,
        awaits: Some(at(SKETCH)),
    })
}

/// What a job brings into the page that waits for it.
pub(crate) fn late(source: &Source) -> Vec<(String, OfflineFile)> {
    let (html, css, javascript) = match source {
        Source::Sketch { code, .. } => {
            return vec![(at(SKETCH), libraries::script(code.as_bytes()))];
        }
        Source::Script {
            html,
            css,
            javascript,
        } => (html, css, javascript),
        // It is somewhere else.
        Source::Address { .. } => return Vec::new(),
    };
    let mut files = Vec::new();
    let mut inside = html.clone();
    if !javascript.is_empty() {
        files.push((at("script.js"), libraries::script(javascript.as_bytes())));
        inside.push_str("\n<script src=\"script.js\"></script>\n");
    }
    let document = if is_document(html) {
        // The parser puts what stands behind the document's end into its body.
        let style = if css.is_empty() {
            String::new()
        } else {
            format!("\n<style>{css}</style>\n")
        };
        inside + &style
    } else {
        wrapped("", &format!("{STYLE}\n{css}"), &inside)
    };
    files.push((ADDRESS.to_owned(), page(&document)));
    files
}

fn at(name: &str) -> String {
    format!("{ADDRESS}{name}")
}

fn page(document: &str) -> OfflineFile {
    OfflineFile::new("text/html; charset=utf-8", document.as_bytes())
        .with_header("content-security-policy", POLICY)
}

/// The stage. Its chance is that of a job only when the job is [cast](cast).
fn stage() -> String {
    let options = json!({ "epoch": EPOCH, "seed": Seed::default().words() });
    let parts = PARTS.map(|part| part.trim_end().trim_end_matches(';'));
    format!(
        "(() => {{ const stage = {{}}; const options = {options};\nfor (const part of [\n{}\n]) part(stage, options); }})();",
        parts.join(",\n"),
    )
}

/// The web of a job whose time is the machine's: nothing in it holds a clock.
pub(crate) fn in_real_time(job: &RenderJob) -> Result<OfflineSite, RenderError> {
    let options = json!({ "seed": job.seed.words() });
    let parts = [include_str!("page/away.js"), CHANCE];
    let parts = parts.map(|part| part.trim_end().trim_end_matches(';'));
    let context = match &job.context {
        Some(context) => format!(" window.context = {};", json!(context)),
        None => String::new(),
    };
    let before = format!(
        "(() => {{ const options = {options};\nfor (const part of [\n{}\n]) part({{}}, options);{context} }})();",
        parts.join(",\n"),
    );
    let mut site = OfflineSite::default().with_script(before);
    if let Source::Sketch { version, .. } = &job.source {
        let scripts = format!(
            "<script src=\"p5.js\"></script>\n<script>{UNCHECKED}</script>\n<script src=\"{SKETCH}\"></script>\n"
        );
        let document = wrapped(&scripts, STYLE, "<main></main>");
        site = site
            .with_file(ADDRESS, page(&document))
            .with_file(at("p5.js"), libraries::p5_file(*version)?);
    }
    for (address, file) in late(&job.source) {
        site = site.with_file(address, file);
    }
    Ok(site)
}

/// What of a job the page knows before the job's own code runs: its chance, and its `context`.
pub(crate) fn cast(job: &RenderJob) -> String {
    let seed = json!(job.seed.words());
    let context = match &job.context {
        Some(context) => format!(" window.context = {};", json!(context)),
        None => String::new(),
    };
    format!("__proscenium_stage.sow({seed});{context}")
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
