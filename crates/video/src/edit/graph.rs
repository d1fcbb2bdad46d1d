//! The plan in ffmpeg's words.

use std::fmt::Write as _;

use super::document::{Crop, TransitionKind};
use super::lay::Laid;
use super::plan::{Piece, Plan, Planned};
use crate::sound::COMMON;

/// A filter graph with `[film]`, and `[own]` where the clips have sound. Input `n` is the film of clip `n`; the pictures that
/// are laid over all come after them.
pub(super) fn graph(plan: &Plan, laid: &[Laid]) -> String {
    let mut graph = String::new();
    for (index, clip) in plan.clips.iter().enumerate() {
        picture(&mut graph, plan, index, clip);
    }
    join_pictures(&mut graph, plan);
    lay_over(&mut graph, plan, laid);
    if has_sound(plan) {
        for (index, clip) in plan.clips.iter().enumerate() {
            sound(&mut graph, plan, index, clip);
        }
        join_sounds(&mut graph, plan);
    }
    // No semicolon stands behind the last one.
    graph.pop();
    graph
}

/// Whether any clip brings sound of its own.
pub(super) fn has_sound(plan: &Plan) -> bool {
    plan.clips.iter().any(|clip| clip.has_sound)
}

/// Seconds of so many frames.
fn seconds(plan: &Plan, frames: u32) -> f64 {
    plan.setup.rate.time_of(frames) / 1000.0
}

/// One clip as it will be seen: exactly its frames, at the film's size and rate.
fn picture(graph: &mut String, plan: &Plan, index: usize, clip: &Planned) {
    let rate = plan.setup.rate;
    let begin = match clip.crop {
        Some(Crop {
            x,
            y,
            width,
            height,
        }) => format!("crop={width}:{height}:{x}:{y}"),
        None => "null".to_owned(),
    };
    parts(
        graph,
        &format!("{index}:v:0"),
        ('v', index),
        &clip.pieces,
        &begin,
        |piece| {
            let Piece { from, to, speed } = piece;
            format!("trim=start={from:.6}:end={to:.6},setpts=(PTS-STARTPTS)/{speed:.6}")
        },
    );
    let (width, height) = (plan.setup.width, plan.setup.height);
    let _ = write!(
        graph,
        "fps={rate},scale={width}:{height}:force_original_aspect_ratio=decrease:flags=lanczos,\
         pad={width}:{height}:(ow-iw)/2:(oh-ih)/2:color=black,setsar=1,format=yuv420p,\
         tpad=stop_mode=clone:stop=4,trim=end_frame={frames},setpts=PTS-STARTPTS[clip{index}];",
        frames = clip.frames
    );
}

/// Splits an input into its pieces and joins them again; what follows is written by who asks.
fn parts(
    graph: &mut String,
    input: &str,
    (kind, index): (char, usize),
    pieces: &[Piece],
    begin: &str,
    cut: impl Fn(Piece) -> String,
) {
    let (copy, streams) = match kind {
        'v' => ("split", "v=1:a=0"),
        _ => ("asplit", "v=0:a=1"),
    };
    if let [piece] = pieces {
        let _ = write!(graph, "[{input}]{begin},{},", cut(*piece));
        return;
    }
    let count = pieces.len();
    let _ = write!(graph, "[{input}]{begin},{copy}={count}");
    for part in 0..count {
        let _ = write!(graph, "[{kind}{index}s{part}]");
    }
    graph.push(';');
    for (part, piece) in pieces.iter().enumerate() {
        let _ = write!(
            graph,
            "[{kind}{index}s{part}]{}[{kind}{index}p{part}];",
            cut(*piece)
        );
    }
    for part in 0..count {
        let _ = write!(graph, "[{kind}{index}p{part}]");
    }
    let _ = write!(graph, "concat=n={count}:{streams},");
}

fn join_pictures(graph: &mut String, plan: &Plan) {
    let rate = plan.setup.rate;
    let mut so_far = "[clip0]".to_owned();
    for (index, clip) in plan.clips.iter().enumerate().skip(1) {
        let parts = match clip.transition {
            None => format!("{so_far}[clip{index}]concat=n=2"),
            Some((kind, frames)) => blend(graph, plan, (index, clip.at), (kind, frames), &so_far),
        };
        so_far = format!("[film{index}]");
        // What is joined has lost its rate.
        let _ = write!(graph, "{parts}:v=1:a=0,fps={rate},format=yuv420p{so_far};");
    }
    let _ = write!(
        graph,
        "{so_far}fps={rate},trim=end_frame={}[bare];",
        plan.frames
    );
}

