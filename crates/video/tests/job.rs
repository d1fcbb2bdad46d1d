//! Jobs as programs write them.

use std::time::Duration;

use proptest::prelude::*;
use serde_json::{Map, Value, json};
use video::{
    FilmFormat, FrameRate, Output, P5Version, PictureFormat, RenderJob, Source, WebmCodec,
};

fn parse(job: &Value) -> Result<RenderJob, String> {
    RenderJob::parse(job.to_string().as_bytes()).map_err(|error| error.to_string())
}

#[test]
fn the_three_kinds_of_the_render_service_are_taken_as_they_are() {
    let place = json!({ "bucket": "b", "prefix": "u/s", "filename": "f.png" });
    let with = |mut job: Value| {
        for (name, value) in place.as_object().unwrap() {
            job[name] = value.clone();
        }
        parse(&job).unwrap()
    };
    let p5 = with(
        json!({ "type": "p5", "code": "function draw() {}", "width": 640, "height": 480,
        "context": { "hash": "0xab", "variables": { "a": 1 }, "components": [] } }),
    );
    assert_eq!((p5.screen.width, p5.screen.height), (640, 480));
    assert_eq!(p5.seed.to_string(), "0xab");
    assert_eq!(p5.extra, *place.as_object().unwrap(), "the rest is kept");

    let js = with(
        json!({ "type": "js", "html": "<p>", "css": "p{}", "javascript": "1", "width": 10, "height": 10, "outputType": "png" }),
    );
    assert!(matches!(js.source, Source::Script { .. }));
    assert!(matches!(
        js.output,
        Output::Picture {
            format: PictureFormat::Png,
            frame: 0,
            ..
        }
    ));

    let video = with(
        json!({ "type": "video", "code": "function setup() {}", "duration": 5000, "fps": 30, "width": 10, "height": 10 }),
    );
    let Output::Film {
        format,
        frames,
        rate,
    } = video.output
    else {
        panic!("{:?}", video.output);
    };
    assert_eq!(
        (format, frames, rate),
        (FilmFormat::Mp4, 150, FrameRate::whole(30))
    );
}

