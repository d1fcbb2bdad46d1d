//! Starting, ending, and leaving nothing behind.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use browser::{
    Browser, BrowserError, BrowserKind, ContextEvent, ContextOptions, Engine, Headless,
    LaunchOptions, PageEvent, sweep_orphans,
};

use crate::support::{Stage, engine, event, progress, until};

/// Set in the process that is to own a browser and be killed.
const OWNER: &str = "PROSCENIUM_TEST_OWNER";

/// Processes whose group this is, or that have the profile on their command line.
fn processes(group: u32, profile: &Path) -> Vec<u32> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir("/proc").unwrap().flatten() {
        let Some(pid) = entry
            .file_name()
            .to_str()
            .and_then(|name| name.parse::<u32>().ok())
        else {
            continue;
        };
        let stat = std::fs::read_to_string(entry.path().join("stat")).unwrap_or_default();
        let Some((_, rest)) = stat.rsplit_once(") ") else {
            continue;
        };
        let mut fields = rest.split(' ');
        let is_dead = matches!(fields.next(), Some("Z" | "X"));
        let pgrp = fields.nth(1).and_then(|field| field.parse::<u32>().ok());
        let line = std::fs::read(entry.path().join("cmdline")).unwrap_or_default();
        let line = String::from_utf8_lossy(&line);
        if !is_dead && (pgrp == Some(group) || line.contains(&*profile.to_string_lossy())) {
            found.push(pid);
        }
    }
    found
}

#[tokio::test]
async fn a_closed_browser_leaves_no_process_and_no_profile() {
    let stage = Stage::alone().await;
    stage.show("<p>something").await;
    let (pid, profile) = (stage.browser.pid(), stage.browser.profile_dir().to_owned());
    assert!(
        processes(pid, &profile).len() >= 2,
        "a browser is several processes"
    );
    assert!(profile.exists());
    let context = stage.context.clone();
    let mut told = context.events();
    let mut page_told = stage.page.events();
    let disconnected = stage.browser.disconnected();
    stage.browser.close().await;
    disconnected.await;
    assert!(!stage.browser.is_connected());
    assert!(!profile.exists());
    until(async || processes(pid, &profile).is_empty()).await;
    event(&mut page_told, |event| {
        matches!(event, PageEvent::Closed).then_some(())
    })
    .await;
    while !matches!(told.recv().await.unwrap(), ContextEvent::BrowserGone) {}
    assert!(matches!(
        stage.page.evaluate(&stage.progress, "1").await,
        Err(BrowserError::Disconnected)
    ));
    assert!(matches!(
        context.new_page(&stage.progress).await,
        Err(BrowserError::PageClosed | BrowserError::Disconnected)
    ));
}

#[tokio::test]
async fn the_last_handle_takes_the_browser_with_it() {
    let stage = Stage::alone().await;
    let (pid, profile) = (stage.browser.pid(), stage.browser.profile_dir().to_owned());
    drop(stage);
    assert!(!profile.exists());
    until(async || processes(pid, &profile).is_empty()).await;
}

#[tokio::test]
async fn a_browser_that_dies_is_noticed_by_everybody() {
    let stage = Stage::alone().await;
    let waiting = stage
        .page
        .evaluate(&stage.progress, "new Promise(() => {})");
    let pid = stage.browser.pid().to_string();
    let killing = async { Command::new("kill").args(["-9", &pid]).status().unwrap() };
    let (waited, _) = tokio::join!(waiting, killing);
    assert!(
        matches!(
            waited,
            Err(BrowserError::Disconnected | BrowserError::PageClosed)
        ),
        "{waited:?}"
    );
    stage.browser.disconnected().await;
    until(async || stage.page.is_closed()).await;
    stage.close().await;
}

