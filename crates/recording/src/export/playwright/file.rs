//! The file around the steps: what it imports, how large the page is, the functions that the steps call.

use std::collections::BTreeMap;

use super::Playwright;
use crate::Recording;
use crate::export::Exported;
use crate::export::code;
use crate::export::element::text;
use crate::export::javascript::{self, Types};

pub(in super::super) fn export(
    recording: &Recording,
    recordings: &BTreeMap<String, Recording>,
) -> Exported {
    let script = code::script::<Playwright>(recording, recordings);
    let body = code::indented(&script.lines, "  ");
    let functions = javascript::functions(&script.functions, |name| {
        format!("async function {name}(page: Page): Promise<void>")
    });
    let (width, height) = recording.page_size();
    let mut options = vec![format!("viewport: {{ width: {width}, height: {height} }}")];
    options.extend(
        recording
            .device_pixel_ratio
            .map(|ratio| format!("deviceScaleFactor: {ratio}")),
    );
    options.extend(
        recording
            .is_mobile
            .filter(|is| *is)
            .map(|_| "isMobile: true".to_owned()),
    );
    options.extend(
        recording
            .has_touch
            .filter(|is| *is)
            .map(|_| "hasTouch: true".to_owned()),
    );
    let helpers = javascript::helpers(&format!("{functions}{body}"), Types::Written, VALUES);
    let mut imports = "expect, test".to_owned();
    for (word, import) in [(": Locator", "Locator"), (": Page", "Page")] {
        if helpers.contains(word) || functions.contains(word) {
            imports.push_str(&format!(", type {import}"));
        }
    }
    let text = format!(
        "import {{ {imports} }} from \"@playwright/test\";\n\ntest.use({{ {} }});\n{helpers}{functions}\n\
         test({}, async ({{ page }}) => {{\n{body}}});\n",
        options.join(", "),
        text(code::name(recording)),
    );
    Exported {
        text,
        losses: script.losses,
    }
}

/// What steps store is gone with the test.
const VALUES: &str = "
let values: Record<string, string> = {};
test.beforeEach(() => {
  values = {};
});
";
