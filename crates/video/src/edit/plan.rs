//! From a document and what its films say of themselves to what is cut where.

use super::document::{Clip, Crop, Edit, Transition, TransitionKind};
use super::error::EditError;
use super::overlay::Overlay;
use super::still;
use crate::film::{Chapter, Setup};
use crate::job::FrameRate;
use crate::label::Label;

/// Seconds at the ends of a dull part that keep their speed, so that nothing seems to jump.
const KEPT: f64 = 0.25;

/// Milliseconds that an overlay takes to come and to go.
const FADE: f64 = 200.0;

/// What is cut where.
#[derive(Debug)]
pub(super) struct Plan {
    pub(super) setup: Setup,
    pub(super) clips: Vec<Planned>,
    /// Of the whole film.
    pub(super) frames: u32,
    /// In order.
    pub(super) overlays: Vec<Seen>,
}

/// When an overlay is seen, in frames of the new film.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Seen {
    /// The first one.
    pub(super) from: u32,
    /// The first one without it.
    pub(super) to: u32,
    /// In which it comes; none when it is there with the film.
    pub(super) comes: u32,
    /// In which it goes; none when it is there until the film ends.
    pub(super) goes: u32,
}

/// A clip.
#[derive(Debug, Clone)]
pub(super) struct Planned {
    /// In order, without gaps.
    pub(super) pieces: Vec<Piece>,
    pub(super) crop: Option<Crop>,
    /// Frames of the new film.
    pub(super) frames: u32,
    /// Frames of the new film before it is seen.
    pub(super) at: u32,
    /// How it comes in, and for how many frames.
    pub(super) transition: Option<(TransitionKind, u32)>,
    pub(super) has_sound: bool,
    /// Seconds of the old film that went by faster.
    pub(super) dull: f64,
}

/// A part of a clip with one speed; seconds of the old film.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Piece {
    pub(super) from: f64,
    pub(super) to: f64,
    pub(super) speed: f64,
}

impl Piece {
    fn seconds(self) -> f64 {
        (self.to - self.from) / self.speed
    }
}

/// What is known of a clip's film: its label, and where it is dull if somebody wants to know.
pub(super) struct Source {
    pub(super) label: Label,
    pub(super) dull: Vec<(f64, Option<f64>)>,
}

/// What is known of a clip's film without its file.
#[derive(Debug, Clone, PartialEq)]
pub struct KnownFilm {
    /// Pixels, across and down.
    pub size: (u32, u32),
    /// Frames a second.
    pub fps: f64,
    /// Milliseconds.
    pub duration_ms: f64,
    /// In order.
    pub chapters: Vec<Chapter>,
}

impl Edit {
    /// Whether it can be made of these films, one for each clip, and pictures, one for each overlay that is one, by how many
    /// pixels they are wide and high. Nobody looks at what is in them: where films are dull is not known, so that the new film
    /// counts as long as it can be at most.
    ///
    /// # Errors
    /// Says where and what.
    pub fn check_with(
        &self,
        films: &[KnownFilm],
        pictures: &[(u32, u32)],
    ) -> Result<(), EditError> {
        let sources: Vec<Source> = films.iter().map(Source::from).collect();
        plan(self, &sources)?;
        let Some(first) = films.first() else {
            return Ok(());
        };
        let setup = self.setup(first.size, first.fps)?;
        let film = (setup.width, setup.height);
        let overlays = self.overlays.iter().enumerate();
        let laid = overlays.filter(|(_, overlay)| overlay.picture.is_some());
        for ((index, overlay), &own) in laid.zip(pictures) {
            still::seen(own, overlay.width, film)
                .map_err(|size| still::too_large(index, size, film))?;
        }
        Ok(())
    }
}

impl From<&KnownFilm> for Source {
    fn from(film: &KnownFilm) -> Self {
        let chapters = film.chapters.iter();
        Self {
            label: Label {
                codec: String::new(),
                width: film.size.0,
                height: film.size.1,
                fps: film.fps,
                frames: 0,
                duration: film.duration_ms / 1000.0,
                bitrate: 0,
                sound: None,
                chapters: chapters
                    .map(|chapter| (chapter.title.clone(), chapter.start_ms))
                    .collect(),
            },
            dull: Vec::new(),
        }
    }
}

