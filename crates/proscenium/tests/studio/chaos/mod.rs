//! Render jobs from a list in Redis, while everything that works on them is killed: browsers, encoders, workers, Redis.

mod redis_server;
mod shown;

use std::collections::BTreeSet;
use std::io::{BufRead as _, BufReader};
use std::time::{Duration, Instant};

use redis::AsyncCommands as _;
use serde_json::{Value, json};

use self::redis_server::Redis;
use crate::support::{Place, Process};

/// How many jobs; the thousand of a long run take minutes: `PROSCENIUM_CHAOS_JOBS=1000`.
fn jobs() -> usize {
    let said = std::env::var("PROSCENIUM_CHAOS_JOBS");
    said.ok().and_then(|said| said.parse().ok()).unwrap_or(40)
}

/// A small picture, or, every fourth, a short film; no two are the same, or the second would be answered from the store.
fn job(number: usize) -> Value {
    let mut job = json!({
        "type": "js", "code": format!("document.body.textContent = {number}"), "width": 64, "height": 32,
        "outputType": "png", "bucket": "art", "prefix": "chaos", "filename": format!("{number}.png"),
    });
    if number % 4 == 3 {
        job["type"] = json!("video");
        job["code"] = json!(format!(
            "function draw() {{ background(frameCount * 4); text({number}, 9, 20); }}"
        ));
        job["fps"] = json!(30);
        job["frames"] = json!(40);
        job["filename"] = json!(format!("{number}.mp4"));
        job.as_object_mut().unwrap().remove("outputType");
    }
    job
}

/// What works on the jobs.
struct Works {
    place: Place,
    redis: Redis,
    outputs: tempfile::TempDir,
    shown: std::net::SocketAddr,
    workers: Vec<Process>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Victim {
    Worker,
    Browser,
    Encoder,
    Redis,
}

/// How long it takes at most until there is one to be killed.
const LIMIT: Duration = Duration::from_secs(30);

/// In this order again and again: what takes longest to be noticed comes first.
const VICTIMS: [Victim; 4] = [
    Victim::Worker,
    Victim::Encoder,
    Victim::Redis,
    Victim::Browser,
];

impl Works {
    fn start_worker(&mut self) {
        let storage = format!("file://{}", self.outputs.path().display());
        let settings = [
            ("PROSCENIUM_REDIS_URL", &*self.redis.url()),
            ("PROSCENIUM_STORAGE", &*storage),
            (
                "PROSCENIUM_CDN_URL",
                &*format!("http://{}/{{bucket}}", self.shown),
            ),
        ];
        let args = ["--workers", "0", "--films", "0", "--renders", "2"];
        let mut worker = self.place.start_set_up("worker", &args, &settings);
        worker.line_with("Taking render jobs");
        // What it says of its trouble has to go somewhere.
        let trouble = BufReader::new(worker.child.stderr.take().unwrap());
        std::thread::spawn(move || trouble.lines().for_each(drop));
        self.workers.push(worker);
    }

    /// Kills one of them; `false` when there is none now.
    fn kill(&mut self, victim: Victim) -> bool {
        match victim {
            Victim::Worker => {
                self.workers.remove(0).kill();
                self.start_worker();
                true
            }
            Victim::Redis => {
                self.redis.kill();
                true
            }
            Victim::Browser => self.kill_a_child("chrom"),
            Victim::Encoder => self.kill_a_child("ffmpeg"),
        }
    }

    /// Kills the newest of the workers' own processes of this name.
    fn kill_a_child(&self, name: &str) -> bool {
        let parents: Vec<_> = self
            .workers
            .iter()
            .map(|worker| worker.child.id().to_string())
            .collect();
        let mut pkill = std::process::Command::new("pkill");
        let killed = pkill
            .args(["-KILL", "--newest", "-P", &parents.join(","), name])
            .status();
        killed.unwrap().success()
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_job_is_answered_once_whatever_is_killed() {
    let (redis, outputs) = (Redis::start(), tempfile::tempdir().unwrap());
    let (shown, _showing) = shown::show(outputs.path().to_owned()).await;
    let mut works = Works {
        place: Place::new(),
        redis,
        outputs,
        shown,
        workers: Vec::new(),
    };
    let many = jobs();
    let mut list = works.redis.connection().await;
    for number in 0..many {
        let _: u64 = list
            .lpush("playwright-jobs", job(number).to_string())
            .await
            .unwrap();
    }
    works.start_worker();
    works.start_worker();

    let (mut answers, mut killed) = (Vec::new(), Vec::new());
    let mut victims = VICTIMS.iter().copied().cycle();
    while answers.len() < many {
        let (_, answer): (String, String) = list
            .brpop("playwright-jobs:results", 100.0)
            .await
            .unwrap_or_else(|error| {
                panic!("{} answers, then none: {error}", answers.len());
            });
        answers.push(serde_json::from_str::<Value>(&answer).unwrap());
        // Not the last ones: there would be nothing left to kill.
        if answers.len() % 7 != 0 || answers.len() + 4 > many {
            continue;
        }
        let victim = victims.next().unwrap();
        let began = Instant::now();
        while !works.kill(victim) {
            let so_far = format!("{} answers, {killed:?}", answers.len());
            assert!(began.elapsed() < LIMIT, "no {victim:?}: {so_far}");
            std::thread::sleep(Duration::from_millis(20));
        }
        killed.push(victim);
        if victim == Victim::Redis {
            list = works.redis.connection().await;
        }
    }

    let kinds: BTreeSet<_> = killed.iter().collect();
    assert_eq!(kinds.len(), VICTIMS.len(), "{killed:?}");
    let failed: Vec<_> = answers
        .iter()
        .filter(|answer| answer["success"] != true)
        .collect();
    // 99.9 of 100 have to succeed: of fewer than a thousand, all.
    assert!(failed.len() <= many / 1000, "{failed:#?}");
    let shown: BTreeSet<_> = answers
        .iter()
        .filter_map(|answer| answer["src"].as_str())
        .collect();
    assert_eq!(shown.len(), many - failed.len(), "an answer came twice");
    for worker in works.workers.drain(..) {
        assert!(worker.stop().success());
    }
    let left: u64 = list.llen("playwright-jobs:results").await.unwrap();
    let held: Vec<String> = list.keys("playwright-jobs:processing:*").await.unwrap();
    let waiting: u64 = list.llen("playwright-jobs").await.unwrap();
    assert_eq!((left, held.len(), waiting), (0, 0, 0));
    for (number, expected) in (0..many).map(|number| (number, job(number))) {
        let file = works.outputs.path().join("art/chaos");
        let file = file.join(expected["filename"].as_str().unwrap());
        assert!(file.is_file(), "{number}");
    }
}
