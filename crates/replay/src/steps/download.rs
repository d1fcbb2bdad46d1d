//! A file that the page gives is waited for, and looked at.

use browser::{BrowserError, Capability, DownloadState, Interrupted};
use recording::Download;

use crate::downloads::Given;
use crate::fault::Fault;
use crate::outcome::ErrorCode;
use crate::scene::{Done, Scene};

/// The largest file in which a text is looked for, in bytes.
const MOST_READ: u64 = 64 << 20;

pub(super) async fn perform(scene: &mut Scene<'_>, download: &Download) -> Result<Done, Fault> {
    let page = scene.page();
    Capability::DownloadEvents.must_be_on(page.engine())?;
    let pattern = download.file_name.as_deref();
    let pattern = pattern.map(|name| scene.fill_in(name)).transpose()?;
    scene.notes.expected.clone_from(&pattern);
    let is_wanted = |name: &str| {
        let pattern = pattern.as_deref();
        pattern.is_none_or(|pattern| Download::is_meant(pattern, name))
    };
    let waiting = async {
        let given = scene.stage.downloads().take(is_wanted);
        let given = scene.progress.race("waiting for a download", given).await?;
        Ok(given)
    };
    let given = match scene.while_there(&page, waiting).await {
        Ok(given) => given,
        Err(BrowserError::Interrupted(Interrupted::DeadlineExceeded { .. })) => {
            return Err(none(scene, pattern.as_deref()));
        }
        Err(error) => return Err(error.into()),
    };
    came(scene, download, &given).await?;
    Ok(Done::Performed)
}

fn none(scene: &mut Scene<'_>, pattern: Option<&str>) -> Fault {
    let names = scene.stage.downloads().names();
    let wanted = pattern.map_or(String::new(), |pattern| format!(" called {pattern:?}"));
    let fault = Fault::new(
        ErrorCode::NoDownload,
        format!("no download{wanted} has come"),
    );
    if names.is_empty() {
        return fault;
    }
    scene.notes.actual = Some(names.join(", "));
    fault.detail(format!(
        "others came or are under way: {}",
        names.join(", ")
    ))
}

/// Whether it came whole, with what has to be in it.
async fn came(scene: &mut Scene<'_>, download: &Download, given: &Given) -> Result<(), Fault> {
    let name = &given.name;
    let Some(end) = given
        .end
        .as_ref()
        .filter(|end| end.state == DownloadState::Completed)
    else {
        scene.notes.actual = Some(name.clone());
        let message = format!("the download {name:?} was broken off");
        return Err(Fault::new(ErrorCode::NoDownload, message));
    };
    scene.notes.actual = Some(format!("{name}, {} bytes", end.bytes));
    let Some(wanted) = &download.contains else {
        return Ok(());
    };
    let wanted = scene.fill_in(wanted)?;
    if end.bytes > MOST_READ {
        let message = format!(
            "the download {name:?} is too large to look for a text in it: {} bytes, the limit is {MOST_READ}",
            end.bytes
        );
        return Err(Fault::new(ErrorCode::Unsupported, message));
    }
    let content = tokio::fs::read(&end.path).await.map_err(|error| {
        let message = format!("the download {name:?} cannot be read");
        Fault::new(ErrorCode::FileMissing, message).detail(error.to_string())
    })?;
    if String::from_utf8_lossy(&content).contains(&wanted) {
        return Ok(());
    }
    let message = format!("the download {name:?} does not contain {wanted:?}");
    Err(Fault::new(ErrorCode::CheckFailed, message))
}
