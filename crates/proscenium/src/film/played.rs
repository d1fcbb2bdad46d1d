//! A recording in front of the camera.

use std::path::Path;

use recording::{Recording, Variables};
use replay::{Files, PlayOptions};
use work::Played;

use crate::run::{Origin, included};

/// Prepares a recording from this file, and says what of it is not performed.
pub(crate) fn played(
    given: &str,
    recording: Recording,
    variables: Variables,
) -> anyhow::Result<(Played, Vec<String>)> {
    let origin = Origin::File(Path::new(given).to_owned());
    let folder = origin.folder().map(ToOwned::to_owned);
    let mut all = [(origin, recording)];
    let recordings = included(&mut all, &|id| {
        anyhow::bail!("recording {id} is on a server; write the path of a file")
    })?;
    let [(_, recording)] = all;
    let options = PlayOptions {
        variables,
        recordings,
        files: Files {
            folder,
            ..Files::default()
        },
        ..PlayOptions::default()
    };
    Ok(Played::new(recording, options))
}
