//! From an order to a film in a folder.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use browser::{Engine, Progress};
use video::{Extras, FilmError, FilmEvent, FilmOrder, Filmed, Script, Soundtrack, Storyboard};

use crate::films::{FilmRequest, Played, WrongOrder};

/// What was filmed until a step failed, in the film's folder.
pub(super) const FOOTAGE: &str = "footage";

/// What a film is made with.
pub(super) struct Studio<'a> {
    pub(super) executable: Option<PathBuf>,
    pub(super) proxy: SocketAddr,
    pub(super) folder: &'a Path,
    /// What is heard, by its files in the folder.
    pub(super) sound: Option<Soundtrack>,
    pub(super) time_limit: Duration,
}

/// Films what was ordered; a tour's storyboard is made first. `written` gets what is performed, where it is a storyboard,
/// also when that fails.
pub(super) async fn make(
    progress: &Progress,
    studio: &Studio<'_>,
    request: &FilmRequest,
    (played, written): (Option<Played>, &mut Option<Storyboard>),
    tell: impl Fn(FilmEvent) + Send + Sync + 'static,
) -> Result<Filmed, FilmError> {
    let wrong = |wrong: WrongOrder| FilmError::Setup(wrong.to_string());
    let setup = request.setup().map_err(wrong)?;
    let look = request.look().map_err(wrong)?;
    let pace = request.pace().map_err(wrong)?;
    let script = match (request.script().map_err(wrong)?, played) {
        (Some(storyboard), _) => Script::Storyboard(storyboard),
        (None, Some(played)) => Script::Performance(Arc::new(played)),
        (None, None) => {
            let order = request.tour(studio.executable.clone(), studio.proxy);
            let order = order.map_err(wrong)?;
            let mut storyboard = video::tour(progress, &order).await?;
            request.dress(&mut storyboard).map_err(wrong)?;
            Script::Storyboard(storyboard)
        }
    };
    let kept = match &script {
        Script::Storyboard(storyboard) => Some(storyboard.clone()),
        Script::Performance(_) => written.take(),
    };
    // Kept as it was asked for; files of this folder mean nothing later.
    let asked = request.track(None).map_err(wrong)?;
    *written = kept.map(|mut kept| {
        kept.sound = asked.map(|asked| asked.track).or(kept.sound);
        kept
    });
    let container = request.container();
    let engine = request.engine().map_err(wrong)?;
    let order = FilmOrder {
        setup,
        container,
        look,
        pace,
        extras: Extras {
            poster: Some(studio.folder.join("poster.jpg")),
            sprite: Some(studio.folder.join("sprite.jpg")),
            teaser: Some(studio.folder.join("teaser.gif")),
        },
        footage: Some(studio.folder.join(FOOTAGE)),
        sound: studio.sound.clone(),
        clock: request.clock(),
        engine,
        time_limit: studio.time_limit,
        // The server's own setting is Chromium's program.
        executable: studio
            .executable
            .clone()
            .filter(|_| engine == Engine::Chromium),
        proxy: Some(studio.proxy),
        ..FilmOrder::new(script)
    };
    let target = studio.folder.join("film");
    video::film(progress, &order, &target, tell).await
}

/// The address that could not be opened, when that was what went wrong; else where the film begins.
pub(super) fn address_of(error: Option<&FilmError>, begins: &str) -> String {
    match error {
        Some(FilmError::Site { url, .. }) => url.clone(),
        _ => begins.to_owned(),
    }
}
