//! What is exported runs in the other tool's own runner: the recordings of `examples/`, as tests of Playwright and as
//! projects of Selenium IDE.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::thread;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Serves `examples/site` until the test ends.
fn serve() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("a bound port");
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            // A browser opens connections ahead of need: one that stays silent must not hold up the others.
            thread::spawn(move || answer(stream));
        }
    });
    address
}

fn answer(mut stream: TcpStream) -> std::io::Result<()> {
    let mut head = [0; 4096];
    let read = stream.read(&mut head)?;
    let head = String::from_utf8_lossy(&head[..read]).into_owned();
    let path = head.split(' ').nth(1).unwrap_or_default();
    let path = path.split('?').next().unwrap_or_default();
    let file = root()
        .join("examples/site")
        .join(path.trim_start_matches('/'));
    let (status, body) = match fs::read_to_string(file) {
        Ok(text) => ("200 OK", text),
        Err(_) => ("404 Not Found", String::new()),
    };
    let kind = if body.starts_with('<') {
        "text/html"
    } else {
        "text/css"
    };
    let length = body.len();
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}"
    )
}

/// A browser and nothing else: what the test needs besides is in the test.
const CONFIG: &str = r#"import { defineConfig } from "@playwright/test";
export default defineConfig({
  timeout: 60_000,
  retries: 0,
  workers: 1,
  reporter: "line",
  use: {
    browserName: "chromium",
    launchOptions: {
      executablePath: process.env["PROSCENIUM_CHROMIUM"] || "/usr/bin/chromium",
      args: ["--no-sandbox"],
    },
  },
});
"#;

fn said(output: &Output) -> String {
    format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}

/// Performs the exported tests of a folder.
fn playwright(folder: &Path) -> Output {
    fs::write(folder.join("playwright.config.ts"), CONFIG).expect("a writable folder");
    let modules = root().join("node_modules");
    let modules = modules.canonicalize().unwrap_or_else(|error| {
        panic!("{}: {error}; `make setup` installs them", modules.display())
    });
    std::os::unix::fs::symlink(&modules, folder.join("node_modules")).expect("a link");
    Command::new(modules.join(".bin/playwright"))
        .arg("test")
        .env("PROSCENIUM_VAR_PASSWORD", "correct-horse")
        .env("PROSCENIUM_VAR_NOTE", "By hand")
        .current_dir(folder)
        .output()
        .expect("Playwright starts")
}

/// Exports an example in another tool's format, with the address of this test's site in it.
fn exported(site: SocketAddr, name: &str, format: &str) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_proscenium"))
        .arg("export")
        .arg(root().join("examples").join(name))
        .args(["--to", format])
        .output()
        .expect("the program starts");
    assert!(output.status.success(), "{}", said(&output));
    let text = String::from_utf8(output.stdout).expect("text");
    text.replace("http://localhost:4173", &format!("http://{site}"))
}

#[test]
fn the_examples_pass_as_tests_of_playwright() {
    let site = serve();
    let folder = tempfile::tempdir().expect("a temporary folder");
    for name in ["shopping.json", "sign-up.yaml", "notes.yaml"] {
        let test = exported(site, name, "playwright");
        fs::write(folder.path().join(format!("{name}.spec.ts")), test).expect("a writable folder");
    }
    let output = playwright(folder.path());
    assert!(output.status.success(), "{}", said(&output));
    assert!(said(&output).contains("3 passed"), "{}", said(&output));
}

/// Copies a recording of the format's own tests and the one that it includes, with the address of this test's site.
fn branching(site: SocketAddr, folder: &Path, change: impl Fn(String) -> String) -> PathBuf {
    let fixtures = root().join("crates/recording/tests/fixtures");
    for name in ["flow.yaml", "flow-side.yaml", "flow-add.yaml"] {
        let text = fs::read_to_string(fixtures.join(name)).expect("a fixture");
        let text = text.replace("http://localhost:4173", &format!("http://{site}"));
        fs::write(folder.join(name), change(text)).expect("a writable folder");
    }
    folder.join("flow.yaml")
}

