//! While one document takes another's place a page has no picture: it is asked for again.

use std::future::pending;
use std::time::Duration;

use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;

use crate::Result;
use crate::error::BrowserError;
use crate::events::PageEvent;
use crate::ids::FrameId;
use crate::progress::Progress;

pub(crate) const WHAT: &str = "taking a screenshot";

/// How often a picture is tried that the browser says it cannot take, or about which it says nothing.
const MOST_TRIES: u32 = 20;

/// How long the news of the next document is waited for before the picture is tried again.
const BETWEEN: Duration = Duration::from_millis(50);

/// An answer that has not come so long after another document came is taken for lost. Pictures take less.
const FORGOTTEN: Duration = Duration::from_millis(500);

/// Asks for a picture with `take` until there is one. `events` begins to listen to the page's events; a browser that may
/// forget whom it owes an answer when another process takes over gives the frame whose documents such a process shows.
///
/// # Errors
/// Those of `take`; of being between documents only when it lasted for 20 tries.
pub(crate) async fn until_taken<T, Taking>(
    progress: &Progress,
    events: impl Fn() -> Receiver<PageEvent>,
    forgetful: Option<FrameId>,
    mut take: impl FnMut() -> Taking,
) -> Result<T>
where
    Taking: Future<Output = Result<T>>,
{
    let mut tries = 0;
    loop {
        tries += 1;
        // Subscribed before asking, or the event could pass unseen.
        let mut events = events();
        let forgetful = forgetful.as_ref().filter(|_| tries < MOST_TRIES);
        let taken = tokio::select! {
            biased;
            taken = take() => taken,
            () = lost(&mut events, forgetful) => {
                progress.log("another document came while its picture was taken; it is taken again");
                continue;
            }
        };
        match taken {
            Err(error) if is_between_documents(&error) && tries < MOST_TRIES => {
                progress.log("the page was between two documents; its picture is taken again");
                let next = tokio::time::timeout(BETWEEN, events.recv());
                // Any event may be that of the next document; when none comes it is tried all the same.
                drop(progress.race(WHAT, next).await?);
            }
            taken => return taken,
        }
    }
}

/// Ends when the frame has got another document and the answer had time to come too.
async fn lost(events: &mut Receiver<PageEvent>, forgetful: Option<&FrameId>) {
    let Some(main) = forgetful else {
        return pending().await;
    };
    loop {
        match events.recv().await {
            Ok(PageEvent::Navigated {
                frame,
                same_document: false,
                ..
            }) if frame == *main => return tokio::time::sleep(FORGOTTEN).await,
            Ok(_) | Err(RecvError::Lagged(_)) => {}
            // The page's end is told by the answer.
            Err(RecvError::Closed) => return pending().await,
        }
    }
}

/// Browsers say it in these words only.
fn is_between_documents(error: &BrowserError) -> bool {
    const WORDS: [&str; 2] = [
        "Not attached to an active page",
        "Unable to capture screenshot",
    ];
    match error {
        BrowserError::Protocol { message, .. } => WORDS.iter().any(|words| message.contains(words)),
        BrowserError::ContextDestroyed => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use tokio::sync::broadcast;

    use super::*;

    fn navigated(frame: &str, same_document: bool) -> PageEvent {
        PageEvent::Navigated {
            frame: frame.into(),
            url: "http://site.test/".into(),
            same_document,
            unreachable_url: None,
        }
    }

    /// A browser that forgets the first `forgotten` pictures, on a page on which `event` happens at every one.
    async fn tries(event: PageEvent, forgotten: u32) -> (Result<()>, u32) {
        let (sender, _) = broadcast::channel(8);
        let progress = Progress::with_timeout(Duration::from_secs(60));
        let tries = Cell::new(0);
        let taking = until_taken(
            &progress,
            || sender.subscribe(),
            Some("main".into()),
            || {
                tries.set(tries.get() + 1);
                let is_forgotten = tries.get() <= forgotten;
                let _ = sender.send(event.clone());
                let progress = progress.clone();
                async move {
                    if is_forgotten {
                        progress.race(WHAT, pending::<()>()).await?;
                    }
                    // A slow machine.
                    tokio::time::sleep(FORGOTTEN * 2).await;
                    Ok(())
                }
            },
        );
        (taking.await, tries.get())
    }

    #[tokio::test(start_paused = true)]
    async fn an_answer_that_is_lost_with_a_document_is_asked_for_again() {
        let (taken, tries) = tries(navigated("main", false), 2).await;
        assert!(taken.is_ok(), "{taken:?}");
        // Documents that come all the time do not keep a slow picture from ever being taken.
        assert_eq!(tries, MOST_TRIES);
    }

    #[tokio::test(start_paused = true)]
    async fn other_frames_and_new_addresses_of_the_document_lose_nothing() {
        for event in [navigated("frame", false), navigated("main", true)] {
            let (taken, tries) = tries(event, 0).await;
            assert!(taken.is_ok(), "{taken:?}");
            assert_eq!(tries, 1);
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_page_that_stays_between_documents_is_an_error_in_the_end() {
        let (sender, _) = broadcast::channel(8);
        let progress = Progress::with_timeout(Duration::from_secs(60));
        let tries = Cell::new(0);
        let taken: Result<()> = until_taken(
            &progress,
            || sender.subscribe(),
            None,
            || {
                tries.set(tries.get() + 1);
                async { Err(BrowserError::ContextDestroyed) }
            },
        )
        .await;
        assert!(matches!(taken, Err(BrowserError::ContextDestroyed)));
        assert_eq!(tries.get(), MOST_TRIES);
    }
}
