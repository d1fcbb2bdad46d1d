//! The film of pages that somebody else uses, as they are: the one in front is seen, nothing is drawn over it, and whoever uses
//! them waits for nothing.

use std::path::Path;
use std::time::Duration;

use browser::{Page, Progress};
use tokio_util::task::AbortOnDropHandle;

use crate::draft::{self, DraftFile};
use crate::film::camera;
use crate::film::compose::Decor;
use crate::film::cutter::Cutter;
use crate::film::cutting::{self, Cut};
use crate::film::director::{Director, Front, Set};
use crate::film::encoder::{Encoder, Haste};
use crate::film::error::FilmError;
use crate::film::finish::{self, About, Sound};
use crate::film::look::{Frame, Layout};
use crate::film::notes::{Note, Notes};
use crate::film::order::{Container, Setup};
use crate::film::perform::Time;
use crate::film::shoot::cut_result;
use crate::film::style::ClickEffect;

/// What the page shows in the end is seen for so long.
const AFTER: Duration = Duration::from_millis(500);

/// Pages that are being filmed. Dropped before its end, it leaves nothing.
pub struct Filming {
    director: Director,
    notes: Notes,
    cutting: AbortOnDropHandle<Result<Option<Cut>, FilmError>>,
    encoder: Encoder,
    draft: DraftFile,
    container: Container,
}

/// Tells a film which page is in front.
#[derive(Clone)]
pub struct InFront(Front);

impl InFront {
    /// What is done from here on is done in this page.
    pub fn turn_to(&self, page: &Page) {
        self.0.hint(page);
    }
}

impl Filming {
    /// Begins with a page, also while it is still empty. A page that is opened in its context comes to the front, until it
    /// closes. Pictures of another size than the film's are made to fit.
    ///
    /// # Errors
    /// When the film cannot be of that kind, the encoder does not start or the page shows nothing.
    pub async fn start(
        progress: &Progress,
        page: &Page,
        (setup, container): (Setup, Container),
        target: &Path,
    ) -> Result<Self, FilmError> {
        setup.check()?;
        let draft = DraftFile::beside(target)?;
        let layout = Layout::of(setup, Frame::None);
        let (encoder, frames) = Encoder::start(setup, container, Haste::Live, target)?;
        let (notes, told) = Notes::new();
        let set = Set {
            context: page.context(),
            options: camera::options(layout.size),
            dressing: None,
        };
        // Nothing else is drawn that pictures could be late for.
        let lag = Duration::ZERO;
        let folder = draft::folder_of(target);
        let (director, reel) =
            Director::start(progress, page, notes.clone(), folder, set, lag).await?;
        let start = director.started();
        let cutter = Cutter::new(setup.rate, plain(layout), reel);
        let cutting = AbortOnDropHandle::new(tokio::task::spawn_blocking(move || {
            cutting::run(cutter, &told, &frames, &mut |_, _| {}, Some(start))
        }));
        Ok(Self {
            director,
            notes,
            cutting,
            encoder,
            draft,
            container,
        })
    }

    /// For whoever knows which page is in front: of two that are open, one may be used again that was there before.
    pub fn in_front(&self) -> InFront {
        InFront(self.director.front())
    }

    /// Ends the film a moment later; it has its name then. The page may be gone.
    ///
    /// # Errors
    /// Says what failed; nothing new is left under the name of the target.
    pub async fn finish(self, progress: &Progress) -> Result<(), FilmError> {
        let start = self.director.started();
        Time::Real(start).pass(progress, AFTER).await?;
        self.director.stop().await?;
        let end = start.elapsed();
        self.notes.tell(Note::End(end));
        let cut = cut_result(self.cutting.await)?;
        // Asked first: it knows why nobody took its frames.
        let raw = self.encoder.finish(progress).await?;
        if cut.is_none() {
            return Err(FilmError::Picture("nobody took its frames".to_owned()));
        }
        let about = About {
            title: None,
            chapters: &[],
            duration: end.as_secs_f64() * 1000.0,
        };
        let (draft, container) = (self.draft, self.container);
        finish::remux(
            progress,
            raw.path(),
            &draft,
            container,
            (&about, &Sound::default()),
        )
        .await?;
        draft.publish()?;
        Ok(())
    }
}

/// The page and nothing else.
fn plain(layout: Layout) -> Decor {
    Decor {
        layout,
        frame: Frame::None,
        backdrop: None,
        pointer: None,
        ripples: ClickEffect::None,
        zoom: false,
        colour: [0; 3],
    }
}
