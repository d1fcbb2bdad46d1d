//! Plays one recording many times in one warm browser and prints how long it took: our side of `benches/peers/flow.mjs`.
//!
//! Each round has a context of its own and everything that a run has by default, the watch on the network included; the
//! first round warms up and does not count. A round that does not pass ends the program with an error.

use std::time::{Duration, Instant};

use browser::{Browser, ContextOptions, Engine, LaunchOptions, Progress, Viewport};
use recording::{Format, Recording};
use replay::{PlayOptions, RunStatus, Timing};

type Failure = Box<dyn std::error::Error>;

fn argument(name: &str) -> Result<String, Failure> {
    let prefix = format!("--{name}=");
    std::env::args()
        .find_map(|argument| argument.strip_prefix(&prefix).map(str::to_owned))
        .ok_or_else(|| format!("missing {prefix}…").into())
}

/// CPU seconds that this process has used, from the kernel's own account in ticks of 10 ms.
fn cpu_seconds() -> Result<f64, Failure> {
    let text = std::fs::read_to_string("/proc/self/stat")?;
    let (_, fields) = text.rsplit_once(") ").ok_or("unreadable /proc/self/stat")?;
    let fields: Vec<&str> = fields.split(' ').collect();
    Ok((fields[11].parse::<f64>()? + fields[12].parse::<f64>()?) / 100.0)
}

/// Resident memory of this process in MiB.
fn resident_mib() -> Result<f64, Failure> {
    let text = std::fs::read_to_string("/proc/self/status")?;
    let line = text
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))
        .ok_or("no VmRSS")?;
    Ok(line.trim().trim_end_matches(" kB").parse::<f64>()? / 1024.0)
}

#[tokio::main(flavor = "current_thread")]
#[expect(clippy::print_stdout, reason = "the figures are this program's output")]
async fn main() -> Result<(), Failure> {
    let repeat: usize = argument("repeat")?.parse()?;
    let recording = Recording::parse(std::fs::read(argument("recording")?)?, Format::Json)?;
    let executable = argument("browser")?;
    let engine = match executable.rsplit('/').next() {
        Some(name) if name.starts_with("firefox") => Engine::Firefox,
        Some("MiniBrowser") => Engine::WebKit,
        _ => Engine::Chromium,
    };
    let progress = Progress::with_timeout(Duration::from_secs(300));
    let options = LaunchOptions {
        engine,
        executable: Some(executable.clone().into()),
        ..LaunchOptions::default()
    };
    let browser = Browser::launch(&progress, options).await?;
    let play = PlayOptions {
        timing: Timing::Instant,
        ..PlayOptions::default()
    };

    let mut times = Vec::new();
    let mut cpu = 0.0;
    for round in 0..=repeat {
        let context = ContextOptions {
            viewport: Some(Viewport::desktop(1280, 720)),
            ..ContextOptions::default()
        };
        let context = browser.new_context(&progress, context).await?;
        context.new_page(&progress).await?;
        let (start, used) = (Instant::now(), cpu_seconds()?);
        let outcome = replay::play(&progress, &context, &recording, &play, &mut ()).await;
        if outcome.status != RunStatus::Passed {
            return Err(format!("the run did not pass: {:?}", outcome.error).into());
        }
        if round > 0 {
            times.push(start.elapsed().as_secs_f64() * 1000.0);
            cpu += cpu_seconds()? - used;
        }
        context.close(&progress).await?;
    }
    browser.close().await;

    times.sort_by(f64::total_cmp);
    let at = |part: f64| times.get(((times.len() as f64 * part) as usize).min(times.len() - 1));
    println!(
        "{}",
        serde_json::json!({
            "runner": "proscenium",
            "browser": executable,
            "flowMs": { "n": times.len(), "min": times.first(), "p50": at(0.5), "p95": at(0.95), "max": times.last() },
            "clientCpuS": { "p50": (cpu / repeat as f64 * 1000.0).round() / 1000.0 },
            "clientRssMib": (resident_mib()? * 10.0).round() / 10.0,
        })
    );
    Ok(())
}
