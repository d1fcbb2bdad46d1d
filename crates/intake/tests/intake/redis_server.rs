//! A Redis of a test's own, on a socket in a folder of its own.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use redis::aio::MultiplexedConnection;
use redis::{AsyncCommands as _, AsyncConnectionConfig, Client};
use serde_json::Value;
use tempfile::TempDir;

/// A Redis that ends with the test.
pub(crate) struct Redis {
    child: Child,
    folder: TempDir,
}

impl Redis {
    pub(crate) fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut child = Command::new("redis-server")
            .args(["--port", "0", "--save", "", "--appendonly", "no"])
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
        Self { child, folder }
    }

    pub(crate) fn url(&self) -> String {
        format!("unix://{}", self.folder.path().join("redis.sock").display())
    }

    pub(crate) async fn client(&self) -> Producer {
        let client = Client::open(self.url()).unwrap();
        let patient = AsyncConnectionConfig::new().set_response_timeout(None);
        let connection = client
            .get_multiplexed_async_connection_with_config(&patient)
            .await;
        Producer {
            connection: connection.unwrap(),
        }
    }
}

impl Drop for Redis {
    fn drop(&mut self) {
        // It may be gone already; then there is nothing to end.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Who pushes jobs and waits for answers.
pub(crate) struct Producer {
    pub(crate) connection: MultiplexedConnection,
}

impl Producer {
    pub(crate) async fn push(&mut self, list: &str, job: &str) {
        let _: u64 = self.connection.lpush(list, job).await.unwrap();
    }

    /// The oldest entry of a list, as soon as there is one.
    pub(crate) async fn pop(&mut self, list: &str) -> Value {
        let wait = Duration::from_secs(60).as_secs_f64();
        let (_, text): (String, String) = self.connection.brpop(list, wait).await.unwrap();
        serde_json::from_str(&text).unwrap()
    }

    pub(crate) async fn length(&mut self, list: &str) -> u64 {
        self.connection.llen(list).await.unwrap()
    }

    /// Jobs that any worker holds.
    pub(crate) async fn held(&mut self) -> u64 {
        let lists: Vec<String> = self
            .connection
            .keys("playwright-jobs:processing:*")
            .await
            .unwrap();
        let mut held = 0;
        for list in lists {
            held += self.length(&list).await;
        }
        held
    }
}