#[test]
fn branches_loops_values_and_included_recordings_do_the_same_in_playwright() {
    let site = serve();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = branching(site, folder.path(), |text| text);
    let here = Command::new(env!("CARGO_BIN_EXE_proscenium"))
        .arg("run")
        .arg(&file)
        .args(["--timing-mode", "instant", "--var", "NOTE=By hand"])
        .current_dir(folder.path())
        .output()
        .expect("the program starts");
    assert!(here.status.success(), "{}", said(&here));

    // What every one of them decides shows in the last check, which is wrong in the second test.
    let wrong = tempfile::tempdir().expect("a temporary folder");
    let wrong = branching(site, wrong.path(), |text| {
        text.replace("li.done:nth-child(5)", "li.done:nth-child(6)")
    });
    for (file, name) in [(file, "right"), (wrong, "wrong")] {
        let output = Command::new(env!("CARGO_BIN_EXE_proscenium"))
            .args(["export", "--to", "playwright"])
            .arg(&file)
            .output()
            .expect("the program starts");
        assert!(output.status.success(), "{}", said(&output));
        assert_eq!(
            String::from_utf8_lossy(&output.stderr),
            "",
            "nothing is lost"
        );
        let test = folder.path().join(format!("{name}.spec.ts"));
        fs::write(test, output.stdout).expect("a writable folder");
    }
    let output = playwright(folder.path());
    let said = said(&output);
    assert!(!output.status.success(), "{said}");
    assert!(
        said.contains("1 passed") && said.contains("1 failed"),
        "{said}"
    );
    assert!(
        said.contains("wrong.spec.ts") && said.contains("nth-child(6)"),
        "{said}"
    );
}

/// The same for the runner of Selenium IDE's projects, which starts a browser by its driver.
const SIDE_CONFIG: &str = "\
capabilities:
  browserName: chrome
  goog:chromeOptions:
    binary: CHROMIUM
    args: [--no-sandbox, --headless=new, --disable-background-networking, --disable-component-update, --disable-sync,
      --no-first-run, --disable-quic]
";

/// Performs the projects of a folder.
fn side_runner(folder: &Path) -> Output {
    let chromium = std::env::var("PROSCENIUM_CHROMIUM").unwrap_or_default();
    let chromium = match chromium.as_str() {
        "" => "/usr/bin/chromium",
        told => told,
    };
    let config = SIDE_CONFIG.replace("CHROMIUM", chromium);
    fs::write(folder.join("runner.yml"), config).expect("a writable folder");
    Command::new(root().join("node_modules/.bin/selenium-side-runner"))
        .args(["--config-file", "runner.yml", "--timeout", "5000"])
        // What the runner leaves open would keep it for half a minute.
        .args(["--jest-options=\"--forceExit\"", "*.side"])
        .current_dir(folder)
        .output()
        .expect("the runner starts; `make setup` installs it")
}

#[test]
fn the_examples_pass_as_projects_of_selenium_ide_and_fail_when_the_page_says_something_else() {
    let site = serve();
    let folder = tempfile::tempdir().expect("a temporary folder");
    for name in ["shopping.json", "sign-up.yaml"] {
        let project = exported(site, name, "side");
        fs::write(folder.path().join(format!("{name}.side")), &project).expect("a writable folder");
    }
    let output = side_runner(folder.path());
    assert!(output.status.success(), "{}", said(&output));
    assert!(said(&output).contains("2 passed"), "{}", said(&output));

    // Checks that have a command of their own, and those that are a script.
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, was, wanted) in [
        ("shopping.json", "10.50", "10.51"),
        ("sign-up.yaml", "plan plus", "plan minus"),
    ] {
        let project = exported(site, name, "side").replace(was, wanted);
        // Not as long as a page may take.
        let project = project.replace("Date.now() + 25000", "Date.now() + 1000");
        fs::write(folder.path().join(format!("{name}.side")), project).expect("a writable folder");
    }
    let output = side_runner(folder.path());
    assert!(!output.status.success(), "{}", said(&output));
    assert!(said(&output).contains("2 failed"), "{}", said(&output));
}

#[test]
fn included_recordings_are_tests_that_a_project_of_selenium_ide_runs_and_come_back() {
    let site = serve();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let proscenium = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_proscenium"))
            .args(arguments)
            .current_dir(folder.path())
            .output()
            .expect("the program starts");
        assert!(output.status.success(), "{arguments:?}: {}", said(&output));
    };
    branching(site, folder.path(), |text| text);
    proscenium(&[
        "export",
        "flow-side.yaml",
        "--to",
        "side",
        "-o",
        "right.side",
    ]);
    let output = side_runner(folder.path());
    assert!(output.status.success(), "{}", said(&output));
    assert!(said(&output).contains("1 passed"), "{}", said(&output));

    // Each test is a recording, and one includes the other.
    proscenium(&["import", "right.side", "-o", "back/"]);
    proscenium(&[
        "run",
        "back/1-write-two-notes.json",
        "--timing-mode",
        "instant",
    ]);

    let right = fs::read_to_string(folder.path().join("right.side")).expect("a project");
    let wrong = right.replace("\"command\": \"run\"", "\"command\": \"echo\"");
    fs::write(folder.path().join("right.side"), wrong).expect("a writable folder");
    let output = side_runner(folder.path());
    assert!(!output.status.success(), "{}", said(&output));
}
