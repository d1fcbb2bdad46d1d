//! The cutter's own thread: takes notes, hands frames to the encoder.

use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

use bytes::Bytes;
use tokio::sync::mpsc::Sender;

use crate::film::cutter::Cutter;
use crate::film::error::FilmError;
use crate::film::notes::{Note, Start};

/// A picture comes at most so long after it was drawn, or never: a browser on a busy machine takes a while to encode it.
const LATEST: Duration = Duration::from_secs(3);

/// It is waited for at least so long while none is known to be slow. The film is ready the sooner after its last step.
const PROMPT: Duration = Duration::from_millis(1500);

/// The slowest picture is so many times as slow as those before it, at most.
const SURPRISE: u32 = 4;

/// What happens is noted at once; a picture's own time may be a little ahead of ours.
const SOONEST: Duration = Duration::from_millis(120);

/// How often it is looked whether time alone has made a frame due.
const LOOK: Duration = Duration::from_millis(100);

/// What was cut.
pub(crate) struct Cut {
    pub(crate) frames: u32,
    pub(crate) late: u64,
    pub(crate) merged: u64,
}

/// Runs until the film's end has been told and every frame is handed over, or nobody wants frames any more. `see` is
/// shown each frame with its time. `start` is the film's beginning where its time is the real one; else everything has been
/// told up to the newest picture.
pub(crate) fn run(
    mut cutter: Cutter,
    notes: &Receiver<Note>,
    frames: &Sender<Bytes>,
    see: &mut dyn FnMut(&Bytes, Duration),
    start: Option<Start>,
) -> Result<Option<Cut>, FilmError> {
    let mut known = Duration::ZERO;
    let mut newest = Duration::ZERO;
    let mut slowest = Duration::ZERO;
    let mut end = None;
    while end.is_none() {
        let mut note = match notes.recv_timeout(LOOK) {
            Ok(note) => Some(note),
            Err(RecvTimeoutError::Timeout) => None,
            // Whoever performed has given up.
            Err(RecvTimeoutError::Disconnected) => return Ok(None),
        };
        while let Some(told) = note {
            match told {
                Note::Picture(at, picture) => {
                    newest = newest.max(at);
                    let took = start.map(|start| start.elapsed().saturating_sub(at));
                    slowest = slowest.max(took.unwrap_or_default());
                    cutter.picture(at, picture);
                }
                Note::Same(at) => newest = newest.max(at),
                Note::Happening(at, happening) => cutter.happening(at, happening),
                Note::End(at) => end = Some(at),
            }
            note = notes.try_recv().ok();
        }
        known = known.max(match start.map(Start::elapsed) {
            Some(now) => newest
                .max(now.saturating_sub((slowest * SURPRISE).clamp(PROMPT, LATEST)))
                .min(now.saturating_sub(SOONEST)),
            None => newest,
        });
        let last = end.map(|end| cutter.frames_in(end));
        if last.is_some() {
            known = Duration::MAX;
        }
        while last.is_none_or(|last| cutter.frames() < last) {
            let Some(frame) = cutter.next(known)? else {
                break;
            };
            see(&frame, cutter.time_of_last());
            if frames.blocking_send(frame).is_err() {
                return Ok(None);
            }
        }
    }
    let (late, merged) = cutter.counts();
    Ok(Some(Cut {
        frames: cutter.frames(),
        late,
        merged,
    }))
}
