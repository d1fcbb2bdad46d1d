//! Renders small pictures one after another with a warm renderer, and several at once with a pool, and prints as JSON how long
//! they took: our side of `benches/peers/render.mjs`. A picture that cannot be rendered ends the program with an error.
//! `--jobs=20` renders fewer than a hundred, `--only=film` measures only what is called so. Then the speed of a film.

use std::time::{Duration, Instant};

use browser::Progress;
use serde_json::json;
use video::{BrowserLimits, RenderJob, RendererPool};

type Failure = Box<dyn std::error::Error>;

/// How many pictures each row is of, when nothing else is said.
const JOBS: u32 = 100;

fn job(number: u32) -> Result<RenderJob, Failure> {
    let code = format!(
        "function setup() {{ createCanvas(200, 200); }} function draw() {{ background({}); circle(100, 100, 120); }}",
        number % 255
    );
    let job = json!({ "type": "p5", "code": code, "width": 200, "height": 200, "output": "png" });
    Ok(RenderJob::parse(job.to_string().as_bytes())?)
}

async fn measured(
    name: &str,
    at_once: u32,
    jobs: u32,
    pause: Duration,
) -> Result<serde_json::Value, Failure> {
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
            for number in (line..jobs).step_by(at_once as usize) {
                let target = folder.join(format!("{number}"));
                times.push(render(pool.clone(), progress.clone(), job(number)?, target).await?);
                tokio::time::sleep(pause).await;
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
    let per_second = (f64::from(jobs) / whole * 10.0).round() / 10.0;
    Ok(json!({ "name": name, "p50": at(50), "p95": at(95), "perSecond": per_second }))
}

/// Between two jobs of a service that is not busy.
const PAUSE: Duration = Duration::from_millis(500);

/// A sketch that has something to draw in each frame: four hundred particles.
const PARTICLES: &str = "let all = [];
function setup() { createCanvas(800, 800); noStroke(); for (let i = 0; i < 400; i += 1) all.push({ x: random(800), y: random(800), vx: random(-4, 4), vy: random(-4, 4), hue: random(255) }); }
function draw() { background(12, 12, 20); for (const p of all) { p.x = (p.x + p.vx + 800) % 800; p.y = (p.y + p.vy + 800) % 800; fill(p.hue, 120, 255 - p.hue, 180); circle(p.x, p.y, 14); } }";

const FILM: &str = "film of 400 particles, 800 x 800";

/// A film of 150 frames: frames a second, once the page was there.
async fn film() -> Result<serde_json::Value, Failure> {
    let folder = tempfile::tempdir()?;
    let pool = RendererPool::new(1, None, BrowserLimits::default());
    let progress = Progress::with_timeout(Duration::from_secs(240));
    pool.warm(&progress).await?;
    let job = json!({ "type": "p5", "code": PARTICLES, "output": "mp4", "frames": 150 });
    let job = RenderJob::parse(job.to_string().as_bytes())?;
    let target = folder.path().join("film.mp4");
    let mut rates = Vec::new();
    for _ in 0..3 {
        let filmed = pool.render(&progress, &job, &target, &mut |_| {}).await?;
        rates.push((filmed.frames_per_second * 10.0).round() / 10.0);
    }
    pool.close().await;
    Ok(json!({ "name": FILM, "framesPerSecond": rates }))
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
    let said = |option: &str| {
        std::env::args().find_map(|word| word.strip_prefix(option).map(ToOwned::to_owned))
    };
    let jobs = said("--jobs=").and_then(|jobs| jobs.parse().ok());
    let jobs = jobs.unwrap_or(JOBS);
    let only = said("--only=").unwrap_or_default();
    let mut rows = Vec::new();
    for (name, at_once, pause) in [
        ("one at a time", 1, Duration::ZERO),
        ("two at once", 2, Duration::ZERO),
        ("one now and then", 1, PAUSE),
    ] {
        if name.contains(&only) {
            rows.push(measured(name, at_once, jobs, pause).await?);
        }
    }
    if FILM.contains(&only) {
        rows.push(film().await?);
    }
    println!("{}", json!(rows));
    Ok(())
}
