//! What `deploy/` says to the program is what the program reads.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::{Map, Value};

type Settings = Map<String, Value>;

/// The services of a file that are the program itself, by their names.
fn services(file: &str) -> Map<String, Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../deploy")
        .join(file);
    let text = std::fs::read(path).unwrap();
    let compose: Value = serde_saphyr::from_slice(&text).unwrap();
    let mut services = compose["services"].as_object().unwrap().clone();
    services.retain(|_, service| service.get("image").is_none());
    assert!(!services.is_empty());
    services
}

fn settings(service: &Value) -> Settings {
    service["environment"].as_object().unwrap().clone()
}

/// The program, with nothing said by the environment of the test.
fn proscenium(settings: &Settings, arguments: &[&str]) -> Output {
    let mut program = Command::new(env!("CARGO_BIN_EXE_proscenium"));
    program.env_clear().args(arguments);
    for (name, value) in settings {
        program.env(name, value.as_str().unwrap());
    }
    program.output().unwrap()
}

/// Settings that the parts of the program ask for when they read `said`.
fn asked(said: &Settings) -> BTreeSet<String> {
    let names = RefCell::new(BTreeSet::new());
    let setting = |name: &str| {
        names.borrow_mut().insert(name.to_owned());
        said.get(name)?.as_str().map(str::to_owned)
    };
    assert!(intake::Config::read(setting).unwrap().is_some());
    assert!(delivery::Config::read(setting).unwrap().is_some());
    names.into_inner()
}

/// Whether a value that makes no sense is refused by the setting's name, before anything is begun.
fn is_refused(name: &str) -> bool {
    let mut nonsense = Settings::new();
    nonsense.insert(name.to_owned(), "?".into());
    let refused = proscenium(&nonsense, &["worker", "--data-dir", "/dev/null/data"]);
    !refused.status.success() && String::from_utf8_lossy(&refused.stderr).contains(name)
}

#[test]
fn each_setting_of_the_compose_files_is_one_that_the_program_reads() {
    let base = settings(&services("compose.yaml")["worker"]);
    let mut known = asked(&base);
    let help = proscenium(&Settings::new(), &["worker", "--help"]);
    let help = String::from_utf8(help.stdout).unwrap();
    let of_help = help.split("[env: ").skip(1);
    known.extend(of_help.filter_map(|rest| Some(rest.split_once('=')?.0.to_owned())));
    assert!(known.contains("PROSCENIUM_RENDERS"), "{help}");
    let log = "PROSCENIUM_LOG";
    for file in ["compose.yaml", "compose.gpu.yaml"] {
        for (service, said) in services(file) {
            for name in settings(&said).keys() {
                let is_read = known.contains(name) || name == log || is_refused(name);
                assert!(
                    is_read,
                    "{file}: {service} says {name}, and nobody reads it"
                );
            }
        }
    }
    assert!(!is_refused("PROSCENIUM_RENDRS"), "a slip is found");
}

#[test]
fn the_commands_of_the_compose_file_are_the_programs() {
    for (service, said) in services("compose.yaml") {
        let arguments = said["command"].as_array().unwrap().iter();
        let mut arguments: Vec<&str> = arguments.map(|word| word.as_str().unwrap()).collect();
        arguments.push("--help");
        let help = proscenium(&settings(&said), &arguments);
        let said = String::from_utf8_lossy(&help.stderr);
        assert!(help.status.success(), "{service}: {said}");
        // Health is asked for where it is answered.
        let listen = arguments
            .iter()
            .position(|word| *word == "--listen")
            .unwrap();
        let port = arguments[listen + 1].rsplit_once(':').unwrap().1;
        let check = services("compose.yaml")[&service]["healthcheck"]["test"].to_string();
        assert!(check.contains(&format!(":{port}/health")), "{check}");
    }
}