/// Each picture becomes a film as long as it is seen, in the film's colours, and begins at its frame.
fn lay_over(graph: &mut String, plan: &Plan, laid: &[Laid]) {
    let rate = plan.setup.rate;
    let mut so_far = "[bare]".to_owned();
    for (index, Laid { at, seen, .. }) in laid.iter().enumerate() {
        let input = plan.clips.len() + index;
        let frames = seen.to - seen.from;
        let _ = write!(
            graph,
            "[{input}:v:0]scale=out_color_matrix=bt709:out_range=tv,format=yuva420p,\
             loop=loop=-1:size=1,settb=1/({rate}),setpts=N,trim=end_frame={frames}"
        );
        if seen.comes > 0 {
            let _ = write!(graph, ",fade=in:0:{}:alpha=1", seen.comes);
        }
        if seen.goes > 0 {
            let from = frames - seen.goes;
            let _ = write!(graph, ",fade=out:{from}:{}:alpha=1", seen.goes);
        }
        let (x, y) = at;
        let _ = write!(
            graph,
            ",setpts=PTS+{}[over{index}];{so_far}[over{index}]overlay={x}:{y}:eof_action=pass[laid{index}];",
            seen.from
        );
        so_far = format!("[laid{index}]");
    }
    let _ = write!(graph, "{so_far}null[film];");
}

/// What is seen alone before, both for so many frames, what is seen alone afterwards; the answer joins the three. The filter
/// for both is a frame off where it has to find their place itself.
fn blend(
    graph: &mut String,
    plan: &Plan,
    (index, at): (usize, u32),
    (kind, frames): (TransitionKind, u32),
    so_far: &str,
) -> String {
    let rate = plan.setup.rate;
    let begin = format!("setpts=PTS-STARTPTS,fps={rate}");
    let _ = write!(
        graph,
        "{so_far}split[a{index}][b{index}];[clip{index}]split[c{index}][d{index}];\
         [a{index}]trim=end_frame={at},{begin}[before{index}];\
         [b{index}]trim=start_frame={at},{begin}[out{index}];\
         [c{index}]trim=end_frame={frames},{begin}[in{index}];\
         [d{index}]trim=start_frame={frames},{begin}[after{index}];\
         [out{index}][in{index}]xfade=transition={}:duration={:.6}:offset=0,format=yuv420p,\
         tpad=stop_mode=clone:stop=2,trim=end_frame={frames},{begin}[both{index}];",
        transition(kind),
        seconds(plan, frames),
    );
    format!("[before{index}][both{index}][after{index}]concat=n=3")
}

/// ffmpeg's name of it.
fn transition(kind: TransitionKind) -> &'static str {
    match kind {
        TransitionKind::Fade => "fadeblack",
        TransitionKind::Wipe => "wipeleft",
        TransitionKind::Cut | TransitionKind::Dissolve => "fade",
    }
}

fn sound(graph: &mut String, plan: &Plan, index: usize, clip: &Planned) {
    let length = seconds(plan, clip.frames);
    if clip.has_sound {
        let input = format!("{index}:a:0");
        parts(graph, &input, ('a', index), &clip.pieces, COMMON, |piece| {
            let Piece { from, to, speed } = piece;
            format!(
                "atrim=start={from:.6}:end={to:.6},asetpts=PTS-STARTPTS,{}",
                tempo(speed)
            )
        });
        let _ = write!(graph, "apad,");
    } else {
        let _ = write!(graph, "anullsrc=r=48000:cl=stereo,");
    }
    let _ = write!(
        graph,
        "{COMMON},atrim=0:{length:.6},asetpts=PTS-STARTPTS[sound{index}];"
    );
}

/// The filter takes no factor below a half.
fn tempo(speed: f64) -> String {
    if speed < 0.5 {
        format!("atempo=0.5,atempo={:.6}", speed / 0.5)
    } else {
        format!("atempo={speed:.6}")
    }
}

fn join_sounds(graph: &mut String, plan: &Plan) {
    let mut so_far = "[sound0]".to_owned();
    for (index, clip) in plan.clips.iter().enumerate().skip(1) {
        let name = format!("[heard{index}]");
        let _ = match clip.transition {
            None => write!(graph, "{so_far}[sound{index}]concat=n=2:v=0:a=1{name};"),
            Some((_, frames)) => write!(
                graph,
                "{so_far}[sound{index}]acrossfade=d={:.6}:c1=tri:c2=tri{name};",
                seconds(plan, frames)
            ),
        };
        so_far = name;
    }
    let _ = write!(graph, "{so_far}anull[own];");
}
