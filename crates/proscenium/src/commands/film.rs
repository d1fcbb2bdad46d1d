use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use browser::Engine;
use clap::ValueEnum;
use recording::Variables;
use video::{
    Clock, Container, Extras, FilmError, FilmOrder, FrameRate, Look, Pace, Preset, RenderError,
    Script, Setup, Soundtrack, Storyboard, Template, TourOrder,
};

use crate::exit_code::ExitCode;
use crate::film::{self, Given, LookArgs, PaceArgs, SoundArgs};
use crate::making;
use crate::values::ValueArgs;

/// Film a page: a tour that is made for it, or a storyboard or a recording that is performed at human pace.
///
/// Ends with 0 when the film is whole, with 1 when a step or the site failed, with 2 when an argument or a script makes no
/// sense, with 3 when the machine lacks something, with 130 when it was interrupted.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// An address, a storyboard (.yaml or .json) or a recording.
    #[arg(value_name = "URL|FILE")]
    script: String,
    /// Where to: .mp4 or .webm.
    #[arg(
        short,
        long = "out",
        value_name = "PATH",
        required_unless_present = "storyboard_out"
    )]
    out: Option<PathBuf>,
    /// Resolution, rate and bitrate.
    #[arg(long, default_value = "high", value_name = "NAME")]
    preset: PresetName,
    /// Frames a second, in place of the preset's.
    #[arg(long, value_name = "RATE")]
    fps: Option<f64>,
    /// Pixels of the film, in place of the preset's: 1280x720.
    #[arg(long, value_name = "SIZE")]
    size: Option<String>,
    /// Pixels of the film for each CSS pixel of the page, in place of the preset's: the page is laid out smaller by it, and
    /// drawn denser.
    #[arg(long, value_name = "N")]
    scale: Option<u32>,
    /// Thousand bits a second, in place of the preset's.
    #[arg(long, value_name = "KBPS")]
    bitrate: Option<u32>,
    /// How long a tour is: 30s. Scripts take as long as they take.
    #[arg(long, value_name = "TIME", value_parser = duration)]
    duration: Option<Duration>,
    /// What kind of film is made of an address.
    #[arg(long, default_value = "tour", value_name = "NAME")]
    template: TemplateName,
    /// What decides between equals: the same page and seed give the same tour.
    #[arg(long, default_value_t = 1, value_name = "N")]
    seed: u64,
    /// A card before everything else.
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    #[command(flatten)]
    look: LookArgs,
    #[command(flatten)]
    pace: PaceArgs,
    /// Where the picture at a quarter of the film goes: .jpg or .png.
    #[arg(long, value_name = "PATH")]
    poster: Option<PathBuf>,
    /// Where a sheet of small pictures of the film goes: .jpg or .png.
    #[arg(long, value_name = "PATH")]
    sprite: Option<PathBuf>,
    /// Where a few seconds as GIF go.
    #[arg(long, value_name = "PATH")]
    teaser: Option<PathBuf>,
    /// Where the storyboard goes, to be changed by hand; without --out nothing is filmed.
    #[arg(long, value_name = "PATH")]
    storyboard_out: Option<PathBuf>,
    #[command(flatten)]
    sounds: SoundArgs,
    /// What the page itself plays is heard too. Needs PulseAudio; not with --perfect.
    #[arg(long, conflicts_with = "perfect")]
    page_sound: bool,
    #[command(flatten)]
    values: ValueArgs,
    /// The steps of a recording are named at the bottom of the film.
    #[arg(long, conflicts_with_all = ["perfect", "storyboard_out"])]
    captions: bool,
    /// Where an edit goes that has a clip for each chapter of the film, for `proscenium edit`.
    #[arg(long, value_name = "PATH", requires = "out")]
    edit_out: Option<PathBuf>,
    /// Every frame is drawn on command while the page's time waits: none is left out, however slow the machine is.
    #[arg(long)]
    perfect: bool,
    /// How long all of it may take.
    #[arg(long, default_value = "10m", value_name = "TIME", value_parser = duration)]
    timeout: Duration,
    /// The result as a JSON document.
    #[arg(long)]
    json: bool,
    /// The engine whose page is filmed: chromium, firefox or webkit. The others draw fewer pictures a second.
    #[arg(long, default_value = "chromium", value_name = "NAME")]
    browser: Engine,
    /// The browser's program; searched for when left out.
    #[arg(long, value_name = "PATH")]
    browser_path: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum PresetName {
    /// 1280 × 720, 24 frames a second, 1.5 Mbit/s.
    Low,
    /// 1280 × 720, 30 frames a second, 2.5 Mbit/s.
    Medium,
    /// 1920 × 1080, 30 frames a second, 5 Mbit/s.
    High,
    /// 3840 × 2160, 60 frames a second, 10 Mbit/s.
    Ultra,
}