pub(super) fn plan(edit: &Edit, sources: &[Source]) -> Result<Plan, EditError> {
    let first = sources.first().map(|source| &source.label);
    let first = first.ok_or_else(|| EditError::document("clips", "there is none"))?;
    let setup = edit.setup((first.width, first.height), first.fps)?;
    let mut clips: Vec<Planned> = Vec::new();
    for (index, (clip, source)) in edit.clips.iter().zip(sources).enumerate() {
        let wrong = |(field, problem): (&str, String)| {
            EditError::document(format!("clips[{index}].{field}"), problem)
        };
        let before = clips.last();
        let planned = clip_of(clip, source, setup.rate, before).map_err(wrong)?;
        clips.push(planned);
    }
    let frames = clips.last().map_or(0, |last| last.at + last.frames);
    let mut overlays = Vec::new();
    for (index, overlay) in edit.overlays.iter().enumerate() {
        let seen = seen(overlay, setup.rate, frames).map_err(|(field, problem)| {
            EditError::document(format!("overlays[{index}].{field}"), problem)
        })?;
        overlays.push(seen);
    }
    Ok(Plan {
        setup,
        clips,
        frames,
        overlays,
    })
}

/// It is seen in one frame at least.
fn seen(overlay: &Overlay, rate: FrameRate, frames: u32) -> Result<Seen, Problem> {
    let frame = |at: super::Span| frames_in(at.0.as_secs_f64(), rate);
    let from = overlay.from.map_or(0, frame);
    if from >= frames {
        let end = rate.time_of(frames) / 1000.0;
        return Err(("from", format!("the new film ends after {end:.2} s")));
    }
    let to = overlay.to.map_or(frames, frame).clamp(from + 1, frames);
    // However short it is, a third of its time it is there in full.
    let fade = frames_in(FADE / 1000.0, rate).min((to - from) / 3);
    Ok(Seen {
        from,
        to,
        comes: if from == 0 { 0 } else { fade },
        goes: if to == frames { 0 } else { fade },
    })
}

type Problem = (&'static str, String);

fn clip_of(
    clip: &Clip,
    source: &Source,
    rate: FrameRate,
    before: Option<&Planned>,
) -> Result<Planned, Problem> {
    let Label { width, height, .. } = source.label;
    let (from, to) = range(clip, &source.label)?;
    if let Some(crop) = clip.crop
        && (crop.x.saturating_add(crop.width) > width
            || crop.y.saturating_add(crop.height) > height)
    {
        let problem = format!("it reaches beyond the film, which has {width} × {height} pixels");
        return Err(("crop", problem));
    }
    let speed = clip.speed.unwrap_or(1.0);
    let (pieces, dull) = match clip.dull {
        Some(faster) => pieces(from, to, speed, faster, &source.dull),
        None => (vec![Piece { from, to, speed }], 0.0),
    };
    let seconds: f64 = pieces.iter().map(|piece| piece.seconds()).sum();
    let frames = frames_in(seconds, rate).max(1);
    let transition = match (clip.transition, before) {
        (Some(transition), Some(before)) => blend(transition, rate, before, frames)?,
        _ => None,
    };
    let before_it = before.map_or(0, |before| before.at + before.frames);
    Ok(Planned {
        pieces,
        crop: clip.crop,
        frames,
        at: before_it - transition.map_or(0, |(_, frames)| frames),
        transition,
        has_sound: source.label.sound.is_some(),
        dull,
    })
}

fn blend(
    transition: Transition,
    rate: FrameRate,
    before: &Planned,
    frames: u32,
) -> Result<Option<(TransitionKind, u32)>, Problem> {
    let takes = frames_in(transition.duration.0.as_secs_f64(), rate);
    if transition.kind == TransitionKind::Cut || takes == 0 {
        return Ok(None);
    }
    // What comes in while the clip before still comes in itself would be three pictures at once.
    let free = before.frames - before.transition.map_or(0, |(_, frames)| frames);
    // Each is seen alone, too, be it for a frame.
    if takes >= free.min(frames) {
        let problem = format!(
            "it takes {:.2} s, and one of its two clips is no longer than that",
            transition.duration.0.as_secs_f64()
        );
        return Err(("transition", problem));
    }
    Ok(Some((transition.kind, takes)))
}

fn range(clip: &Clip, label: &Label) -> Result<(f64, f64), Problem> {
    let end = label.duration;
    if let Some(name) = &clip.chapter {
        let chapters = &label.chapters;
        let Some(index) = chapters.iter().position(|(title, _)| title == name) else {
            let names: Vec<&str> = chapters.iter().map(|(title, _)| title.as_str()).collect();
            let problem = format!("the film has no chapter {name:?}; its chapters: {names:?}");
            return Err(("chapter", problem));
        };
        let until = chapters.get(index + 1).map_or(end, |next| next.1 / 1000.0);
        return Ok((chapters[index].1 / 1000.0, until));
    }
    let from = clip.from.map_or(0.0, |from| from.0.as_secs_f64());
    let to = clip.to.map_or(end, |to| to.0.as_secs_f64()).min(end);
    if from >= end {
        return Err(("from", format!("the film ends after {end:.2} s")));
    }
    if from >= to {
        return Err(("to", format!("it ends before it begins, at {from:.2} s")));
    }
    Ok((from, to))
}

/// Parts that are dull are faster. The answer has the seconds of the old film that are.
fn pieces(
    from: f64,
    to: f64,
    speed: f64,
    faster: f64,
    dull: &[(f64, Option<f64>)],
) -> (Vec<Piece>, f64) {
    let mut pieces = Vec::new();
    let (mut at, mut all) = (from, 0.0);
    for (begin, end) in dull {
        let (begin, end) = (begin + KEPT, end.unwrap_or(to).min(to) - KEPT);
        let begin = begin.max(at);
        if end - begin < KEPT {
            continue;
        }
        if begin > at {
            pieces.push(Piece {
                from: at,
                to: begin,
                speed,
            });
        }
        pieces.push(Piece {
            from: begin,
            to: end,
            speed: speed * faster,
        });
        all += end - begin;
        at = end;
    }
    if at < to {
        pieces.push(Piece {
            from: at,
            to,
            speed,
        });
    }
    (pieces, all)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "films are hours at most, and never of less than no time"
)]
fn frames_in(seconds: f64, rate: FrameRate) -> u32 {
    (seconds * rate.per_second()).round() as u32
}

