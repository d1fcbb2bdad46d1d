//! The file around the steps: what it imports, the browser, the functions that the steps call.

use std::collections::BTreeMap;

use super::flow::helpers;
use super::{Selenium, comment};
use crate::Recording;
use crate::export::Exported;
use crate::export::code::{self, Function};

pub(in super::super) fn export(
    recording: &Recording,
    recordings: &BTreeMap<String, Recording>,
) -> Exported {
    let script = code::script::<Selenium>(recording, recordings);
    let body = code::indented(&script.lines, "    ");
    let functions: String = script.functions.iter().map(function).collect();
    let (width, height) = recording.page_size();
    let helpers = helpers(&format!("{functions}{body}"));
    let keeps = [&functions, &body, &helpers]
        .iter()
        .any(|text| text.contains("values[") || text.contains("values.get("));
    let (value, clear) = if keeps {
        (KEPT_VALUE, "    values.clear()\n")
    } else {
        (VALUE, "")
    };
    let import = |word: &str, line: &'static str| if helpers.contains(word) { line } else { "" };
    let json = import("json.", "import json\n");
    let re = import("re.sub", "import re\n");
    let timeout = import("TimeoutException", TIMEOUT);
    let turns = [&functions, &body]
        .iter()
        .any(|text| text.contains("ScrollOrigin"));
    let wheel = if turns { WHEEL } else { "" };
    Exported {
        text: format!(
            "{json}import os\n{re}\nimport pytest\nfrom selenium import webdriver\n{timeout}{IMPORTS_OF_INPUT}{wheel}{IMPORTS}{value}{FOUND}{helpers}{DRIVER}{functions}\n\ndef test_{}(driver):\n{clear}    \
             driver.set_window_size({width}, {height})\n{body}",
            name(&recording.test_name)
        ),
        losses: script.losses,
    }
}

fn function(function: &Function) -> String {
    let title = function.title.trim();
    let said = if title.is_empty() {
        "A recording"
    } else {
        title
    };
    let lines = code::indented(&function.lines, "    ");
    // A function wants a statement; comments are none.
    format!(
        "\n\n{}\ndef {}(driver):\n{lines}    return\n",
        comment(&format!("{said}, which the recording includes")),
        function.name
    )
}

const TIMEOUT: &str = "from selenium.common.exceptions import TimeoutException\n";

const WHEEL: &str = "from selenium.webdriver.common.actions.wheel_input import ScrollOrigin\n";

const IMPORTS_OF_INPUT: &str = "from selenium.webdriver.common.action_chains import ActionChains\n";

/// What every test needs.
const IMPORTS: &str = r#"from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support import expected_conditions as expected
from selenium.webdriver.support.select import Select
from selenium.webdriver.support.wait import WebDriverWait

PATIENCE = 30
"#;

/// Values of variables come from where `proscenium run` takes them.
const VALUE: &str = r#"

def value(name):
    return os.environ[f"PROSCENIUM_VAR_{name}"]
"#;

const KEPT_VALUE: &str = r#"
values = {}


def value(name):
    return values[name] if name in values else os.environ[f"PROSCENIUM_VAR_{name}"]
"#;

/// An element to wait for, and a statement.
const FOUND: &str = r#"

def found(driver, by, selector):
    return WebDriverWait(driver, PATIENCE).until(expected.visibility_of_element_located((by, selector)))


def holds(driver, judge):
    WebDriverWait(driver, PATIENCE, ignored_exceptions=[Exception]).until(judge)
"#;

const DRIVER: &str = r#"

@pytest.fixture
def driver():
    driver = webdriver.Chrome()
    yield driver
    driver.quit()
"#;

/// A name of Python: what is no letter or digit becomes an underscore.
fn name(given: &str) -> String {
    let plain: String = given
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() {
                c.to_ascii_lowercase()
            } else {
                '_'
            }
        })
        .take(80)
        .collect();
    let plain = plain.trim_matches('_').to_owned();
    if plain.is_empty() {
        "recording".to_owned()
    } else {
        plain
    }
}
