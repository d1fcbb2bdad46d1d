//! What a worker tells of itself.

use std::io::{BufRead as _, BufReader, Write as _};
use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::{Place, Process, exchange};

/// A Redis on a socket of its own.
struct Redis {
    child: Child,
    folder: TempDir,
}

impl Redis {
    fn start() -> Self {
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
        assert!(lines.any(|line| line.unwrap().contains("eady to accept connections")));
        // What it says later has to go somewhere.
        std::thread::spawn(move || lines.for_each(drop));
        Self { child, folder }
    }

    fn socket(&self) -> PathBuf {
        self.folder.path().join("redis.sock")
    }

    fn push(&self, job: &str) {
        let mut stream = UnixStream::connect(self.socket()).unwrap();
        write!(stream, "LPUSH playwright-jobs {job}\r\n").unwrap();
        let mut answer = String::new();
        BufReader::new(stream).read_line(&mut answer).unwrap();
        assert!(answer.starts_with(':'), "{answer}");
    }

    fn end(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Redis {
    fn drop(&mut self) {
        self.end();
    }
}

fn address(worker: &mut Process) -> String {
    let line = worker.line_with("Health and metrics: ");
    line.rsplit_once(' ').unwrap().1.to_owned()
}

/// Status and data of `/health`, as soon as they are as wanted.
fn health(url: &str, wanted: impl Fn(&Value) -> bool) -> (u16, Value) {
    let began = Instant::now();
    loop {
        let (status, _, body) = exchange(url, "GET", "/health", "", None);
        let health: Value = serde_json::from_str(&body).unwrap();
        if wanted(&health["data"]) {
            return (status, health["data"].clone());
        }
        assert!(began.elapsed() < Duration::from_secs(30), "{health:#}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn a_worker_tells_how_it_its_browsers_its_list_and_its_storage_are() {
    let (place, outputs, mut redis) = (Place::new(), tempfile::tempdir().unwrap(), Redis::start());
    let redis_url = format!("unix://{}", redis.socket().display());
    let storage = format!("file://{}", outputs.path().display());
    let settings = [
        ("PROSCENIUM_REDIS_URL", redis_url.as_str()),
        ("PROSCENIUM_STORAGE", storage.as_str()),
        ("PROSCENIUM_CDN_URL", "http://127.0.0.1:1/{bucket}"),
        ("SERVICE_ID", "worker-seven"),
    ];
    let args = ["--workers", "0", "--renders", "1", "--films", "0"];
    let args = [&args[..], &["--listen", "127.0.0.1:0"]].concat();
    let mut worker = place.start_set_up("worker", &args, &settings);
    let url = address(&mut worker);

    redis.push("nonsense");
    let (status, told) = health(&url, |health| health["intake"]["dead"] == 1);
    assert_eq!((status, &told["status"]), (200, &json!("ok")), "{told:#}");
    assert_eq!(
        told["intake"],
        json!({ "list": "playwright-jobs", "connected": true, "held": 0, "waiting": 0, "dead": 1 })
    );
    assert_eq!(told["database"], true);
    assert_eq!(told["queue"], json!({ "queued": 0, "running": 0 }));
    assert_eq!(told["renders"]["size"], 1);
    assert_eq!(
        told["renders"]["started"], 1,
        "it was started before a job came"
    );
    assert_eq!(told["renders"]["framesOnCommand"], true);
    assert_eq!(told["renders"]["drawnBy"], json!({ "software": 1 }));
    assert_eq!(told["storage"]["answers"], true);
    assert!(told["worker"].as_str().unwrap().starts_with("worker-"));

    let (status, head, text) = exchange(&url, "GET", "/metrics", "", None);
    assert_eq!(status, 200);
    assert!(
        head.contains("content-type: text/plain; version=0.0.4"),
        "{head}"
    );
    for line in [
        "proscenium_render_places 1",
        "proscenium_render_places_busy 0",
        "proscenium_render_browsers_drawn_by_total{drawn_by=\"software\"} 1",
        "proscenium_intake_connected 1",
        "proscenium_intake_jobs{state=\"dead\"} 1",
        "proscenium_intake_jobs{state=\"waiting\"} 0",
        "proscenium_deliveries_total{what=\"stored\"} 0",
    ] {
        assert!(text.lines().any(|told| told == line), "{line}: {text}");
    }
    assert!(
        !text.contains("proscenium_sessions "),
        "a worker has none: {text}"
    );
    let (status, _, body) = exchange(&url, "GET", "/api/v1/renders", "", None);
    assert_eq!(status, 404, "{body}");

    redis.end();
    let (status, told) = health(&url, |health| health["intake"]["connected"] == false);
    assert_eq!(
        (status, &told["status"]),
        (503, &json!("degraded")),
        "{told:#}"
    );
    assert!(told["intake"].get("dead").is_none(), "{told:#}");
    assert!(worker.stop().success());
}