/// Where the chapters of the old films are in the new one.
pub(super) fn chapters(plan: &Plan, sources: &[Source]) -> Vec<Chapter> {
    let mut chapters = Vec::new();
    for (clip, source) in plan.clips.iter().zip(sources) {
        let begins = plan.setup.rate.time_of(clip.at);
        for (title, old) in &source.label.chapters {
            let old = old / 1000.0;
            let Some(seconds) = clip.seconds_until(old) else {
                continue;
            };
            chapters.push(Chapter {
                title: title.clone(),
                start_ms: begins + seconds * 1000.0,
            });
        }
    }
    chapters
}

impl Planned {
    /// Seconds of the clip in the new film before this second of the old one; none when that is not in it.
    fn seconds_until(&self, old: f64) -> Option<f64> {
        let mut seconds = 0.0;
        for piece in &self.pieces {
            if (piece.from..piece.to).contains(&old) {
                return Some(seconds + (old - piece.from) / piece.speed);
            }
            seconds += piece.seconds();
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(seconds: f64, dull: Vec<(f64, Option<f64>)>) -> Source {
        Source {
            label: Label {
                codec: "h264".to_owned(),
                width: 1280,
                height: 720,
                fps: 30.0,
                frames: 0,
                duration: seconds,
                bitrate: 0,
                sound: None,
                chapters: vec![("One".to_owned(), 0.0), ("Two".to_owned(), 4000.0)],
            },
            dull,
        }
    }

    fn planned(text: &str, sources: &[Source]) -> Result<Plan, EditError> {
        plan(&Edit::parse(text)?, sources)
    }

    #[test]
    fn dull_parts_are_faster_and_keep_their_edges() {
        let text = "clips: [{ film: a, dull: 4, from: 1s }]";
        let film = [source(
            20.0,
            vec![(5.0, Some(13.5)), (14.0, Some(14.6)), (18.0, None)],
        )];
        let plan = planned(text, &film).unwrap();
        let speeds: Vec<_> = plan.clips[0]
            .pieces
            .iter()
            .map(|piece| piece.speed)
            .collect();
        assert_eq!(speeds, [1.0, 4.0, 1.0, 4.0, 1.0]);
        // 8 s and 1.5 s at four times the speed, 9.5 s as they are.
        assert_eq!(plan.frames, 356, "{plan:?}");
        assert!((plan.clips[0].dull - 9.5).abs() < 1e-9);
    }

    #[test]
    fn a_transition_lets_clips_overlap_and_chapters_move_with_them() {
        let text = "clips: [{ film: a, to: 3s }, { film: b, chapter: Two, transition: { kind: fade, duration: 1s } }]";
        let films = [source(10.0, vec![]), source(10.0, vec![])];
        let plan = planned(text, &films).unwrap();
        assert_eq!(plan.clips[1].at, 60);
        assert_eq!(plan.frames, 60 + 180);
        let chapters = chapters(&plan, &films);
        let begins: Vec<_> = chapters
            .iter()
            .map(|one| (one.title.as_str(), one.start_ms))
            .collect();
        assert_eq!(begins, [("One", 0.0), ("Two", 2000.0)]);
    }

    #[test]
    fn an_overlay_fades_where_the_film_goes_on_without_it() {
        let text = "clips: [{ film: a, to: 4s }]
overlays: [{ text: a }, { text: b, from: 1s, to: 3s }, { text: c, from: 3900ms, to: 9s }, { text: d, to: 1ms }]";
        let plan = planned(text, &[source(10.0, vec![])]).unwrap();
        let seen: Vec<_> = plan
            .overlays
            .iter()
            .map(|seen| (seen.from, seen.to, seen.comes, seen.goes))
            .collect();
        assert_eq!(
            seen,
            [
                (0, 120, 0, 0),
                (30, 90, 6, 6),
                (117, 120, 1, 0),
                (0, 1, 0, 0)
            ]
        );
    }

    #[test]
    fn a_film_whose_dull_parts_are_not_known_counts_as_long_as_it_can_be() {
        let film = KnownFilm {
            size: (1280, 720),
            fps: 30.0,
            duration_ms: 10_000.0,
            chapters: Vec::new(),
        };
        let check = |from: &str| {
            let text = format!(
                "clips: [{{ film: a, dull: 8, speed: 2 }}]\noverlays: [{{ text: a, from: {from} }}]"
            );
            Edit::parse(&text)
                .unwrap()
                .check_with(std::slice::from_ref(&film), &[])
        };
        assert!(check("4900ms").is_ok());
        let error = check("5s").unwrap_err();
        assert!(
            matches!(&error, EditError::Document { place, .. } if place == "overlays[0].from"),
            "{error}"
        );
    }

    #[test]
    fn a_picture_that_is_larger_than_the_film_is_named_by_its_width() {
        let film = KnownFilm {
            size: (1280, 720),
            fps: 30.0,
            duration_ms: 10_000.0,
            chapters: Vec::new(),
        };
        let text = "clips: [{ film: a }]\noverlays: [{ picture: a }, { text: b }, { picture: c, width: 400 }]";
        let edit = Edit::parse(text).unwrap();
        let check = |high| edit.check_with(std::slice::from_ref(&film), &[(9000, 90), (100, high)]);
        assert!(check(180).is_ok());
        let error = check(181).unwrap_err();
        assert!(
            matches!(&error, EditError::Document { place, problem } if place == "overlays[2].width" && problem.contains("400 × 724")),
            "{error}"
        );
    }

    #[test]
    fn what_a_film_does_not_hold_is_named() {
        for (text, place) in [
            ("clips: [{ film: a, from: 30s }]", "clips[0].from"),
            ("clips: [{ film: a, from: 3s, to: 2s }]", "clips[0].to"),
            ("clips: [{ film: a, chapter: Three }]", "clips[0].chapter"),
            (
                "clips: [{ film: a, crop: { x: 1000, width: 600, height: 160 } }]",
                "clips[0].crop",
            ),
            (
                "clips: [{ film: a, to: 1s }, { film: b, transition: { kind: wipe, duration: 2s } }]",
                "clips[1].transition",
            ),
            ("fps: 500\nclips: [{ film: a }]", "fps"),
            (
                "clips: [{ film: a, to: 1s }]\noverlays: [{ text: a }, { text: b, from: 1s }]",
                "overlays[1].from",
            ),
        ] {
            let films = [source(10.0, vec![]), source(10.0, vec![])];
            let error = planned(text, &films).unwrap_err();
            assert!(
                matches!(&error, EditError::Document { place: named, .. } if named == place),
                "{text}: {error}"
            );
        }
    }
}
