//! Whether a browser that has had many contexts is as fast and as small as it was with the first ones:
//! `cargo run -p browser --example many_contexts -- firefox 120`.

#![expect(clippy::print_stdout, reason = "an example talks to the terminal")]

use std::time::{Duration, Instant};

use browser::{
    Browser, BrowserError, ContextOptions, Engine, LaunchOptions, LoadState, Progress, Viewport,
    World,
};

/// Contexts of which one line is printed.
const BATCH: u32 = 20;
const PAGE: &str = "data:text/html,<button onclick='this.textContent=1'>b</button><iframe srcdoc='<p>inside</p>'></iframe>";

#[tokio::main]
async fn main() -> Result<(), BrowserError> {
    let mut arguments = std::env::args().skip(1);
    let engine = arguments.next().and_then(|name| name.parse().ok());
    let count = arguments.next().and_then(|count| count.parse().ok());
    let engine: Engine = engine.unwrap_or(Engine::Firefox);
    let progress = Progress::with_timeout(Duration::from_secs(1_200));
    let options = LaunchOptions {
        engine,
        ..LaunchOptions::default()
    };
    let browser = Browser::launch(&progress, options).await?;
    println!("{} {}", browser.product(), browser.version());
    for batch in 0..count.unwrap_or(120) / BATCH {
        let began = Instant::now();
        for _ in 0..BATCH {
            let options = ContextOptions {
                viewport: Some(Viewport::default()),
                network_events: true,
                ..ContextOptions::default()
            };
            let context = browser.new_context(&progress, options).await?;
            let page = context.new_page(&progress).await?;
            page.goto(&progress, PAGE, LoadState::Load).await?;
            let frame = page.main_frame();
            frame.evaluate(&progress, World::Isolated, "1").await?;
            context.close(&progress).await?;
        }
        println!(
            "contexts {:>4} to {:>4}: {:>5} ms each, {:>5} MiB",
            batch * BATCH + 1,
            (batch + 1) * BATCH,
            began.elapsed().as_millis() / u128::from(BATCH),
            resident_kib(browser.pid()).unwrap_or_default() / 1024
        );
    }
    browser.close().await;
    Ok(())
}

/// Memory of the browser's first process; nothing where the system does not tell.
fn resident_kib(pid: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().trim_end_matches(" kB").trim().parse().ok()
}
