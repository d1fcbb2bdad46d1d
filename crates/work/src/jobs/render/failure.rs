//! What a failed render says, and whether another attempt may do better.

use delivery::{DeliverError, PlaceError};
use store::RenderFailure;
use video::{JobError, RenderError};

use crate::error::{FULL, NO_ROOM_TO_WORK, chain};

/// The code of addresses that could not be opened.
const UNREACHABLE: &str = "unreachable";

/// Whether the error is the machine's and may be gone with the next attempt.
pub(super) fn may_pass(error: &RenderError, attempt: u32) -> bool {
    match error {
        error if error.is_disk_full() => false,
        RenderError::Browser { .. }
        | RenderError::BrowserGone { .. }
        | RenderError::File { .. }
        | RenderError::Encoder { .. } => true,
        // A page's process dies of what its code does, and of what others do to it: one more attempt tells them apart.
        RenderError::Crashed { .. } => attempt == 1,
        _ => false,
    }
}

pub(super) fn of_render(error: &RenderError) -> RenderFailure {
    if error.is_disk_full() {
        return RenderFailure {
            code: FULL.to_owned(),
            message: format!("{NO_ROOM_TO_WORK}: {}", chain(error)),
            of_the_code: false,
        };
    }
    let code = match error {
        RenderError::NoFramesOnCommand => "no-browser",
        RenderError::NoLibrary(_) => "no-library",
        RenderError::Code { .. } => "code-failed",
        RenderError::Stuck { .. } => "stuck",
        RenderError::TimeLimit { .. } => "timeout",
        RenderError::Cancelled => "cancelled",
        RenderError::Navigated => "navigated",
        RenderError::Site { .. } => UNREACHABLE,
        RenderError::Refused { .. } => "refused",
        RenderError::Crashed { .. } => "crashed",
        RenderError::Memory { .. } => "memory",
        RenderError::Cpu { .. } => "cpu",
        RenderError::TooLarge { .. } => "too-large",
        RenderError::Program { .. } => "no-encoder",
        RenderError::WrongOutput(_) => "wrong-output",
        _ => "could-not-render",
    };
    RenderFailure {
        code: code.to_owned(),
        message: chain(error),
        of_the_code: error.is_of_the_code(),
    }
}

/// An address could not be opened, and the network door knows why.
pub(super) fn of_site(reason: String) -> RenderFailure {
    RenderFailure {
        code: UNREACHABLE.to_owned(),
        message: reason,
        of_the_code: true,
    }
}

/// The job was checked when it was taken; another version of the product took it.
pub(super) fn of_job(error: &JobError) -> RenderFailure {
    RenderFailure {
        code: "invalid-job".to_owned(),
        message: chain(error),
        of_the_code: true,
    }
}

/// The worker is set up otherwise than the server that took the job.
pub(super) fn of_place(error: &PlaceError) -> RenderFailure {
    RenderFailure {
        code: "invalid-place".to_owned(),
        message: chain(error),
        of_the_code: false,
    }
}

pub(super) fn of_delivery(error: &DeliverError) -> RenderFailure {
    RenderFailure {
        code: error.code().to_owned(),
        message: chain(error),
        of_the_code: false,
    }
}