#[test]
fn what_makes_no_sense_is_refused_by_the_name_of_its_field() {
    let cases = [
        (json!({ "type": "p5" }), "code: a sketch needs its code"),
        (json!({}), "code: there is nothing to render"),
        (json!({ "type": "url" }), "url: a page needs its address"),
        (
            json!({ "type": "url", "url": "file:///etc/passwd" }),
            "url: file: is not opened",
        ),
        (
            json!({ "type": "url", "url": "https://example.test", "output": "mp4" }),
            "output: films of pages by their address are made by `proscenium film`",
        ),
        (
            json!({ "type": "url", "url": "https://example.test", "output": "html" }),
            "output: a page by its address becomes png, jpeg or webp",
        ),
        (
            json!({ "type": "url", "url": "https://example.test", "frame": 3 }),
            "frame: a page by its address is shown as it is",
        ),
        (
            json!({ "code": "", "output": "html", "realTime": true }),
            "realTime: a page itself has no frames",
        ),
        (
            json!({ "code": "", "output": "mp4", "fast": true, "realTime": true }),
            "realTime: the faster way",
        ),
        (
            json!({ "code": "", "maxMemory": 1024 }),
            "maxMemory: 1024 is not between 268435456 and",
        ),
        (
            json!({ "code": "", "maxCpu": 10 }),
            "maxCpu: it must be at least 1000 ms",
        ),
        (
            json!({ "type": "oil", "code": "" }),
            "type: \"oil\" is not known",
        ),
        (json!({ "code": 7 }), "code: a number where text is needed"),
        (
            json!({ "code": "", "width": "wide" }),
            "width: text where a number is needed",
        ),
        (
            json!({ "code": "", "width": 0 }),
            "width: 0 is not between 1 and 8192",
        ),
        (
            json!({ "code": "", "height": 10.5 }),
            "height: 10.5 is not a whole number",
        ),
        (
            json!({ "code": "", "width": 8000, "height": 8000 }),
            "width: a frame of 8000 × 8000",
        ),
        (
            json!({ "code": "", "scale": 9 }),
            "scale: 9 is not between 0.5 and 4",
        ),
        (
            json!({ "code": "", "output": "avi" }),
            "output: \"avi\" is not known",
        ),
        (
            json!({ "code": "", "output": "mp4", "fps": 0 }),
            "fps: 0 is not between 1 and 120",
        ),
        (
            json!({ "code": "", "output": "gif", "fps": 60 }),
            "fps: 60 is not between 1 and 50",
        ),
        (
            json!({ "code": "", "output": "mp4", "duration": 2 }),
            "duration: 2 ms is less than a frame",
        ),
        (
            json!({ "code": "", "output": "mp4", "duration": "2 weeks" }),
            "duration: write milliseconds",
        ),
        (
            json!({ "code": "", "output": "mp4", "duration": "1h" }),
            "duration: write milliseconds",
        ),
        (
            json!({ "code": "", "output": "mp4", "duration": "60m" }),
            "duration: that is 216000 frames",
        ),
        (
            json!({ "code": "", "output": "mp4", "duration": "1s", "frames": 3 }),
            "frames: 3 frames and a duration of 60",
        ),
        (
            json!({ "code": "", "output": "mp4", "transparent": true }),
            "transparent: this kind of output",
        ),
        (
            json!({ "code": "", "timeout": 1 }),
            "timeout: it must be between",
        ),
        (
            json!({ "code": "", "context": [] }),
            "context: a list where an object is needed",
        ),
        (json!({ "code": "", "p5": 3 }), "p5: \"3\" is not there"),
        (
            json!({ "code": "", "output": "webm", "codec": "vp8" }),
            "codec: \"vp8\" is not known",
        ),
        (
            json!({ "code": "", "output": "mp4", "codec": "av1" }),
            "codec: it is chosen for webm only",
        ),
        (
            json!({ "code": "", "codec": "vp9" }),
            "codec: it is chosen for webm only; leave it out for png",
        ),
        (
            json!({ "code": "", "output": "webm", "codec": "av1", "transparent": true }),
            "codec: av1 has no transparency",
        ),
        (json!([]), "the job is a list, where an object is needed"),
    ];
    for (job, message) in cases {
        let error = parse(&job).expect_err(message);
        assert!(error.starts_with(message), "{job}: {error}");
    }
    assert_eq!(
        RenderJob::parse(b"{").unwrap_err().to_string(),
        "the job is not JSON"
    );
}

#[test]
fn durations_have_units_and_a_sketch_says_its_size_and_its_p5() {
    for (duration, frames) in [
        (json!(2000), 120),
        (json!("2s"), 120),
        (json!("500 ms"), 30),
        (json!("0.1m"), 360),
    ] {
        let job = parse(&json!({ "code": "", "output": "mp4", "duration": duration })).unwrap();
        assert!(
            matches!(job.output, Output::Film { frames: found, .. } if found == frames),
            "{:?}",
            job.output
        );
    }
    let job =
        parse(&json!({ "code": "async function setup() { createCanvas(300, 150); }" })).unwrap();
    assert_eq!((job.screen.width, job.screen.height), (300, 150));
    assert!(matches!(
        job.source,
        Source::Sketch {
            version: P5Version::Two,
            ..
        }
    ));
}

