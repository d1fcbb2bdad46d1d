//! One job, from its message to its answer.

use std::time::Duration;

use store::{IntakeMark, Render, Store, StoreError, Subject};
use tokio_util::sync::CancellationToken;
use work::{AskError, RenderDesk, Wanted};

use crate::answer::{self, Answered, JobResult};
use crate::dead;
use crate::error::IntakeError;
use crate::link::Link;
use crate::message::Message;

/// Between two tries when the database or Redis fails.
const PAUSE: Duration = Duration::from_secs(1);

/// What a job needs on its way.
#[derive(Clone)]
pub(crate) struct Way {
    pub(crate) link: Link,
    pub(crate) desk: RenderDesk,
    pub(crate) store: Store,
    pub(crate) quit: CancellationToken,
}

/// Why a job is left where it is, for this worker to try again or another to take up.
#[derive(Debug, thiserror::Error)]
enum Left {
    #[error("the database failed")]
    Store(#[from] StoreError),
    #[error("Redis failed")]
    Redis(#[from] IntakeError),
}

/// Has a job rendered and answers it. Tries until it is answered or this worker is told to quit; the message stays in the
/// worker's list until then.
pub(crate) async fn perform(way: Way, message: Message, dead: Option<String>) {
    let mut before = dead;
    let answered = async {
        loop {
            let Err(error) = attempt(&way, &message, before.as_deref()).await else {
                return;
            };
            tracing::error!(
                error = work::chain(&error),
                "a job from Redis is tried again"
            );
            // The first try may have left a render.
            before = Some(way.link.worker.clone());
            tokio::time::sleep(PAUSE).await;
        }
    };
    tokio::select! {
        () = answered => {}
        () = way.quit.cancelled() => {}
    }
}

async fn attempt(way: &Way, message: &Message, before: Option<&str>) -> Result<(), Left> {
    let mut link = way.link.clone();
    let render = match find_or_ask(way, message, before).await {
        Ok(render) => render,
        Err(AskError::Store(error)) => return Err(error.into()),
        Err(refused) => {
            let reason = work::chain(&refused);
            tracing::warn!(reason, "a job from Redis makes no sense");
            let letter = dead::letter(&link, message, &reason);
            let result = JobResult::failed(reason);
            answer::answer(&mut link, message, &result, Some(&letter)).await?;
            return Ok(());
        }
    };
    let id = render.id;
    let render = until_over(&way.store, render).await?;
    // What the code did is the producer's; what the machine could not do is worth another look.
    let failure = render.error.as_ref().filter(|error| !error.of_the_code);
    let letter = failure.map(|error| dead::letter(&link, message, &error.message));
    let result = JobResult::of(&render);
    match answer::answer(&mut link, message, &result, letter.as_deref()).await? {
        Answered::Here => way.store.renders().answered(id).await?,
        Answered::Elsewhere => {
            tracing::warn!(render = %id, "another worker has taken up this job and answers it");
        }
    }
    Ok(())
}

/// The render that was asked for before by this message, or a new one.
async fn find_or_ask(
    way: &Way,
    message: &Message,
    before: Option<&str>,
) -> Result<Render, AskError> {
    let key = message.key();
    let owner = &way.link.worker;
    if let Some(before) = before {
        let adopted = way.store.renders().adopt(&key, before, owner).await?;
        if let Some(render) = adopted {
            return Ok(render);
        }
    }
    let wanted = Wanted {
        job: message.bytes.clone(),
        user: None,
        intake: Some(IntakeMark {
            key,
            owner: owner.clone(),
        }),
    };
    way.desk.ask(wanted).await
}

/// Follows the log of a render to its end.
async fn until_over(store: &Store, render: Render) -> Result<Render, StoreError> {
    if render.status.is_final() {
        return Ok(render);
    }
    let mut events = store.events().follow(Subject::Render, render.id.uuid(), 0);
    loop {
        while events.next().await?.kind != "render.finished" {}
        let render = store.renders().get(render.id).await?;
        // It may be on its way to its place once more.
        if render.status.is_final() {
            return Ok(render);
        }
    }
}
