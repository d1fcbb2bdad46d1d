use std::path::PathBuf;

use anyhow::Context as _;
use browser::{Capability, Engine, Graphics, Headless, Support};
use egress::{EgressPolicy, HostPattern};
use session::protocol::ViewportRequest;
use session::{LastTab, SessionConfig, SessionManager, StartSession};
use tokio_util::sync::CancellationToken;
use video::BrowserLimits;
use work::Keep;

use crate::exit_code::ExitCode;
use crate::record::{Ended, Listing, save};
use crate::signals;
use crate::studio::{AtOnce, Plan, Rendering, Studio};

/// Record what you do in a browser as a file that `proscenium run` performs.
///
/// Opens a browser window where there is a display; else serves the live view on this machine and prints its address.
/// Steps are listed as they are recorded. Ctrl-C, closing the window or stopping the recording saves the file.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The page to begin with.
    #[arg(value_name = "URL")]
    url: String,
    /// The file to write: JSON, or YAML when it is named .yaml or .yml; `-` is standard output.
    #[arg(short, long, default_value = "recording.json", value_name = "FILE")]
    output: PathBuf,
    /// What to call the recording; the address otherwise.
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// Use the live view even where there is a display.
    #[arg(long)]
    live: bool,
    /// The screen in the live view: desktop, laptop, tablet or phone.
    #[arg(long, default_value = "desktop", value_name = "NAME")]
    preset: String,
    /// The engine to record on: chromium, firefox or webkit.
    #[arg(
        long,
        visible_alias = "engine",
        default_value = "chromium",
        value_name = "NAME"
    )]
    browser: Engine,
    /// The browser's program, when it should not be searched for; for Chromium also in PROSCENIUM_CHROMIUM.
    #[arg(long, value_name = "PATH")]
    browser_path: Option<PathBuf>,
    /// A host that pages may reach in spite of --public-only: example.test, *.example.test, 10.0.0.0/8, host:port.
    #[arg(long = "allow-host", value_name = "HOST")]
    allow_hosts: Vec<HostPattern>,
    /// A host that pages may not reach.
    #[arg(long = "deny-host", value_name = "HOST")]
    deny_hosts: Vec<HostPattern>,
    /// Pages reach public addresses only, nothing on this machine or in its network.
    #[arg(long)]
    public_only: bool,
}

pub(crate) async fn execute(args: Args) -> anyhow::Result<ExitCode> {
    if let Err(error) = session::read_address(&args.url) {
        ExitCode::report(error.into());
        return Ok(ExitCode::USAGE);
    }
    let in_viewer_only = args.live || !has_display();
    if !in_viewer_only && matches!(Capability::Windows.on(args.browser), Support::None(_)) {
        ExitCode::report(anyhow::anyhow!(
            "{} has no {}: add --live and work in the live view",
            args.browser,
            Capability::Windows.name().trim_start_matches("a ")
        ));
        return Ok(ExitCode::USAGE);
    }
    let stop = CancellationToken::new();
    signals::cancel_on_stop(stop.clone())?;
    browser::sweep_orphans();
    if in_viewer_only {
        in_viewer(&args, stop).await
    } else {
        in_window(&args, stop).await
    }
}

/// A browser window of this machine.
async fn in_window(args: &Args, stop: CancellationToken) -> anyhow::Result<ExitCode> {
    let sessions = SessionManager::new(SessionConfig {
        egress: policy(args),
        headless: Headless::Headed,
        engine: args.browser,
        executable: program(args),
        idle_timeout: None,
        last_tab: LastTab::End,
        ..SessionConfig::default()
    });
    let mut listing = Listing::new(&sessions);
    let session = sessions
        .start(start(args))
        .await
        .context("the browser window could not be opened")?;
    listing.say("Recording. Work in the browser window; close it or press Ctrl-C to save.");
    let ended = listing.follow(&session, &stop).await;
    session.settle().await;
    let recording = session.recording(args.name.as_deref());
    sessions.shutdown().await;
    finish(args, &recording, ended)
}

/// A browser without a window, worked in through the live view of a server of its own.
async fn in_viewer(args: &Args, stop: CancellationToken) -> anyhow::Result<ExitCode> {
    let folder = tempfile::tempdir().context("a folder for the live view could not be made")?;
    let plan = Plan {
        host: std::net::Ipv4Addr::LOCALHOST.into(),
        port: 0,
        data_dir: folder.path().to_owned(),
        names: Vec::new(),
        egress: policy(args),
        at_once: AtOnce {
            runs: 0,
            renders: 0,
            films: 0,
            longest_film: std::time::Duration::ZERO,
        },
        delivery: None,
        keep: Keep::default(),
        max_sessions: 1,
        engine: args.browser,
        browser_path: program(args),
        // Nothing is rendered beside a recording.
        rendering: Rendering {
            graphics: Graphics::Software,
            usual_limit: video::USUAL_TIME_LIMIT,
            limits: BrowserLimits::default(),
        },
    };
    let studio = Studio::open(plan).await?;
    let sessions = studio.sessions().clone();
    let mut listing = Listing::new(&sessions);
    let (url, link) = (studio.url(), studio.first_link().await?);
    let serving = CancellationToken::new();
    let server = tokio::spawn(studio.run_until(serving.clone()));
    let session = sessions
        .start(start(args))
        .await
        .context("the browser could not be started")?;
    if let Some(link) = link {
        listing.say(&format!("Sign in to the live view once: {link}"));
    }
    listing.say(&format!(
        "Then work in the page here:     {url}/sessions/{}",
        session.id()
    ));
    listing.say("Stop the recording there, or press Ctrl-C, to save.");
    let ended = listing.follow(&session, &stop).await;
    session.settle().await;
    let recording = session.recording(args.name.as_deref());
    serving.cancel();
    server.await.context("the live view broke off")??;
    finish(args, &recording, ended)
}

fn start(args: &Args) -> StartSession {
    let viewport = ViewportRequest {
        preset: Some(args.preset.clone()),
        width: None,
        height: None,
        device_scale_factor: None,
        mobile: None,
        touch: None,
    };
    StartSession {
        name: args.name.clone(),
        url: Some(args.url.clone()),
        viewport: Some(viewport),
        engine: args.browser,
        record: true,
        ..StartSession::default()
    }
}

/// The program that need not be searched for: the one that was named, else the Chromium of the environment.
fn program(args: &Args) -> Option<PathBuf> {
    let of_environment = || {
        let chromium = std::env::var_os("PROSCENIUM_CHROMIUM").filter(|path| !path.is_empty());
        chromium
            .filter(|_| args.browser == Engine::Chromium)
            .map(PathBuf::from)
    };
    args.browser_path.clone().or_else(of_environment)
}

fn policy(args: &Args) -> EgressPolicy {
    let base = if args.public_only {
        EgressPolicy::public_only()
    } else {
        EgressPolicy::everything()
    };
    EgressPolicy {
        allow_hosts: args.allow_hosts.clone(),
        deny_hosts: args.deny_hosts.clone(),
        ..base
    }
}

fn finish(args: &Args, recording: &recording::Recording, ended: Ended) -> anyhow::Result<ExitCode> {
    save(recording, &args.output)?;
    Ok(match ended {
        Ended::Saved => ExitCode::PASSED,
        Ended::Failed => ExitCode::COULD_NOT_RUN,
    })
}

/// Whether windows can be shown.
fn has_display() -> bool {
    ["WAYLAND_DISPLAY", "DISPLAY"]
        .iter()
        .any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
}