/// Any JSON that a field may hold.
fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (0_u32..3000).prop_map(Value::from),
        "\\PC{0,12}".prop_map(Value::from),
        "(p5|js|html|video|png|mp4|gif|webm|webp|vp9|av1|2s|500ms)".prop_map(Value::from),
    ];
    leaf.prop_recursive(2, 8, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
            prop::collection::btree_map("[a-z]{1,4}", inner, 0..3)
                .prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

const NAMES: [&str; 23] = [
    "type",
    "code",
    "html",
    "css",
    "javascript",
    "p5",
    "width",
    "height",
    "scale",
    "deviceScaleFactor",
    "fps",
    "duration",
    "frames",
    "frame",
    "seed",
    "context",
    "output",
    "outputType",
    "quality",
    "transparent",
    "codec",
    "timeout",
    "bucket",
];

proptest! {
    #[test]
    fn whatever_a_job_says_it_is_taken_within_the_limits_or_refused_with_words(
        fields in prop::collection::vec((0..NAMES.len(), any_value()), 0..10)
    ) {
        let fields: Map<String, Value> = fields
            .into_iter()
            .map(|(name, value)| (NAMES[name].to_owned(), value))
            .collect();
        match RenderJob::from_fields(fields) {
            Ok(job) => {
                let (width, height) = job.screen.pixels();
                prop_assert!(u64::from(width) * u64::from(height) <= video::LARGEST_PICTURE);
                if let Output::Film { frames, .. } = job.output {
                    prop_assert!((1..=video::MOST_FRAMES).contains(&frames));
                }
            }
            Err(error) => prop_assert!(error.to_string().len() > 10),
        }
    }

    #[test]
    fn fields_that_are_not_known_are_kept(name in "x[a-z]{1,8}", value in any_value()) {
        let mut fields = json!({ "code": "1" });
        fields[&name] = value.clone();
        let job = RenderJob::from_fields(fields.as_object().cloned().unwrap_or_default()).unwrap();
        prop_assert_eq!(job.extra.get(&name), Some(&value));
    }
}

#[test]
fn a_page_by_its_address_is_made_again_each_time() {
    let url = json!({ "type": "url", "url": "https://example.test" });
    let key = |job: &Value| parse(job).unwrap().content_key();
    assert_ne!(key(&url), key(&url));
    let real = json!({ "code": "1", "realTime": true });
    assert_ne!(key(&real), key(&real));
    let code = json!({ "code": "1", "maxCpu": "9s" });
    assert_eq!(key(&code), key(&json!({ "code": "1" })));
}

#[test]
fn what_the_browser_encodes_itself_is_another_output_and_an_mp4() {
    let film = json!({ "code": "1", "output": "mp4" });
    let fast = json!({ "code": "1", "output": "mp4", "fast": true });
    let key = |job: &Value| parse(job).unwrap().content_key();
    assert_ne!(key(&film), key(&fast));
    for output in ["webm", "gif", "png"] {
        let job = json!({ "code": "1", "output": output, "fast": true });
        let error = parse(&job).unwrap_err().to_string();
        assert!(error.starts_with("fast: "), "{error}");
    }
}

#[test]
fn the_codec_of_a_webm_is_part_of_what_is_made_and_the_usual_one_is_what_it_was() {
    let with = |more: Value| {
        let mut job = json!({ "code": "1", "output": "webm", "frames": 3 });
        job.as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        parse(&job).unwrap()
    };
    let key = |more: Value| with(more).content_key();
    assert_eq!(key(json!({})), key(json!({ "codec": "vp9" })));
    assert_ne!(key(json!({})), key(json!({ "codec": "av1" })));
    let format = |more: Value| match with(more).output {
        Output::Film { format, .. } => format,
        other @ Output::Picture { .. } => panic!("{other:?}"),
    };
    assert_eq!(format(json!({})), FilmFormat::Webm(WebmCodec::Vp9));
    assert_eq!(
        format(json!({ "codec": "av1" })),
        FilmFormat::Webm(WebmCodec::Av1)
    );
}

#[test]
fn a_job_without_a_time_limit_takes_that_of_whoever_reads_it() {
    let limit = |job: Value| {
        let usual = Duration::from_secs(7);
        let job = RenderJob::parse_within(job.to_string().as_bytes(), usual);
        job.unwrap().time_limit
    };
    assert_eq!(limit(json!({ "code": "1" })), Duration::from_secs(7));
    assert_eq!(
        limit(json!({ "code": "1", "timeout": "9s" })),
        Duration::from_secs(9)
    );
    let plain = parse(&json!({ "code": "1" })).unwrap();
    assert_eq!(plain.time_limit, Duration::from_secs(300));
}
