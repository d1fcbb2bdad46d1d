use std::path::PathBuf;

use clap::ValueEnum;
use video::{RenderError, Renderer};

use crate::exit_code::ExitCode;
use crate::gpu;
use crate::render::{self, Given, NotRendered};

/// Render code to a picture or a film: a p5 sketch, a script, a page.
///
/// The same code with the same seed gives the same bytes. Code has no network; a page by its address has, and may look
/// different the next time. Ends with 0 when the output is whole, with 1
/// when the code failed (it threw before its first frame, never finished one, or took too long), with 2 when an argument or
/// a job makes no sense, with 3 when the machine lacks something, with 130 when it was interrupted.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The code: .js, .html, or a job as .job.json; `-` reads standard input. Or a page by its address: https://…
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Where to: .png, .jpg, .webp, .mp4, .webm, .gif, .html, or a folder (ending with /) for a sequence of PNGs.
    #[arg(short, long = "out", value_name = "PATH")]
    out: Option<PathBuf>,
    /// The file is a job in JSON, whatever its name.
    #[arg(long)]
    job: bool,
    /// What the code is; guessed from the file's name and from `function setup` when left out.
    #[arg(long = "type", value_name = "TYPE")]
    kind: Option<Kind>,
    /// Which p5 draws the sketch; 2 when its setup is async, else 1.
    #[arg(long, value_name = "VERSION", value_parser = ["1", "2"])]
    p5: Option<String>,
    /// CSS pixels; what `createCanvas` says in numbers, else 800.
    #[arg(long, value_name = "PIXELS")]
    width: Option<u32>,
    /// CSS pixels.
    #[arg(long, value_name = "PIXELS")]
    height: Option<u32>,
    /// Pixels of the output per CSS pixel.
    #[arg(long, value_name = "FACTOR")]
    scale: Option<f64>,
    /// Frames a second; 60, for a GIF 25.
    #[arg(long, value_name = "RATE")]
    fps: Option<f64>,
    /// How long the film is: 2s, 500ms; 2s when neither this nor --frames is given.
    #[arg(long, value_name = "TIME", conflicts_with = "frames")]
    duration: Option<String>,
    /// How many frames the film has.
    #[arg(long, value_name = "N")]
    frames: Option<u32>,
    /// Which frame a picture shows; 0 is the first.
    #[arg(long, value_name = "N")]
    frame: Option<u32>,
    /// What chance draws from: a number or any text.
    #[arg(long, value_name = "SEED")]
    seed: Option<String>,
    /// A film of a page that is one canvas comes from the browser's own encoder: some times as fast, and not the same bytes
    /// each time (mp4).
    #[arg(long)]
    fast: bool,
    /// How many pages draw a film at once, 1 to 8; one for every two cores, and at most 4, when left out. The film is the same.
    #[arg(long, value_name = "PAGES")]
    parallel: Option<u32>,
    /// How the pictures of a .webm are encoded: vp9 when left out; av1 is smaller and takes longer.
    #[arg(long, value_name = "CODEC", value_parser = ["vp9", "av1"])]
    codec: Option<String>,
    /// The page's time is the machine's, in any Chromium: for code whose time cannot be held, or where no browser draws frames
    /// on command. It looks different each time.
    #[arg(long, conflicts_with = "fast")]
    real_time: bool,
    /// What the page does not paint is transparent (png, webp, webm, gif, a sequence).
    #[arg(long)]
    transparent: bool,
    /// All of a page by its address, not only what fits on the screen.
    #[arg(long)]
    full_page: bool,
    /// 1 to 100, for jpg and webp.
    #[arg(long, value_name = "N")]
    quality: Option<u8>,
    /// How long all of it may take: 300s, 5m.
    #[arg(long, value_name = "TIME")]
    timeout: Option<String>,
    /// How the result is told.
    #[arg(long, default_value = "text", value_name = "FORMAT")]
    output: Told,
    /// The browser's program, a chromium-headless-shell; searched for when left out.
    #[arg(long, value_name = "PATH")]
    browser_path: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Kind {
    /// A sketch for p5.
    P5,
    /// A script.
    Js,
    /// Markup.
    Html,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Told {
    /// A line.
    Text,
    /// A JSON document.
    Json,
}

pub(crate) async fn execute(args: Args) -> anyhow::Result<ExitCode> {
    let tells_json = args.output == Told::Json;
    let renderer = match &args.browser_path {
        Some(path) => Renderer::with_browser(path.clone()),
        None => Renderer::new(),
    };
    let renderer = renderer.drawn_with(gpu::graphics(args.browser_path.as_deref()).await?);
    let (job, target) = match given(args).read() {
        Ok(read) => read,
        Err(error) => {
            ExitCode::report(error);
            return Ok(ExitCode::USAGE);
        }
    };
    let done = render::perform(&renderer, &job, &target).await;
    renderer.close().await;
    match done {
        Ok(rendered) => {
            render::complain(&rendered);
            if tells_json {
                println!("{}", serde_json::to_string_pretty(&rendered)?);
            } else {
                println!("{}", render::line(&rendered));
            }
            Ok(ExitCode::PASSED)
        }
        Err(NotRendered::Job(error)) => {
            let code = exit_code(&error);
            ExitCode::report(error.into());
            Ok(code)
        }
        Err(NotRendered::Signals(error)) => Err(error),
    }
}

fn exit_code(error: &RenderError) -> ExitCode {
    match error {
        RenderError::Cancelled => ExitCode::CANCELLED,
        RenderError::FolderInUse(_) => ExitCode::USAGE,
        error if error.is_of_the_code() => ExitCode::FAILED,
        _ => ExitCode::COULD_NOT_RUN,
    }
}

fn given(args: Args) -> Given {
    let mut fields = serde_json::Map::new();
    let kind = args.kind.map(|kind| match kind {
        Kind::P5 => "p5",
        Kind::Js => "js",
        Kind::Html => "html",
    });
    let said = [
        ("type", kind.map(Into::into)),
        ("p5", args.p5.map(Into::into)),
        ("width", args.width.map(Into::into)),
        ("height", args.height.map(Into::into)),
        ("scale", args.scale.map(Into::into)),
        ("fps", args.fps.map(Into::into)),
        ("duration", args.duration.map(Into::into)),
        ("frames", args.frames.map(Into::into)),
        ("frame", args.frame.map(Into::into)),
        ("seed", args.seed.map(Into::into)),
        ("codec", args.codec.map(Into::into)),
        ("transparent", args.transparent.then_some(true.into())),
        ("fast", args.fast.then_some(true.into())),
        ("realTime", args.real_time.then_some(true.into())),
        ("parallel", args.parallel.map(Into::into)),
        ("fullPage", args.full_page.then_some(true.into())),
        ("quality", args.quality.map(Into::into)),
        ("timeout", args.timeout.map(Into::into)),
    ];
    for (name, value) in said {
        if let Some(value) = value {
            fields.insert(name.to_owned(), value);
        }
    }
    Given {
        file: args.file,
        is_job: args.job,
        out: args.out,
        fields,
    }
}