#[derive(Clone, Copy, ValueEnum)]
enum TemplateName {
    /// The best elements of the page; 30 s.
    Tour,
    /// What the page shows first; 10 s.
    Hero,
    /// The page's headings; 15 s.
    Features,
    /// All of the page; 20 s.
    Page,
}

pub(crate) async fn execute(args: Args) -> anyhow::Result<ExitCode> {
    let progress = making::progress()?;
    let usage = |error: anyhow::Error| {
        ExitCode::report(error);
        Ok(ExitCode::USAGE)
    };
    let setup = match setup(&args) {
        Ok(setup) => setup,
        Err(error) => return usage(error),
    };
    let container = match args.out.as_deref().map(container).transpose() {
        Ok(container) => container,
        Err(error) => return usage(error),
    };
    let look = match args.look.over(Look::default()) {
        Ok(look) => look,
        Err(error) => return usage(error),
    };
    let pace = match args.pace.over(Pace::default()) {
        Ok(pace) => pace,
        Err(error) => return usage(error),
    };
    let title = args.title.as_ref().map(|text| video::Title {
        text: text.clone(),
        subtitle: None,
        duration: None,
    });
    let given = match film::read(&args.script) {
        Ok(given) => given,
        Err(error) => return usage(error),
    };
    if args.captions && !matches!(given, Given::Recording(_)) {
        return usage(anyhow::anyhow!(
            "--captions names the steps of a recording, and {} is none: give the steps of a storyboard a `caption`",
            args.script
        ));
    }
    let mut written = None;
    let mut secrets = Variables::new();
    let script = match given {
        // A clock that waits, and a pen, need it as a storyboard.
        Given::Recording(recording) if !args.perfect && args.storyboard_out.is_none() => {
            let played = args.values.all().and_then(|values| {
                secrets.clone_from(&values);
                film::played(&args.script, *recording, values)
            });
            match played {
                Ok((mut played, left_out)) => {
                    tell_left_out(&left_out);
                    played.title.clone_from(&title);
                    played.captions = args.captions;
                    Script::Performance(Arc::new(played))
                }
                Err(error) => return usage(error),
            }
        }
        Given::Recording(recording) => match work::storyboard_of(&recording) {
            Ok(filmable) => {
                tell_left_out(&filmable.left_out);
                Script::Storyboard(filmable.storyboard)
            }
            Err(error) => {
                let what = format!("{} is no storyboard", args.script);
                return usage(anyhow::Error::new(error).context(what));
            }
        },
        Given::Storyboard(storyboard) => Script::Storyboard(*storyboard),
        Given::Page(url) => {
            let order = TourOrder {
                url,
                template: template(args.template),
                duration: args.duration,
                seed: args.seed,
                setup,
                look: look.clone(),
                pace,
                // Pages are explored by Chromium, whoever is filmed.
                executable: args
                    .browser_path
                    .clone()
                    .filter(|_| args.browser == Engine::Chromium),
                proxy: None,
            };
            match video::tour(&progress, &order).await {
                Ok(storyboard) => Script::Storyboard(storyboard),
                Err(error) => return Ok(failed(error, &secrets)),
            }
        }
    };
    let script = match script {
        Script::Storyboard(mut storyboard) => {
            storyboard.title = title.or(storyboard.title);
            let dressed = storyboard.look.map(|written| args.look.over(written));
            storyboard.look = match dressed.transpose() {
                Ok(look) => look,
                Err(error) => return usage(error),
            };
            storyboard.pace = match args.pace.over(storyboard.pace.unwrap_or_default()) {
                Ok(pace) => Some(pace).filter(|pace| *pace != Pace::default()),
                Err(error) => return usage(error),
            };
            if let Some(path) = &args.storyboard_out {
                write(path, &storyboard)?;
            }
            written.clone_from(&storyboard.sound);
            Script::Storyboard(storyboard)
        }
        performance => performance,
    };
    let sound = match film::sound(&args.script, written, args.sounds.track()) {
        Ok(sound) => heard(sound, args.page_sound),
        Err(error) => return usage(error),
    };
    let (Some(out), Some(container)) = (&args.out, container) else {
        return Ok(ExitCode::PASSED);
    };
    let order = FilmOrder {
        setup,
        container,
        look,
        pace,
        extras: Extras {
            poster: args.poster.clone(),
            sprite: args.sprite.clone(),
            teaser: args.teaser.clone(),
        },
        clock: if args.perfect {
            Clock::Virtual
        } else {
            Clock::Real
        },
        sound,
        footage: Some(beside(out)),
        time_limit: args.timeout,
        engine: args.browser,
        executable: args.browser_path.clone(),
        ..FilmOrder::new(script)
    };
    match film::perform(&progress, &order, out).await {
        Ok(filmed) => {
            complain(&film::warnings(&filmed));
            if let Some(path) = &args.edit_out {
                film::write_edit(path, &filmed)?;
            }
            if args.json {
                println!("{}", serde_json::to_string_pretty(&filmed)?);
            } else {
                println!("{}", film::lines(&filmed));
            }
            Ok(ExitCode::PASSED)
        }
        Err(error) => Ok(failed(error, &secrets)),
    }
}

