//! Projects of Selenium IDE: each test is a recording, each suite that names it a tag.

mod command;
mod dialog;
mod flow;
mod locator;
mod press;
mod read;
mod run;
mod step;

use serde::Deserialize;
use serde_json::Value;

use super::draft::Draft;
use super::{Imported, Word};
use crate::{Limits, Map, ParseError};
use command::Command;
use read::Reader;
use run::Link;

/// What its steps are called when they are kept whole.
const TOOL: &str = "side";

/// How often tests may run each other: deeper than this they run in circles.
const DEEPEST: usize = 8;

#[derive(Deserialize)]
struct Project {
    #[serde(default)]
    url: String,
    #[serde(default)]
    tests: Vec<Test>,
    #[serde(default)]
    suites: Vec<Suite>,
    #[serde(default)]
    plugins: Vec<Value>,
    #[serde(default)]
    delay: Option<f64>,
    #[serde(flatten)]
    extra: Map,
}

#[derive(Deserialize)]
struct Test {
    #[serde(default)]
    id: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    commands: Vec<Command>,
    #[serde(flatten)]
    extra: Map,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Suite {
    #[serde(default)]
    name: String,
    #[serde(default)]
    tests: Vec<String>,
    #[serde(default)]
    persist_session: bool,
    #[serde(default)]
    parallel: bool,
    #[serde(default)]
    timeout: Option<f64>,
    #[serde(flatten)]
    extra: Map,
}

/// Time limits of suites that say nothing: seconds in older files, milliseconds in newer ones.
const USUAL_LIMITS: [f64; 2] = [300.0, 30_000.0];

/// Suites that Selenium IDE makes by itself say nothing of the tests in them.
const USUAL_SUITE: &str = "Default Suite";

pub(super) fn is_one(document: &Value) -> bool {
    let tests = document.get("tests").and_then(Value::as_array);
    tests.is_some_and(|tests| {
        tests
            .iter()
            .all(|test| test.get("commands").is_some_and(Value::is_array))
    })
}

/// With `word`, tests that run others include their recordings.
pub(super) fn import(
    document: Value,
    limits: Limits,
    word: Option<Word<'_>>,
) -> Result<Vec<Imported>, ParseError> {
    let project: Project = serde_path_to_error::deserialize(document).map_err(|error| {
        let path = error.path().to_string();
        ParseError::one(&path, error.into_inner().to_string())
    })?;
    let many: usize = project.tests.iter().map(|test| test.commands.len()).sum();
    if many > limits.steps {
        let message = format!("there are {many} commands, the limit is {}", limits.steps);
        return Err(ParseError::one("tests", message));
    }
    if project.tests.is_empty() {
        return Err(ParseError::one("tests", "the project has no tests"));
    }
    let links = word.map_or_else(Vec::new, |word| run::links(&project, limits, word));
    (0..project.tests.len())
        .map(|index| {
            let mut reader = read(&project, index, limits, &links);
            reader.draft.path = format!("tests[{index}]");
            // Tests that others run stay on their page; what is kept by itself begins on one.
            if reader.draft.recording.url.is_empty()
                && links.get(index).is_some_and(Option::is_some)
            {
                reader
                    .draft
                    .lose("commands", "none opens a page: the project's is taken");
                reader.draft.recording.url.clone_from(&project.url);
            }
            reader.draft.finish()
        })
        .collect()
}

/// Reads a test. `links` says how others are included; without one they are written out.
fn read<'a>(
    project: &Project,
    index: usize,
    limits: Limits,
    links: &'a [Option<Link>],
) -> Reader<'a> {
    let test = &project.tests[index];
    let name = if test.name.trim().is_empty() {
        "Imported test"
    } else {
        &test.name
    };
    let mut draft = Draft::new(name);
    // What the project loses is told with its first test.
    if index == 0 {
        project_losses(&mut draft, project);
    }
    let tags: Vec<Value> = project
        .suites
        .iter()
        .filter(|suite| suite.name != USUAL_SUITE && suite.tests.contains(&test.id))
        .map(|suite| Value::from(suite.name.as_str()))
        .collect();
    if !tags.is_empty() {
        draft
            .recording
            .extra
            .insert("tags".to_owned(), Value::from(tags));
    }
    let mut reader = Reader::new(draft, &project.url, limits, links);
    reader.draft.path = format!("tests[{index}]");
    for key in test.extra.keys() {
        reader.draft.lose(key, "is not carried over");
    }
    reader.test(&project.tests, index, 0);
    reader
}

fn project_losses(draft: &mut Draft, project: &Project) {
    if !project.plugins.is_empty() {
        draft.lose("plugins", "commands of plugins are not known here");
    }
    if project.delay.is_some_and(|delay| delay > 0.0) {
        draft.lose(
            "delay",
            "the pause between commands is chosen when the recording is performed",
        );
    }
    for key in project.extra.keys() {
        // The addresses are a history of the editor.
        if !matches!(key.as_str(), "id" | "version" | "name" | "urls") {
            draft.lose(key, "is not carried over");
        }
    }
    for (index, suite) in project.suites.iter().enumerate() {
        let mut lose =
            |field: &str, why: &str| draft.lose(&format!("suites[{index}].{field}"), why);
        if suite.persist_session {
            lose(
                "persistSession",
                "every recording begins in a browser context of its own",
            );
        }
        if suite.parallel {
            lose("parallel", "how many are performed at once is chosen then");
        }
        if suite
            .timeout
            .is_some_and(|limit| !USUAL_LIMITS.contains(&limit))
        {
            lose(
                "timeout",
                "the limit of a run is chosen when it is performed",
            );
        }
        for key in suite.extra.keys().filter(|key| *key != "id") {
            lose(key, "is not carried over");
        }
    }
}
