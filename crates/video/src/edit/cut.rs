//! Makes a film of films: one call from the order to the finished file.

use std::ffi::OsString;
use std::path::Path;
use std::process::Stdio;
use std::time::Instant;

use browser::Progress;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, BufReader};

use super::document::Edit;
use super::dull;
use super::error::EditError;
use super::graph;
use super::lay::{self, Laid};
use super::order::{EditOrder, Edited, EditedClip, EditedOverlay};
use super::plan::{self, Plan, Source};
use crate::draft::{self, DraftFile};
use crate::error::RenderError;
use crate::film::finish::{self, About};
use crate::film::{Cost, Haste, Heard, Meter, encoding};
use crate::label::{self, Label, PLAIN_FILES};
use crate::made;
use crate::renderer::FramesDone;
use crate::sound::{Mix, coding};
use crate::tool;

/// Makes a film at `target`. What was there before stays until the film is whole. `tell` is called as frames are written.
/// Cancel it by `progress`, or drop it.
///
/// # Errors
/// Says what failed, and whether the edit or the machine is to blame; nothing new is left under the name of the target.
pub async fn edit(
    progress: &Progress,
    order: &EditOrder,
    target: &Path,
    tell: impl FnMut(FramesDone) + Send,
) -> Result<Edited, EditError> {
    let limited = progress.within(order.time_limit);
    match make(&limited, order, target, tell).await {
        Err(error)
            if limited.remaining().is_zero()
                && !progress.cancel_token().is_cancelled()
                && !matches!(error, EditError::Cancelled) =>
        {
            Err(EditError::TimeLimit(order.time_limit))
        }
        made => made,
    }
}

async fn make(
    progress: &Progress,
    order: &EditOrder,
    target: &Path,
    mut tell: impl FnMut(FramesDone) + Send,
) -> Result<Edited, EditError> {
    let begun = Instant::now();
    order.edit.check()?;
    let draft = DraftFile::beside(target)?;
    if let Some(sound) = &order.sound {
        sound.open(progress).await?;
    }
    let sources = sources(progress, order).await?;
    let plan = plan::plan(&order.edit, &sources)?;
    let chapters = plan::chapters(&plan, &sources);
    let duration = plan.setup.rate.time_of(plan.frames);
    let about = About {
        title: order.edit.title.as_deref(),
        chapters: &chapters,
        duration,
    };
    let notes = draft::hidden_beside(draft.path())?;
    std::fs::write(notes.path(), finish::metadata(&about))
        .map_err(|source| RenderError::file("writing", notes.path(), source))?;
    let laid = lay::lay(progress, order, &plan, draft.path()).await?;
    let arguments = arguments(order, (&plan, &laid), notes.path(), draft.path());
    let mut told = |done: u32| {
        tell(FramesDone {
            done: done.min(plan.frames),
            of: plan.frames,
        });
    };
    let (cpu_percent, peak_memory_bytes) = run(progress, arguments, &mut told).await?;
    let encoded = Instant::now();
    let label = label::read(progress, draft.path()).await?;
    if label.frames != plan.frames {
        let message = format!("{} frames in place of {}", label.frames, plan.frames);
        return Err(RenderError::WrongOutput(message).into());
    }
    let (bytes, sha256) = made::weigh(draft.path())?;
    let extras = finish::extras(progress, draft.path(), &label, &order.extras).await?;
    draft.publish()?;
    Ok(Edited {
        path: target.to_owned(),
        media_type: order.container.media_type(),
        codec: label.codec,
        width: label.width,
        height: label.height,
        fps: label.fps,
        duration_ms: label.duration * 1000.0,
        frames: label.frames,
        bytes,
        bitrate: label.bitrate,
        sha256,
        sound: label.sound.map(Heard::from),
        chapters,
        extras,
        clips: clips(&order.edit, &plan),
        overlays: laid.iter().map(|laid| overlay(laid, &plan)).collect(),
        cost: Cost {
            elapsed_ms: begun.elapsed().as_secs_f64() * 1000.0,
            processing_ms: encoded.elapsed().as_secs_f64() * 1000.0,
            cpu_percent,
            peak_memory_bytes,
        },
    })
}

/// What the films of the clips are; each file is looked at once.
async fn sources(progress: &Progress, order: &EditOrder) -> Result<Vec<Source>, EditError> {
    let mut sources: Vec<Source> = Vec::new();
    for (index, (clip, path)) in order.edit.clips.iter().zip(&order.films).enumerate() {
        let known = || (0..index).filter(|other| order.films[*other] == *path);
        let label: Label = match known().next() {
            Some(known) => sources[known].label.clone(),
            None => label::read(progress, path)
                .await
                .map_err(|error| match error {
                    RenderError::Cancelled => EditError::Cancelled,
                    source => EditError::Film {
                        place: format!("clips[{index}]"),
                        path: path.clone(),
                        source: Box::new(source),
                    },
                })?,
        };
        // All of a film is decoded to find them.
        let mut looked = known().filter(|other| order.edit.clips[*other].dull.is_some());
        let dull = match (clip.dull, looked.next()) {
            (None, _) => Vec::new(),
            (Some(_), Some(known)) => sources[known].dull.clone(),
            (Some(_), None) => dull::find(progress, path).await?,
        };
        sources.push(Source { label, dull });
    }
    if sources.len() < order.edit.clips.len() {
        return Err(EditError::document("clips", "each needs its film"));
    }
    Ok(sources)
}