/// With what the page plays, where an option asks for it.
fn heard(sound: Option<Soundtrack>, page: bool) -> Option<Soundtrack> {
    if !page {
        return sound;
    }
    Some(Soundtrack {
        page,
        ..sound.unwrap_or_default()
    })
}

fn tell_left_out(left_out: &[String]) {
    let lines = left_out.iter().map(|step| format!("left out: {step}"));
    complain(&lines.collect::<Vec<_>>());
}

/// Where that goes which was filmed until a step failed: "demo.failed.mp4" for "demo.mp4".
fn beside(out: &std::path::Path) -> PathBuf {
    let ending = out.extension().unwrap_or_default().to_string_lossy();
    out.with_extension(format!("failed.{ending}"))
}

/// What is said of a film that was not made: an address that could not be opened may have a value in it.
fn failed(error: FilmError, secrets: &Variables) -> ExitCode {
    let code = match &error {
        FilmError::Cancelled => ExitCode::CANCELLED,
        FilmError::Setup(_) | FilmError::Output(RenderError::NoSound { .. }) => ExitCode::USAGE,
        error if error.is_of_the_script() => ExitCode::FAILED,
        _ => ExitCode::COULD_NOT_RUN,
    };
    let told = format!("{:#}", anyhow::Error::from(error));
    ExitCode::report(anyhow::Error::msg(secrets.mask(&told).into_owned()));
    code
}

fn setup(args: &Args) -> anyhow::Result<Setup> {
    let mut setup = match args.preset {
        PresetName::Low => Preset::Low,
        PresetName::Medium => Preset::Medium,
        PresetName::High => Preset::High,
        PresetName::Ultra => Preset::Ultra,
    }
    .setup();
    if let Some(size) = &args.size {
        let sides = size.split_once(['x', '×']);
        let sides =
            sides.and_then(|(width, height)| Some((width.parse().ok()?, height.parse().ok()?)));
        (setup.width, setup.height) =
            sides.with_context(|| format!("--size {size:?} is no size: write 1280x720"))?;
    }
    if let Some(fps) = args.fps {
        anyhow::ensure!(
            (1.0..=120.0).contains(&fps),
            "--fps {fps}: a film has 1 to 120 frames a second"
        );
        setup.rate = FrameRate::from_number(fps);
    }
    setup.scale = args.scale.unwrap_or(setup.scale);
    setup.kbps = args.bitrate.unwrap_or(setup.kbps);
    let flag = |field| match field {
        "width" | "height" => "--size",
        "fps" => "--fps",
        "kbps" => "--bitrate",
        _ => "--scale",
    };
    if let Some((field, problem)) = setup.problem() {
        anyhow::bail!("{}: {problem}", flag(field));
    }
    if let Err(error) = setup.screen().check(args.browser) {
        anyhow::bail!("--scale: {error}");
    }
    Ok(setup)
}

fn template(name: TemplateName) -> Template {
    match name {
        TemplateName::Tour => Template::Tour,
        TemplateName::Hero => Template::Hero,
        TemplateName::Features => Template::Features,
        TemplateName::Page => Template::Page,
    }
}

pub(super) fn container(out: &std::path::Path) -> anyhow::Result<Container> {
    let ending = out.extension().and_then(|ending| ending.to_str());
    match ending.map(str::to_ascii_lowercase).as_deref() {
        Some("mp4") => Ok(Container::Mp4),
        Some("webm") => Ok(Container::Webm),
        _ => anyhow::bail!("{}: a film is .mp4 or .webm", out.display()),
    }
}

fn write(path: &std::path::Path, storyboard: &Storyboard) -> anyhow::Result<()> {
    let text = storyboard
        .to_yaml()
        .context("the storyboard cannot be written down")?;
    std::fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
}

#[expect(
    clippy::print_stderr,
    reason = "standard output is for the result itself"
)]
fn complain(warnings: &[String]) {
    for warning in warnings {
        eprintln!("warning: {warning}");
    }
}

/// "30s", "1.5m", "500ms"; a number alone is seconds.
pub(super) fn duration(text: &str) -> Result<Duration, String> {
    let digits = text
        .find(|character: char| !character.is_ascii_digit() && character != '.')
        .unwrap_or(text.len());
    let (number, unit) = text.split_at(digits);
    let factor = match unit.trim() {
        "ms" => 0.001,
        "" | "s" => 1.0,
        "m" | "min" => 60.0,
        _ => return Err(format!("{text:?} is no duration: write 30s, 500ms or 2m")),
    };
    let seconds: f64 = number
        .parse()
        .map_err(|_| format!("{text:?} is no duration: write 30s, 500ms or 2m"))?;
    Duration::try_from_secs_f64(seconds * factor).map_err(|error| error.to_string())
}
