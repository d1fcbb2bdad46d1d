//! Renders small pictures one after another with a warm renderer, and several at once with a pool, and prints as JSON how long
//! they took: our side of `benches/peers/render.mjs`. A picture that cannot be rendered ends the program with an error.

use std::time::{Duration, Instant};

use browser::Progress;
use serde_json::json;
use video::{BrowserLimits, RenderJob, RendererPool};

type Failure = Box<dyn std::error::Error>;

/// How many pictures each row is of.
const JOBS: u32 = 100;

fn job(number: u32) -> Result<RenderJob, Failure> {
    let code = format!(
        "function setup() {{ createCanvas(200, 200); }} function draw() {{ background({}); circle(100, 100, 120); }}",
        number % 255
    );
    let job = json!({ "type": "p5", "code": code, "width": 200, "height": 200, "output": "png" });
    Ok(RenderJob::parse(job.to_string().as_bytes())?)
}

async fn measured(name: &str, at_once: u32) -> Result<serde_json::Value, Failure> {
    let folder = tempfile::tempdir()?;
    let pool = RendererPool::new(at_once as usize, None, BrowserLimits::default());
    let progress = Progress::with_timeout(Duration::from_secs(240));
    pool.warm(&progress).await?;
    let mut rest = Vec::new();
    // The first one of each browser compiles what the others find.
    for number in 0..at_once {
        let target = folder.path().join(format!("warm-{number}"));
        rest.push(render(pool.clone(), progress.clone(), job(number)?, target));
    }
    for warmed in futures_util::future::join_all(rest).await {
        warmed?;
    }
    let begun = Instant::now();
    let lines = (0..at_once).map(|line| {
        let (pool, progress, folder) = (pool.clone(), progress.clone(), folder.path().to_owned());
        async move {
            let mut times = Vec::new();
            for number in (line..JOBS).step_by(at_once as usize) {
                let target = folder.join(format!("{number}"));
                times.push(render(pool.clone(), progress.clone(), job(number)?, target).await?);
            }
            Ok::<_, Failure>(times)
        }
    });
    let mut times = Vec::new();
    for line in futures_util::future::join_all(lines).await {
        times.extend(line?);
    }
    let whole = begun.elapsed().as_secs_f64();
    pool.close().await;
    times.sort();
    let at = |share: usize| {
        let time = times.get(times.len() * share / 100).copied();
        (time.unwrap_or_default().as_secs_f64() * 10_000.0).round() / 10.0
    };
    let per_second = (f64::from(JOBS) / whole * 10.0).round() / 10.0;
    Ok(json!({ "name": name, "p50": at(50), "p95": at(95), "perSecond": per_second }))
}

async fn render(
    pool: RendererPool,
    progress: Progress,
    job: RenderJob,
    target: std::path::PathBuf,
) -> Result<Duration, Failure> {
    let begun = Instant::now();
    pool.render(&progress, &job, &target, &mut |_| {}).await?;
    Ok(begun.elapsed())
}

#[tokio::main]
#[expect(
    clippy::print_stdout,
    reason = "the result is for the program that measures"
)]
async fn main() -> Result<(), Failure> {
    let rows = [
        measured("one at a time", 1).await?,
        measured("two at once", 2).await?,
    ];
    println!("{}", json!(rows));
    Ok(())
}
