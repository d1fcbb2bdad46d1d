//! Changes the files of `tests/corpus` at random, for a while, and looks whether anything that reads them panics, hangs or
//! loses something. An input that does is kept beside them; `cargo nextest run -p recording corpus` reads it from then on.
//!
//! `cargo run --release -p recording --example fuzz -- 10 side` changes files whose names contain `side` for ten minutes,
//! and prints how many inputs there were, how many of them were read, and which one took longest.

#[path = "fuzz/change.rs"]
mod change;
#[path = "../tests/corpus/check.rs"]
mod check;

use std::error::Error;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::time::{Duration, Instant};

/// No input within the limit of sizes takes longer, in time of the processor: to be read, written again and exported to
/// everything.
const SLOW: Duration = Duration::from_secs(10);

#[expect(clippy::print_stdout, reason = "the figures are this program's output")]
fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let minutes: f64 = arguments.next().map_or(Ok(1.0), |text| text.parse())?;
    let wanted = arguments.next().unwrap_or_default();
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    let mut seeds = Vec::new();
    for entry in fs::read_dir(&corpus)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let is_wanted = name.contains(&wanted) && !name.ends_with(".rs");
        if is_wanted {
            seeds.push(fs::read(&path)?);
        }
    }
    if seeds.is_empty() {
        return Err(format!("no file of the corpus is called like {wanted:?}").into());
    }
    let seed = fastrand::u64(..);
    let mut random = fastrand::Rng::with_seed(seed);
    let end = Instant::now() + Duration::from_secs_f64(minutes * 60.0);
    let (mut inputs, mut read, mut wrong) = (0_u64, 0_u64, 0_u64);
    let mut slowest = (Duration::ZERO, 0);
    while Instant::now() < end {
        let input = change::changed(&seeds, &mut random);
        inputs += 1;
        let began = processor_time()?;
        let looked = catch_unwind(AssertUnwindSafe(|| check::look(&input)));
        let took = processor_time()?.saturating_sub(began);
        if took > slowest.0 {
            slowest = (took, input.len());
        }
        let why = match looked {
            Ok(Ok(outcome)) if took <= SLOW => {
                read += u64::from(outcome == check::Outcome::Read);
                continue;
            }
            Ok(Ok(_)) => format!("it took {took:?}"),
            Ok(Err(why)) => why,
            Err(_) => "it panicked".to_owned(),
        };
        wrong += 1;
        let kept = corpus.join(format!("{wanted}-wrong-{seed:x}-{inputs}"));
        fs::write(&kept, &input)?;
        println!("{}: {why}", kept.display());
        if wrong >= 20 {
            break;
        }
    }
    println!(
        "{wanted:<12} {inputs:>9} inputs, {read:>9} read, {wrong} wrong; the slowest took {} ms ({} bytes); seed {seed:x}",
        slowest.0.as_millis(),
        slowest.1
    );
    Ok(())
}

/// What this process has used so far, from the kernel's own account in ticks of 10 ms.
fn processor_time() -> Result<Duration, Box<dyn Error>> {
    let text = fs::read_to_string("/proc/self/stat")?;
    let (_, fields) = text.rsplit_once(") ").ok_or("unreadable /proc/self/stat")?;
    let mut ticks = fields.split(' ').skip(11).take(2);
    let mut next =
        || -> Result<u64, Box<dyn Error>> { Ok(ticks.next().ok_or("no time")?.parse()?) };
    Ok(Duration::from_millis((next()? + next()?) * 10))
}
