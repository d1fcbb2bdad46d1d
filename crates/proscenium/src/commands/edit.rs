use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Context as _;
use clap::ValueEnum;
use video::{
    Clip, Container, Crop, Edit, EditError, EditOrder, Extras, Span, Transition, TransitionKind,
};

use crate::exit_code::ExitCode;
use crate::film::SoundArgs;
use crate::{input, making};

use super::film::{container, duration};

/// Bytes of an edit.
const LARGEST: usize = 1 << 20;

/// How long a transition is.
const BLEND: Duration = Duration::from_millis(500);

/// Make a film of films: parts of them one after another, cropped, sped up, blended into each other, with words and
/// pictures over them, with sound.
///
/// What is done comes from an edit (.yaml or .json), or from the options, which are for all films that are named.
/// Ends with 0 when the film is whole, with 1 when a clip is no film or an overlay no picture, with 2 when an argument or the edit makes no sense,
/// with 3 when the machine lacks something, with 130 when it was interrupted.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// An edit, or films in order.
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// Where to: .mp4 or .webm.
    #[arg(
        short,
        long = "out",
        value_name = "PATH",
        required_unless_present = "edit_out"
    )]
    out: Option<PathBuf>,
    /// What is left out at the beginning: 2s.
    #[arg(long, value_name = "TIME", value_parser = duration)]
    from: Option<Duration>,
    /// Where it ends, in the film: 20s.
    #[arg(long, value_name = "TIME", value_parser = duration)]
    to: Option<Duration>,
    /// The part of the picture that is shown: 1280x720+0+40.
    #[arg(long, value_name = "SIZE+X+Y", value_parser = crop)]
    crop: Option<Crop>,
    /// How many times as fast, 0.25 to 16.
    #[arg(long, value_name = "FACTOR")]
    speed: Option<f64>,
    /// How many times as fast what shows nothing new for a second or longer, 1 to 16.
    #[arg(long, value_name = "FACTOR")]
    dull: Option<f64>,
    /// Between one film and the next.
    #[arg(long, value_name = "NAME")]
    transition: Option<TransitionName>,
    #[command(flatten)]
    sounds: SoundArgs,
    /// Where the picture at a quarter of the film goes: .jpg or .png.
    #[arg(long, value_name = "PATH")]
    poster: Option<PathBuf>,
    /// Where the edit goes, to be changed by hand; without --out nothing is made.
    #[arg(long, value_name = "PATH")]
    edit_out: Option<PathBuf>,
    /// How long all of it may take.
    #[arg(long, default_value = "30m", value_name = "TIME", value_parser = duration)]
    timeout: Duration,
    /// The program of the browser that draws an edit's texts; searched for when left out.
    #[arg(long, value_name = "PATH")]
    browser_path: Option<PathBuf>,
    /// The result as a JSON document.
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum TransitionName {
    /// One picture, then the next.
    Cut,
    /// To black, and from black.
    Fade,
    /// One becomes the other.
    Dissolve,
    /// The next comes in over the other.
    Wipe,
}

pub(crate) async fn execute(args: Args) -> anyhow::Result<ExitCode> {
    let progress = making::progress()?;
    let read = read(&args).and_then(|(edit, folder)| {
        let container = args.out.as_deref().map(container).transpose()?;
        Ok((edit, folder, container))
    });
    let (edit, folder, container) = match read {
        Ok(read) => read,
        Err(error) => {
            ExitCode::report(error);
            return Ok(ExitCode::USAGE);
        }
    };
    if let Some(path) = &args.edit_out {
        let text = edit.to_yaml().context("the edit cannot be written down")?;
        std::fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))?;
    }
    let (Some(out), Some(container)) = (&args.out, container) else {
        return Ok(ExitCode::PASSED);
    };
    let order = order(&args, edit, &folder, container);
    match perform(&progress, &order, out).await {
        Ok(edited) if args.json => println!("{}", serde_json::to_string_pretty(&edited)?),
        Ok(edited) => println!("{}", line(&edited)),
        Err(error) => {
            let code = match &error {
                EditError::Cancelled => ExitCode::CANCELLED,
                EditError::Document { .. } => ExitCode::USAGE,
                error if error.is_of_the_edit() => ExitCode::FAILED,
                _ => ExitCode::COULD_NOT_RUN,
            };
            ExitCode::report(error.into());
            return Ok(code);
        }
    }
    Ok(ExitCode::PASSED)
}

