//! A Redis that keeps what it has: killed and started again, it goes on where it was.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

use redis::aio::MultiplexedConnection;
use redis::{AsyncConnectionConfig, Client};
use tempfile::TempDir;

/// A Redis on a socket in a folder of its own, with a log of every write. It ends with the test.
pub(super) struct Redis {
    child: Child,
    folder: TempDir,
}

impl Redis {
    pub(super) fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self {
            child: spawn(&folder),
            folder,
        }
    }

    /// Kills it and starts it again on what it wrote.
    pub(super) fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        self.child = spawn(&self.folder);
    }

    pub(super) fn url(&self) -> String {
        format!("unix://{}", self.folder.path().join("redis.sock").display())
    }

    /// A connection that waits as long as it has to.
    pub(super) async fn connection(&self) -> MultiplexedConnection {
        let client = Client::open(self.url()).unwrap();
        let patient = AsyncConnectionConfig::new().set_response_timeout(None);
        let connection = client
            .get_multiplexed_async_connection_with_config(&patient)
            .await;
        connection.unwrap()
    }
}

impl Drop for Redis {
    fn drop(&mut self) {
        // It may be gone already; then there is nothing to end.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn spawn(folder: &TempDir) -> Child {
    let mut child = Command::new("redis-server")
        .args(["--port", "0", "--save", "", "--appendonly", "yes"])
        .arg("--unixsocket")
        .arg(folder.path().join("redis.sock"))
        .arg("--dir")
        .arg(folder.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("redis-server is needed: `cargo xtask setup` installs it");
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    assert!(
        lines.any(|line| line.unwrap().contains("eady to accept connections")),
        "Redis did not start"
    );
    // What it says later has to go somewhere.
    std::thread::spawn(move || lines.for_each(drop));
    child
}
