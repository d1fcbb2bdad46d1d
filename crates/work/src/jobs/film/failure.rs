//! What a failed film says, and whether another attempt may do better.

use browser::BrowserError;
use store::{FilmFailure, StoreError};
use video::{EditError, FilmError, StepFault};

use crate::error::{FULL, NO_ROOM_TO_WORK, chain};
use crate::films::{FilmAskError, WrongOrder};

/// Whether the error is the machine's and may be gone with the next attempt.
pub(super) fn may_pass(error: &FilmError) -> bool {
    match error {
        error if error.is_disk_full() => false,
        // It is not there the next time either.
        FilmError::Browser {
            source: BrowserError::Unsupported { .. },
            ..
        } => false,
        FilmError::Browser { .. }
        | FilmError::File { .. }
        | FilmError::NoPicture(_)
        | FilmError::Unheard
        | FilmError::Output(_) => true,
        FilmError::Step {
            source: StepFault::Film(error),
            ..
        } => may_pass(error),
        _ => false,
    }
}

pub(super) fn of_film(error: &FilmError) -> FilmFailure {
    if error.is_disk_full() {
        return no_room(error);
    }
    let code = match error {
        FilmError::Site { .. } => "site-unreachable",
        FilmError::Refused { .. } => "site-refused",
        FilmError::Step { .. } => "step-failed",
        FilmError::TimeLimit(_) => "timeout",
        FilmError::NoPicture(_) => "no-picture",
        FilmError::Setup(_) => "invalid-setup",
        FilmError::Unsteady(_) => "unsteady",
        FilmError::Browser { .. } => "browser",
        FilmError::NoSoundServer => "no-sound-server",
        FilmError::File { .. } => "file",
        FilmError::Output(_) => "encoder",
        _ => "could-not-film",
    };
    FilmFailure {
        code: code.to_owned(),
        message: chain(error),
        step: match error {
            FilmError::Step { number, .. } => u32::try_from(*number).ok(),
            _ => None,
        },
        of_the_script: error.is_of_the_script(),
    }
}

fn no_room(error: &dyn std::error::Error) -> FilmFailure {
    FilmFailure {
        code: FULL.to_owned(),
        message: format!("{NO_ROOM_TO_WORK}: {}", chain(error)),
        step: None,
        of_the_script: false,
    }
}

/// Whether another attempt may do better, and what is said when there is none.
pub(super) fn of_edit(error: &EditError) -> (bool, FilmFailure) {
    if error.is_disk_full() {
        return (false, no_room(error));
    }
    let code = match error {
        EditError::Document { .. } => "invalid-edit",
        EditError::Film { .. } => "clip-unreadable",
        EditError::Picture { .. } => "picture-unreadable",
        EditError::Words(_) => "browser",
        EditError::TimeLimit(_) => "timeout",
        _ => "encoder",
    };
    let failure = FilmFailure {
        code: code.to_owned(),
        message: chain(error),
        step: None,
        of_the_script: error.is_of_the_edit(),
    };
    (!error.is_of_the_edit(), failure)
}

/// A clip's film is not there any more.
pub(super) fn of_clips(error: &FilmAskError) -> FilmFailure {
    FilmFailure {
        code: "clip-missing".to_owned(),
        message: chain(error),
        step: None,
        of_the_script: true,
    }
}

/// A sound is not there any more.
pub(super) fn of_sounds(error: &FilmAskError) -> FilmFailure {
    FilmFailure {
        code: "sound-missing".to_owned(),
        ..of_clips(error)
    }
}

/// A picture is not there any more.
pub(super) fn of_pictures(error: &FilmAskError) -> FilmFailure {
    FilmFailure {
        code: "picture-missing".to_owned(),
        ..of_clips(error)
    }
}

/// The values of its variables cannot be opened here.
pub(super) fn of_values(error: &StoreError) -> FilmFailure {
    FilmFailure {
        code: "invalid-options".to_owned(),
        message: chain(error),
        step: None,
        of_the_script: false,
    }
}

pub(super) fn of_order(wrong: &WrongOrder) -> FilmFailure {
    FilmFailure {
        code: "invalid-order".to_owned(),
        message: wrong.to_string(),
        step: None,
        of_the_script: true,
    }
}
