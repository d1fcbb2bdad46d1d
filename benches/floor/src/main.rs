//! The floor of the replay benchmark: the 50-action flow over the bare DevTools protocol, or over WebKit's inspector socket
//! with an input each for a click and for the keys.
//!
//! It locates, scrolls, waits for a box that stays put over two animation frames, and hit-tests, as a careful client
//! must, and does nothing else: no events but the load event, no retries, no frames of other processes. What a real
//! client takes longer than this is what its own work costs. With `--checks=none` an element only has to be there, visible and
//! enabled before it is clicked (WebKit only).

mod flow;
mod inspector;
mod pipe;
mod screen;
mod webkit;

use std::time::Instant;

use anyhow::{Context as _, Result, ensure};

fn argument(name: &str, default: &str) -> String {
    let prefix = format!("--{name}=");
    std::env::args()
        .find_map(|argument| argument.strip_prefix(&prefix).map(str::to_owned))
        .unwrap_or_else(|| default.to_owned())
}

#[tokio::main(flavor = "current_thread")]
#[expect(clippy::print_stdout, reason = "the figures are this program's output")]
async fn main() -> Result<()> {
    let browser = argument("browser", "/usr/bin/chromium-headless-shell");
    let site = argument("site", "");
    let repeat: usize = argument("repeat", "8")
        .parse()
        .context("--repeat takes a whole number")?;
    let steps: Vec<flow::Step> = serde_json::from_str(&std::fs::read_to_string(argument(
        "flow",
        "benches/peers/flow.json",
    ))?)?;

    let is_careful = argument("checks", "all") != "none";
    let mut times = if browser.ends_with("MiniBrowser") {
        on_webkit(&browser, &steps, &site, repeat, is_careful).await?
    } else {
        ensure!(is_careful, "--checks=none is for WebKit");
        on_chromium(&browser, &steps, &site, repeat).await?
    };
    times.sort_by(f64::total_cmp);
    println!(
        "{}",
        serde_json::json!({
            "runner": if is_careful { "raw protocol" } else { "raw protocol, no checks" },
            "browser": browser,
            "flowMs": { "n": times.len(), "min": times.first(), "p50": times.get(times.len() / 2), "max": times.last() },
        })
    );
    Ok(())
}

/// Milliseconds of each round but the first, all in one browser.
async fn on_chromium(
    browser: &str,
    steps: &[flow::Step],
    site: &str,
    repeat: usize,
) -> Result<Vec<f64>> {
    let mut client = pipe::Client::launch(browser).await?;
    let mut times = Vec::new();
    for round in 0..=repeat {
        let mut page = flow::Page::open(&mut client).await?;
        let start = Instant::now();
        for step in steps {
            page.perform(step, site)
                .await
                .with_context(|| format!("{step:?}"))?;
        }
        if round > 0 {
            times.push(start.elapsed().as_secs_f64() * 1000.0);
        }
        page.close().await?;
    }
    client.close().await?;
    Ok(times)
}

/// As on Chromium, with a browser of its own for each round: it has no contexts.
async fn on_webkit(
    browser: &str,
    steps: &[flow::Step],
    site: &str,
    repeat: usize,
    is_careful: bool,
) -> Result<Vec<f64>> {
    let screen = screen::Screen::start().await?;
    let mut times = Vec::new();
    for round in 0..=repeat {
        let client = inspector::Client::launch(browser, &screen).await?;
        let mut page = webkit::Page::new(client, is_careful);
        let start = Instant::now();
        for step in steps {
            page.perform(step, site)
                .await
                .with_context(|| format!("{step:?}"))?;
        }
        if round > 0 {
            times.push(start.elapsed().as_secs_f64() * 1000.0);
        }
    }
    Ok(times)
}
