//! Two connections made one: CONNECT tunnels and upgraded connections.

use std::io;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt, BufReader};

/// How long the other direction may go on when one has ended, so that an answer under way still arrives and a
/// connection whose client is gone does not stay for ever.
const GRACE: Duration = Duration::from_secs(10);
/// Per direction: large enough for a TLS record, small enough for a thousand tunnels.
const BUFFER_BYTES: usize = 16 * 1024;

/// Copies both ways until both are done, one breaks, or one has been done for the grace period.
pub(crate) async fn splice(
    client: impl AsyncRead + AsyncWrite + Unpin,
    upstream: impl AsyncRead + AsyncWrite + Unpin,
) -> io::Result<()> {
    let (client_read, client_write) = tokio::io::split(client);
    let (upstream_read, upstream_write) = tokio::io::split(upstream);
    let up = one_way(client_read, upstream_write);
    let down = one_way(upstream_read, client_write);
    tokio::pin!(up, down);
    tokio::select! {
        ended = &mut up => {
            ended?;
            tokio::time::timeout(GRACE, down).await??;
        }
        ended = &mut down => {
            ended?;
            tokio::time::timeout(GRACE, up).await??;
        }
    }
    Ok(())
}

async fn one_way(from: impl AsyncRead + Unpin, mut to: impl AsyncWrite + Unpin) -> io::Result<()> {
    tokio::io::copy_buf(&mut BufReader::with_capacity(BUFFER_BYTES, from), &mut to).await?;
    to.shutdown().await
}
