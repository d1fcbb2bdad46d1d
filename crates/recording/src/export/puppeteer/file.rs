//! The script around the steps: the browser, the size of the page, the functions that the steps call.

use std::collections::BTreeMap;

use super::Puppeteer;
use crate::Recording;
use crate::export::Exported;
use crate::export::code;
use crate::export::javascript::{self, Types};

pub(in super::super) fn export(
    recording: &Recording,
    recordings: &BTreeMap<String, Recording>,
) -> Exported {
    let script = code::script::<Puppeteer>(recording, recordings);
    let body = code::indented(&script.lines, "  ");
    let functions = javascript::functions(&script.functions, |name| {
        format!("async function {name}(page)")
    });
    let (width, height) = recording.page_size();
    let scale = recording.device_pixel_ratio.unwrap_or(1.0);
    let mobile = recording.is_mobile.unwrap_or_default();
    let touch = recording.has_touch.unwrap_or_default();
    let all = format!("{functions}{body}");
    let helpers = javascript::helpers(&all, Types::Unknown, VALUES);
    let holds = if all.contains("holds(") { HOLDS } else { "" };
    let text = format!(
        "import puppeteer from \"puppeteer\";\n{helpers}{holds}{functions}\nconst browser = await puppeteer.launch();\ntry {{\n  \
         const page = await browser.newPage();\n  await page.setViewport({{ width: {width}, height: {height}, \
         deviceScaleFactor: {scale}, isMobile: {mobile}, hasTouch: {touch} }});\n{body}}} finally {{\n  await browser.close();\n}}\n"
    );
    Exported {
        text,
        losses: script.losses,
    }
}

const VALUES: &str = "\nconst values = {};\n";

/// Looks again until a statement holds; Puppeteer has no checks of its own.
const HOLDS: &str = r#"
async function holds(what, judge, limit = 30_000) {
  const end = Date.now() + limit;
  for (;;) {
    if (await judge().catch(() => false)) return;
    if (Date.now() > end) throw new Error(`does not hold: ${what}`);
    await new Promise((resume) => setTimeout(resume, 100));
  }
}
"#;
