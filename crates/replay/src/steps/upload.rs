//! Files are given to a file field, or to the chooser that a button opens.

use std::path::PathBuf;
use std::time::Duration;

use browser::{BrowserError, ClickOptions, FileTarget, Page, PageEvent, Progress};
use recording::{Upload, UploadFile};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;

use crate::fault::Fault;
use crate::locate::{self, Action, Target};
use crate::manner;
use crate::outcome::ErrorCode;
use crate::scene::{Done, Scene};

/// How long the browser may take to let choosers open again.
const RESTORE_PATIENCE: Duration = Duration::from_secs(2);

pub(super) async fn perform(scene: &mut Scene<'_>, upload: &Upload) -> Result<Done, Fault> {
    give(scene, &upload.files).await
}

/// An upload that was recorded as an input: there is always a file.
pub(super) async fn perform_input(
    scene: &mut Scene<'_>,
    files: &[UploadFile],
) -> Result<Done, Fault> {
    if files.is_empty() {
        return Err(Fault::new(
            ErrorCode::FileMissing,
            "the recording does not say which file was chosen",
        ));
    }
    give(scene, files).await
}

async fn give(scene: &mut Scene<'_>, files: &[UploadFile]) -> Result<Done, Fault> {
    // All files before anything in the page is touched.
    let paths: Vec<PathBuf> = files
        .iter()
        .map(|file| scene.options.files.find(file))
        .collect::<Result<_, _>>()?;
    manner::visit(scene).await;
    let target = locate::ready(scene, Action::Upload).await?;
    let page = scene.page();
    let navigations = page.navigations();
    scene.acting();
    if target.ready.tag.eq_ignore_ascii_case("input")
        && target.ready.input_type.as_deref() == Some("file")
    {
        let selectors = scene.selectors()?;
        let element = target
            .frame
            .call_handle(&scene.progress, "element", &(&selectors,))
            .await?;
        let element =
            element.ok_or_else(|| Fault::new(ErrorCode::NotFound, "the file field is gone"))?;
        page.set_files(&scene.progress, FileTarget::Element(&element), &paths)
            .await?;
    } else {
        through_chooser(scene, &page, &target, &paths).await?;
    }
    scene.settle(&page, navigations).await?;
    Ok(Done::Performed)
}

/// Clicks what opens the chooser and answers the chooser.
async fn through_chooser(
    scene: &mut Scene<'_>,
    page: &Page,
    target: &Target,
    paths: &[PathBuf],
) -> Result<(), Fault> {
    let mut events = page.events();
    page.set_file_chooser_interception(&scene.progress, true)
        .await?;
    let given = async {
        let point = locate::aim(scene, target, target.ready.point).await?;
        page.mouse()
            .click(&scene.progress, point, ClickOptions::default())
            .await?;
        let (frame, backend_node_id, multiple) = scene
            .progress
            .race("waiting for the file chooser", chooser(&mut events))
            .await??;
        if paths.len() > 1 && !multiple {
            return Err(Fault::new(
                ErrorCode::InvalidValue,
                "the file field takes one file only",
            ));
        }
        page.set_files(
            &scene.progress,
            FileTarget::Chooser {
                frame,
                backend_node_id,
            },
            paths,
        )
        .await?;
        Ok(())
    }
    .await;
    // Choosers open again for the person who may watch; the step's own time may be over by now.
    let progress = Progress::with_timeout(RESTORE_PATIENCE);
    let restored = page.set_file_chooser_interception(&progress, false).await;
    given.and_then(|()| Ok(restored?))
}

async fn chooser(
    events: &mut Receiver<PageEvent>,
) -> Result<(browser::FrameId, i64, bool), BrowserError> {
    loop {
        match events.recv().await {
            Ok(PageEvent::FileChooserOpened {
                frame,
                backend_node_id,
                multiple,
            }) => {
                return Ok((frame, backend_node_id, multiple));
            }
            Ok(PageEvent::Closed) | Err(RecvError::Closed) => return Err(BrowserError::PageClosed),
            Ok(_) | Err(RecvError::Lagged(_)) => {}
        }
    }
}
