//! Takes up the jobs of workers that died.

use redis::{AsyncCommands as _, Script};

use crate::error::{Doing as _, IntakeError};
use crate::link::Link;
use crate::message::Message;

/// Moves one job of a worker that is silent to this one, in one step: a worker that lives keeps its jobs. A silent worker
/// without jobs is forgotten.
const TAKE_UP: &str = r"
if redis.call('EXISTS', KEYS[1]) == 1 then return false end
local job = redis.call('LMOVE', KEYS[2], KEYS[3], 'RIGHT', 'LEFT')
if not job then redis.call('SREM', KEYS[4], ARGV[1]) end
return job
";

/// A job whose worker died.
#[derive(Debug)]
pub(crate) struct Reclaimed {
    pub(crate) message: Message,
    /// Who held it.
    pub(crate) dead: String,
}

/// One job of a dead worker, when there is one.
pub(crate) async fn take_up(link: &mut Link) -> Result<Option<Reclaimed>, IntakeError> {
    let workers: Vec<String> = link
        .connection
        .smembers(link.keys.workers())
        .await
        .doing("look for dead workers")?;
    for worker in workers.into_iter().filter(|worker| *worker != link.worker) {
        let job: Option<Vec<u8>> = Script::new(TAKE_UP)
            .key(link.keys.alive(&worker))
            .key(link.keys.processing(&worker))
            .key(link.keys.processing(&link.worker))
            .key(link.keys.workers())
            .arg(&worker)
            .invoke_async(&mut link.connection)
            .await
            .doing("take up the job of a dead worker")?;
        if let Some(job) = job {
            tracing::warn!(worker, "a worker died; its job is taken up");
            return Ok(Some(Reclaimed {
                message: Message::new(job),
                dead: worker,
            }));
        }
    }
    Ok(None)
}

/// All jobs of this worker's own list.
pub(crate) async fn own(link: &mut Link) -> Result<Vec<Message>, IntakeError> {
    let all: Vec<Vec<u8>> = link
        .connection
        .lrange(link.keys.processing(&link.worker), 0, -1)
        .await
        .doing("read this worker's own jobs")?;
    Ok(all.into_iter().map(Message::new).collect())
}
