//! The floor of the replay benchmark: the 50-action flow over the bare DevTools protocol.
//!
//! It locates, scrolls, waits for a box that stays put over two animation frames, and hit-tests, as a careful client
//! must, and does nothing else: no events but the load event, no retries, no frames of other processes. What a real
//! client takes longer than this is what its own work costs.

mod flow;
mod pipe;

use std::time::Instant;

use anyhow::{Context as _, Result};

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

    let mut client = pipe::Client::launch(&browser).await?;
    let mut times = Vec::new();
    for round in 0..=repeat {
        let mut page = flow::Page::open(&mut client).await?;
        let start = Instant::now();
        for step in &steps {
            page.perform(step, &site)
                .await
                .with_context(|| format!("{step:?}"))?;
        }
        if round > 0 {
            times.push(start.elapsed().as_secs_f64() * 1000.0);
        }
        page.close().await?;
    }
    client.close().await?;
    times.sort_by(f64::total_cmp);
    println!(
        "{}",
        serde_json::json!({
            "runner": "raw protocol",
            "browser": browser,
            "flowMs": { "n": times.len(), "min": times.first(), "p50": times.get(times.len() / 2), "max": times.last() },
        })
    );
    Ok(())
}