/// The edit, and the folder from which its paths are seen.
fn read(args: &Args) -> anyhow::Result<(Edit, PathBuf)> {
    let is_document = |path: &Path| {
        let ending = path.extension().and_then(|ending| ending.to_str());
        matches!(ending, Some("yaml" | "yml" | "json"))
    };
    let given = args.from.is_some() || args.to.is_some() || args.crop.is_some();
    let given = given || args.transition.is_some() || args.sounds.is_given();
    let given = given || args.speed.is_some() || args.dull.is_some();
    if let [path] = args.files.as_slice()
        && is_document(path)
    {
        anyhow::ensure!(
            !given,
            "{} says what is done with each film: change it there",
            path.display()
        );
        let bytes = input::read_at_most(path, LARGEST)?;
        let text = String::from_utf8(bytes)
            .with_context(|| format!("{} is no text in UTF-8", path.display()))?;
        let edit = Edit::parse(&text).with_context(|| format!("{} is no edit", path.display()))?;
        let folder = path.parent().unwrap_or_else(|| Path::new("")).to_owned();
        return Ok((edit, folder));
    }
    if let Some(path) = args.files.iter().find(|path| is_document(path)) {
        anyhow::bail!("{} stands alone: it names its films itself", path.display());
    }
    let clip = |(index, path): (usize, &PathBuf)| Clip {
        film: path.to_string_lossy().into_owned(),
        from: args.from.map(Span),
        to: args.to.map(Span),
        crop: args.crop,
        speed: args.speed,
        dull: args.dull,
        transition: args.transition.filter(|_| index > 0).map(transition),
        ..Clip::default()
    };
    let track = args.sounds.track();
    let edit = Edit {
        clips: args.files.iter().enumerate().map(clip).collect(),
        sound: (!track.is_empty()).then_some(track),
        ..Edit::default()
    };
    edit.check()?;
    Ok((edit, PathBuf::new()))
}

fn order(args: &Args, edit: Edit, folder: &Path, container: Container) -> EditOrder {
    EditOrder {
        films: edit
            .clips
            .iter()
            .map(|clip| folder.join(&clip.film))
            .collect(),
        pictures: edit
            .overlays
            .iter()
            .filter_map(|overlay| Some(folder.join(overlay.picture.as_ref()?)))
            .collect(),
        sound: edit.sound.clone().map(|sound| sound.seen_from(folder)),
        edit,
        container,
        extras: Extras {
            poster: args.poster.clone(),
            ..Extras::default()
        },
        time_limit: args.timeout,
        executable: args.browser_path.clone(),
    }
}

async fn perform(
    progress: &browser::Progress,
    order: &EditOrder,
    out: &Path,
) -> Result<video::Edited, EditError> {
    let bar = making::bar("{spinner} {pos}/{len} frames {elapsed} {bar}");
    let edited = video::edit(progress, order, out, |frames| {
        if let Some(bar) = &bar {
            bar.set_length(frames.of.into());
            bar.set_position(frames.done.into());
        }
    })
    .await;
    if let Some(bar) = bar {
        bar.finish_and_clear();
    }
    edited
}

#[expect(clippy::cast_precision_loss, reason = "it is rounded for people")]
fn line(edited: &video::Edited) -> String {
    let dull: f64 = edited.clips.iter().map(|clip| clip.dull_ms).sum();
    let faster = match dull {
        0.0 => String::new(),
        dull => format!(", {:.1} s of it faster", dull / 1000.0),
    };
    format!(
        "{}  {} × {}, {} frames at {} a second, {:.2} s{faster}, {} at {:.2} Mbit/s, {:.1} MB",
        edited.path.display(),
        edited.width,
        edited.height,
        edited.frames,
        edited.fps,
        edited.duration_ms / 1000.0,
        edited.codec,
        edited.bitrate as f64 / 1e6,
        edited.bytes as f64 / 1e6,
    )
}

fn transition(name: TransitionName) -> Transition {
    let kind = match name {
        TransitionName::Cut => TransitionKind::Cut,
        TransitionName::Fade => TransitionKind::Fade,
        TransitionName::Dissolve => TransitionKind::Dissolve,
        TransitionName::Wipe => TransitionKind::Wipe,
    };
    Transition {
        kind,
        duration: Span(BLEND),
    }
}

/// "1280x720+0+40"; without a place it begins at the upper left corner.
fn crop(text: &str) -> Result<Crop, String> {
    let mut parts = text.split('+');
    let mut read = || {
        let (width, height) = parts.next()?.split_once(['x', '×'])?;
        let mut place = || match parts.next() {
            None => Some(0),
            Some(number) => number.parse().ok(),
        };
        Some(Crop {
            width: width.parse().ok()?,
            height: height.parse().ok()?,
            x: place()?,
            y: place()?,
        })
    };
    read().ok_or_else(|| format!("{text:?} is no part of a picture: write 1280x720+0+40"))
}
