//! How long the browser layer's basic operations take: `cargo run -p browser --example round_trips`.

#![expect(clippy::print_stdout, reason = "an example talks to the terminal")]

use std::time::{Duration, Instant};

use browser::{
    Browser, BrowserError, ClickOptions, ContextOptions, LaunchOptions, LoadState, Point, Progress,
    ScreencastOptions, Viewport, World,
};

const PAGE: &str = "data:text/html,<body style='margin:0'><button style='width:200px;height:100px'>b</button>\
    <canvas id=c width=1280 height=600></canvas><script>window.n=0;let g=c.getContext('2d');\
    window.go=()=>{g.fillStyle=`hsl(${n++ %25 360},80%25,50%25)`;g.fillRect((n*7)%251200,100,80,80);requestAnimationFrame(go)}</script>";

#[tokio::main]
async fn main() -> Result<(), BrowserError> {
    let progress = Progress::with_timeout(Duration::from_secs(120));
    let start = Instant::now();
    let browser = Browser::launch(&progress, LaunchOptions::default()).await?;
    println!(
        "{} {}: launched in {:?}",
        browser.product(),
        browser.version(),
        start.elapsed()
    );

    let options = ContextOptions {
        viewport: Some(Viewport::default()),
        ..ContextOptions::default()
    };
    let mut opening = Vec::new();
    for _ in 0..10 {
        let start = Instant::now();
        let context = browser.new_context(&progress, options.clone()).await?;
        context.new_page(&progress).await?;
        opening.push(start.elapsed());
        context.close(&progress).await?;
    }
    report("context and page", opening);

    let context = browser.new_context(&progress, options).await?;
    let page = context.new_page(&progress).await?;
    page.goto(&progress, PAGE, LoadState::Load).await?;
    let mut frame = Vec::new();
    for _ in 0..200 {
        let start = Instant::now();
        page.main_frame()
            .evaluate(&progress, World::Isolated, "1")
            .await?;
        frame.push(start.elapsed());
    }
    report("evaluate", frame);
    let mut clicks = Vec::new();
    for i in 0..100 {
        let start = Instant::now();
        page.mouse()
            .click(
                &progress,
                Point::new(10.0 + f64::from(i), 50.0),
                ClickOptions::default(),
            )
            .await?;
        clicks.push(start.elapsed());
    }
    report("click", clicks);
    let mut keys = Vec::new();
    for _ in 0..100 {
        let start = Instant::now();
        page.keyboard().press(&progress, "a").await?;
        keys.push(start.elapsed());
    }
    report("key", keys);

    page.evaluate(&progress, "go()").await?;
    let mut cast = page
        .start_screencast(&progress, ScreencastOptions::default())
        .await?;
    let (start, mut bytes) = (Instant::now(), 0);
    while start.elapsed() < Duration::from_secs(3) {
        let Some(frame) = cast.next().await else {
            break;
        };
        bytes += frame.jpeg.len();
    }
    let seconds = start.elapsed().as_secs_f64();
    let (captured, skipped) = (cast.captured(), cast.skipped());
    println!(
        "{:<18} {:.1} a second, {skipped} skipped, {} KiB each",
        "pictures",
        captured as f64 / seconds,
        bytes as u64 / captured.max(1) / 1024
    );
    drop(cast);
    browser.close().await;
    Ok(())
}

fn report(what: &str, mut times: Vec<Duration>) {
    times.sort();
    let at = |part: usize| times[(times.len() * part / 100).min(times.len() - 1)];
    println!("{what:<18} p50 {:?}, p95 {:?}", at(50), at(95));
}