fn arguments(
    order: &EditOrder,
    (plan, laid): (&Plan, &[Laid]),
    notes: &Path,
    target: &Path,
) -> Vec<OsString> {
    let mut arguments: Vec<OsString> = ["-v", "error", "-nostdin"].map(Into::into).into();
    arguments.extend(["-progress", "pipe:1", "-stats_period", "0.25"].map(Into::into));
    for path in &order.films {
        arguments.extend(PLAIN_FILES.map(Into::into));
        arguments.extend(["-i".into(), label::file(path)]);
    }
    for laid in laid {
        arguments.extend(["-f", "png_pipe", "-i"].map(Into::into));
        arguments.push(label::file(laid.file.path()));
    }
    let pictures = order.films.len() + laid.len();
    let seconds = plan.setup.rate.time_of(plan.frames) / 1000.0;
    let mut graph = graph::graph(plan, laid);
    let own = graph::has_sound(plan).then_some("[own]");
    let added = order.sound.clone().unwrap_or_default();
    let is_heard = own.is_some() || !added.is_empty();
    let mut sounds = 0;
    if is_heard {
        let mix = Mix::new(&added, pictures, seconds, own);
        arguments.extend(mix.inputs);
        graph.push(';');
        graph += &mix.graph;
        sounds = mix.files;
    }
    arguments.extend(["-f", "ffmetadata", "-i"].map(Into::into));
    arguments.push(notes.into());
    let notes = (pictures + sounds).to_string();
    arguments.extend(["-filter_complex".into(), graph.into()]);
    arguments.extend(["-map", "[film]"].map(Into::into));
    if is_heard {
        arguments.extend(["-map", "[sound]"].map(Into::into));
        arguments.extend(coding(order.container).map(Into::into));
    }
    arguments.extend(["-map_metadata", &notes, "-map_chapters", &notes].map(Into::into));
    arguments.extend(
        encoding(plan.setup, order.container, Haste::None)
            .into_iter()
            .map(Into::into),
    );
    arguments.extend(finish::muxer(order.container));
    arguments.push(target.into());
    arguments
}

/// Runs ffmpeg, and tells how many frames it has written. The answer is what it took: processor time in per cent of one core,
/// and the most memory in bytes, ours too.
async fn run(
    progress: &Progress,
    arguments: Vec<OsString>,
    tell: &mut (dyn FnMut(u32) + Send),
) -> Result<(f64, u64), RenderError> {
    const DOING: &str = "editing";
    let program = "ffmpeg";
    let mut child = tool::command(program, arguments)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|source| RenderError::Program { program, source })?;
    let meter = Meter::start(child.id().into_iter().collect());
    let (Some(output), Some(mut words)) = (child.stdout.take(), child.stderr.take()) else {
        return Err(tool::failed(program, b"it has no output"));
    };
    let mut said = Vec::new();
    let watching = async {
        let mut lines = BufReader::new(output).lines();
        while let Ok(Some(line)) = lines.next_line().await {
            if let Some(frames) = line.strip_prefix("frame=")
                && let Ok(frames) = frames.trim().parse()
            {
                tell(frames);
            }
        }
    };
    let running = async {
        let ((), read) = tokio::join!(watching, words.read_to_end(&mut said));
        read?;
        child.wait().await
    };
    let status = progress
        .race(DOING, running)
        .await
        .map_err(|why| RenderError::browser(DOING, why.into()))?
        .map_err(|source| RenderError::Program { program, source })?;
    if status.success() {
        Ok(meter.stop())
    } else {
        Err(tool::failed(program, &said))
    }
}

fn clips(edit: &Edit, plan: &Plan) -> Vec<EditedClip> {
    let rate = plan.setup.rate;
    let of = |(clip, planned): (&super::Clip, &plan::Planned)| EditedClip {
        film: clip.film.clone(),
        from_ms: planned.pieces.first().map_or(0.0, |piece| piece.from) * 1000.0,
        to_ms: planned.pieces.last().map_or(0.0, |piece| piece.to) * 1000.0,
        at_ms: rate.time_of(planned.at),
        duration_ms: rate.time_of(planned.frames),
        dull_ms: planned.dull * 1000.0,
    };
    edit.clips.iter().zip(&plan.clips).map(of).collect()
}

fn overlay(laid: &Laid, plan: &Plan) -> EditedOverlay {
    let rate = plan.setup.rate;
    EditedOverlay {
        from_ms: rate.time_of(laid.seen.from),
        to_ms: rate.time_of(laid.seen.to),
        x: laid.at.0,
        y: laid.at.1,
        width: laid.size.0,
        height: laid.size.1,
    }
}
