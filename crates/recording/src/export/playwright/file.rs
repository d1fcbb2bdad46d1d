//! The file around the steps: what it imports, how large the page is, the functions that the steps call.

use std::collections::BTreeMap;

use super::Playwright;
use crate::Recording;
use crate::export::Exported;
use crate::export::code::{self, Function};
use crate::export::element::text;
use crate::export::javascript::{self, Types};

pub(in super::super) fn export(
    recording: &Recording,
    recordings: &BTreeMap<String, Recording>,
) -> Exported {
    let script = code::script::<Playwright>(recording, recordings);
    let body: String = script
        .lines
        .iter()
        .map(|line| format!("  {line}\n"))
        .collect();
    let functions: String = script.functions.iter().map(function).collect();
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
    let name = if recording.test_name.is_empty() {
        "recording"
    } else {
        &recording.test_name
    };
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
        text(name),
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

fn function(function: &Function) -> String {
    let lines: String = function
        .lines
        .iter()
        .map(|line| format!("  {line}\n"))
        .collect();
    format!(
        "\n{}\nasync function {}(page: Page): Promise<void> {{\n{lines}}}\n",
        javascript::title(&function.title),
        function.name
    )
}
