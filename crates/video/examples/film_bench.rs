//! Films a scripted storyboard of a page with a tour's steps and prints what it took: `--seconds=90 --preset=high`, and
//! `--perfect` for the virtual clock.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use browser::Progress;
use video::{Clock, FilmEvent, FilmOrder, Filmed, Preset, Script, Storyboard, film};

type Failure = Box<dyn std::error::Error>;

const PAGE: &str = include_str!("../../../examples/site/landing.html");

/// Of two seconds each; a breath of 0.32 s follows each of them.
const STEPS: [&str; 5] = [
    "hover: '#start'",
    "scroll: { to: '#features' }",
    "highlight: '#features .card:nth-child(2)'",
    "hover: '#features .card:nth-child(3)'",
    "scroll: top",
];

/// Seconds of a step with its breath, and of what a film has around its steps.
const STEP: f64 = 2.32;
const AROUND: f64 = 1.9;

#[tokio::main]
#[expect(clippy::print_stdout, reason = "the figures are this program's output")]
async fn main() -> Result<(), Failure> {
    let seconds: f64 = argument("seconds").as_deref().unwrap_or("90").parse()?;
    let name = argument("preset").unwrap_or_else(|| Preset::High.name().to_owned());
    let preset = Preset::ALL.into_iter().find(|preset| preset.name() == name);
    let preset = preset.ok_or("no such preset")?;
    let mut order = FilmOrder::new(Script::Storyboard(storyboard(serve()?, seconds)?));
    order.setup = preset.setup();
    order.time_limit = Duration::from_secs(3600);
    if std::env::args().any(|argument| argument == "--perfect") {
        order.clock = Clock::Virtual;
    }
    let rolling = Arc::new(Mutex::new(Instant::now()));
    let noted = Arc::clone(&rolling);
    let tell = move |event| {
        if event == FilmEvent::Rolling
            && let Ok(mut rolling) = noted.lock()
        {
            *rolling = Instant::now();
        }
    };
    let folder = tempfile::tempdir()?;
    let target = folder.path().join("film.mp4");
    let progress = Progress::with_timeout(order.time_limit);
    let filmed = film(&progress, &order, &target, tell).await?;
    let took = rolling.lock().map_err(|_| "poisoned")?.elapsed();
    println!("{}", report(&name, &filmed, took));
    Ok(())
}

/// `took` is from the first picture to the finished file.
fn report(name: &str, filmed: &Filmed, took: Duration) -> String {
    let (capture, cost) = (&filmed.capture, &filmed.cost);
    let length = filmed.duration_ms / 1000.0;
    #[expect(clippy::cast_precision_loss, reason = "memory of a machine")]
    let memory = cost.peak_memory_bytes as f64 / f64::from(1 << 20);
    [
        format!(
            "film                {length:.2} s, {name}, {} frames, {}",
            filmed.frames, capture.way
        ),
        format!("real time ratio     {:.3}", took.as_secs_f64() / length),
        format!("ready after script  {:.2} s", cost.processing_ms / 1000.0),
        format!("processor           {:.0} % of one core", cost.cpu_percent),
        format!("most memory         {memory:.0} MiB"),
        format!(
            "pictures            {} delivered, {} dropped, {} late, {} merged",
            capture.delivered, capture.dropped, capture.late, capture.merged
        ),
    ]
    .join("\n")
}

fn argument(name: &str) -> Option<String> {
    let prefix = format!("--{name}=");
    std::env::args().find_map(|argument| argument.strip_prefix(&prefix).map(str::to_owned))
}

fn storyboard(address: SocketAddr, seconds: f64) -> Result<Storyboard, Failure> {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a film of hours at most"
    )]
    let count = ((seconds - AROUND) / STEP).round().max(1.0) as usize;
    let mut text = format!("url: http://{address}/\nsteps:\n");
    for step in STEPS.iter().cycle().take(count) {
        text += &format!("  - {step}\n    duration: 2s\n");
    }
    Ok(Storyboard::parse(&text)?)
}

/// A site on loopback with the page at every address.
fn serve() -> Result<SocketAddr, Failure> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?;
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            std::thread::spawn(move || {
                let _ = stream.read(&mut [0; 4096]);
                let length = PAGE.len();
                let head = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nConnection: close";
                let _ = write!(stream, "{head}\r\nContent-Length: {length}\r\n\r\n{PAGE}");
            });
        }
    });
    Ok(address)
}