/// Not a test by itself: the process that the next test kills.
#[expect(clippy::print_stdout, reason = "the other process reads it there")]
#[tokio::test]
async fn owner_of_a_browser_that_is_to_be_killed() {
    if std::env::var_os(OWNER).is_none() {
        return;
    }
    let stage = Stage::alone().await;
    println!(
        "OWNS {} {}",
        stage.browser.pid(),
        stage.browser.profile_dir().display()
    );
    std::future::pending::<()>().await;
}

#[tokio::test]
async fn a_killed_owner_leaves_no_process_and_its_profile_is_swept() {
    let mut owner = Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "lifetime::owner_of_a_browser_that_is_to_be_killed",
            "--nocapture",
        ])
        .env(OWNER, "1")
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(owner.stdout.take().unwrap()).lines();
    let owned = lines
        .find_map(|line| {
            line.unwrap()
                .split_once("OWNS ")
                .map(|(_, rest)| rest.to_owned())
        })
        .unwrap();
    let (pid, profile) = owned.split_once(' ').unwrap();
    let (pid, profile) = (pid.parse::<u32>().unwrap(), PathBuf::from(profile));
    assert!(processes(pid, &profile).len() >= 2);
    assert!(profile.exists());
    owner.kill().unwrap();
    owner.wait().unwrap();
    until(async || processes(pid, &profile).is_empty()).await;
    assert!(sweep_orphans() >= 1 || !profile.exists());
    assert!(!profile.exists());
}

#[tokio::test]
async fn the_full_browser_is_driven_in_the_same_way() {
    let launch = LaunchOptions {
        engine: engine(),
        headless: Headless::New,
        ..LaunchOptions::default()
    };
    let stage = Stage::launched(launch, ContextOptions::default()).await;
    stage
        .show("<button onclick=\"this.textContent = event.isTrusted\">b</button>")
        .await;
    stage.click("button").await;
    assert_eq!(
        stage
            .eval("document.querySelector('button').textContent")
            .await,
        "true"
    );
    let (pid, profile) = (stage.browser.pid(), stage.browser.profile_dir().to_owned());
    stage.close().await;
    until(async || processes(pid, &profile).is_empty()).await;
    assert!(!profile.exists());
}

#[tokio::test]
async fn what_cannot_be_started_is_said() {
    let launch = |path: &str| LaunchOptions {
        engine: engine(),
        executable: Some(path.into()),
        ..LaunchOptions::default()
    };
    let missing = Browser::launch(&progress(), launch("/nonexistent/browser"))
        .await
        .unwrap_err();
    assert!(
        matches!(&missing, BrowserError::Launch { executable, .. } if executable.ends_with("browser")),
        "{missing:?}"
    );
    match Browser::launch(&progress(), launch("/bin/false"))
        .await
        .unwrap_err()
    {
        BrowserError::Launch { reason, .. } => assert_eq!(reason, "it ended before it answered"),
        other => panic!("{other:?}"),
    }
    let brief = progress().within(Duration::from_millis(200));
    let script = tempfile::Builder::new().suffix(".sh").tempfile().unwrap();
    std::fs::write(script.path(), "#!/bin/sh\nexec sleep 60\n").unwrap();
    Command::new("chmod")
        .arg("+x")
        .arg(script.path())
        .status()
        .unwrap();
    let path = script.into_temp_path();
    let error = Browser::launch(&brief, launch(path.to_str().unwrap()))
        .await
        .unwrap_err();
    assert!(error.is_timeout(), "{error:?}");
    let unknown = "netscape".parse::<Engine>().unwrap_err();
    assert!(matches!(unknown, BrowserError::Invalid(_)), "{unknown:?}");
}

#[test]
fn installed_browsers_are_found_with_their_versions() {
    let found = browser::find_browsers();
    assert!(found.iter().any(|browser| matches!(
        browser.kind,
        BrowserKind::Chromium | BrowserKind::HeadlessShell
    )));
    assert!(
        found.iter().all(|browser| browser.version.is_some()),
        "{found:?}"
    );
}
