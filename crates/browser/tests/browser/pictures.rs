//! Screenshots and streams of pictures.

use std::time::Duration;

use browser::{
    Clip, Engine, ImageFormat, LoadState, ScreencastOptions, ScreenshotOptions, Viewport,
};

use crate::support::{Stage, assert_unsupported, engine};

/// Width and height of a PNG.
fn png_size(picture: &[u8]) -> (u32, u32) {
    assert_eq!(&picture[..8], b"\x89PNG\r\n\x1a\n");
    let number = |at: usize| u32::from_be_bytes(picture[at..at + 4].try_into().unwrap());
    (number(16), number(20))
}

#[tokio::test]
async fn screenshots_show_the_view_the_whole_page_or_a_part() {
    let stage = Stage::new().await;
    stage
        .page
        .set_viewport(&stage.progress, Viewport::desktop(640, 480))
        .await
        .unwrap();
    stage.show("<body style='margin:0'><div style='height:2000px;background:linear-gradient(red,blue)'></div>").await;
    let take = async |options| {
        stage
            .page
            .screenshot(&stage.progress, options)
            .await
            .unwrap()
    };
    assert_eq!(
        png_size(&take(ScreenshotOptions::default()).await),
        (640, 480)
    );
    let whole = ScreenshotOptions {
        full_page: true,
        ..ScreenshotOptions::default()
    };
    assert_eq!(png_size(&take(whole).await), (640, 2000));
    let clip = Some(Clip {
        x: 10.0,
        y: 20.0,
        width: 100.0,
        height: 50.0,
    });
    assert_eq!(
        png_size(
            &take(ScreenshotOptions {
                clip,
                ..ScreenshotOptions::default()
            })
            .await
        ),
        (100, 50)
    );
    let jpeg = take(ScreenshotOptions {
        format: ImageFormat::Jpeg { quality: 50 },
        ..whole
    })
    .await;
    assert_eq!(jpeg[..3], [0xff, 0xd8, 0xff]);
    let webp = ScreenshotOptions {
        format: ImageFormat::Webp { quality: 50 },
        ..ScreenshotOptions::default()
    };
    if engine() == Engine::WebKit {
        assert_unsupported(stage.page.screenshot(&stage.progress, webp).await);
    } else {
        assert_eq!(&take(webp).await[8..12], b"WEBP");
    }
    assert_eq!(
        stage.eval("[innerWidth, innerHeight]").await,
        serde_json::json!([640, 480]),
        "the page keeps its size"
    );
    stage.close().await;
}

#[tokio::test]
async fn a_stream_sends_a_picture_for_each_change_and_stops() {
    let stage = Stage::new().await;
    let narrow = stage
        .page
        .set_viewport(&stage.progress, Viewport::desktop(320, 240))
        .await;
    let (width, height) = if engine() == Engine::WebKit {
        // A window is never narrower than its controls.
        assert_unsupported(narrow);
        let wider = Viewport::desktop(500, 240);
        stage
            .page
            .set_viewport(&stage.progress, wider)
            .await
            .unwrap();
        (500.0, 240.0)
    } else {
        narrow.unwrap();
        (320.0, 240.0)
    };
    stage.show("<body style='background:white'><script>let i=0; (function f(){ document.body.style.background = i++ % 2 ? '#000' : '#fff'; requestAnimationFrame(f) })()</script>").await;
    let mut cast = stage
        .page
        .start_screencast(&stage.progress, ScreencastOptions::default())
        .await
        .unwrap();
    for _ in 0..10 {
        let frame = tokio::time::timeout(Duration::from_secs(5), cast.next())
            .await
            .unwrap()
            .unwrap();
        assert_eq!(frame.jpeg[..3], [0xff, 0xd8, 0xff]);
        assert_eq!(
            (frame.css_width, frame.css_height, frame.page_scale),
            (width, height, 1.0)
        );
    }
    cast.stop(&stage.progress).await.unwrap();
    stage.close().await;
}

#[tokio::test]
async fn who_takes_pictures_slowly_gets_the_newest() {
    let stage = Stage::new().await;
    // Small enough for a build that is not optimised to keep up where the pictures are encoded here.
    stage
        .page
        .set_viewport(&stage.progress, Viewport::desktop(500, 240))
        .await
        .unwrap();
    stage.show("<body><script>let i=0; (function f(){ document.body.style.background = i++ % 2 ? '#000' : '#fff'; requestAnimationFrame(f) })()</script>").await;
    let mut cast = stage
        .page
        .start_screencast(&stage.progress, ScreencastOptions::default())
        .await
        .unwrap();
    let first = cast.next().await.unwrap();
    // The browser is not kept waiting: it goes on sending while nobody takes.
    let sent = async {
        while cast.captured() < 8 {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(5), sent)
        .await
        .unwrap();
    let skipped = cast.skipped();
    let newest = cast.next().await.unwrap();
    assert!(skipped >= 5, "{skipped}");
    assert!(newest.received > first.received);
    stage.close().await;
}

#[tokio::test]
async fn a_stream_ends_with_its_page_and_a_new_one_replaces_the_old() {
    let stage = Stage::new().await;
    let options = ScreencastOptions::default();
    let mut old = stage
        .page
        .start_screencast(&stage.progress, options)
        .await
        .unwrap();
    let mut new = stage
        .page
        .start_screencast(&stage.progress, options)
        .await
        .unwrap();
    assert!(old.next().await.is_none());
    drop(old);
    stage.eval("document.body.append('changed')").await;
    tokio::time::timeout(Duration::from_secs(5), new.next())
        .await
        .unwrap()
        .unwrap();
    stage.page.close(&stage.progress).await.unwrap();
    let ended = async { while new.next().await.is_some() {} };
    tokio::time::timeout(Duration::from_secs(5), ended)
        .await
        .unwrap();
    stage.close().await;
}

#[tokio::test]
async fn a_picture_can_be_taken_while_one_document_takes_the_place_of_another() {
    let stage = Stage::new().await;
    let pages = ["red", "blue"].map(|colour| format!("<body style='background:{colour}'>"));
    for (index, page) in pages.iter().enumerate() {
        stage.server.page(&format!("/{index}"), page);
    }
    for round in 0..6 {
        // Of another origin, so that another process takes over.
        let url = match round % 2 {
            0 => stage.server.url("/0"),
            _ => stage.server.other_url("/1"),
        };
        let going = stage.page.goto(&stage.progress, &url, LoadState::Load);
        let looking = async {
            for _ in 0..4 {
                let options = ScreenshotOptions::default();
                stage
                    .page
                    .screenshot(&stage.progress, options)
                    .await
                    .unwrap();
            }
        };
        let (gone, ()) = tokio::join!(going, looking);
        gone.unwrap();
    }
}

#[tokio::test]
async fn a_picture_of_the_whole_page_leaves_the_stream_as_it_is() {
    let stage = Stage::new().await;
    stage
        .page
        .set_viewport(&stage.progress, Viewport::desktop(500, 240))
        .await
        .unwrap();
    stage
        .show("<body style='margin:0;background:blue'><div style='height:240px;background:red'></div><div style='height:1700px'></div>")
        .await;
    let mut cast = stage
        .page
        .start_screencast(&stage.progress, ScreencastOptions::default())
        .await
        .unwrap();
    let whole = ScreenshotOptions {
        full_page: true,
        ..ScreenshotOptions::default()
    };
    for round in 0..8 {
        let picture = stage.page.screenshot(&stage.progress, whole).await.unwrap();
        assert!(size(&picture).1 >= 1_900);
        // What is seen last is what the viewport shows.
        let colour = if round % 2 == 0 { "lime" } else { "red" };
        stage
            .eval(&format!(
                "document.querySelector('div').style.background = '{colour}'"
            ))
            .await;
        let shown = async {
            loop {
                let frame = cast.next().await.unwrap();
                let (width, height) = size(&frame.jpeg);
                let is_whole =
                    f64::from(width) * frame.css_height - f64::from(height) * frame.css_width;
                assert!(
                    is_whole.abs() <= 2.0 * frame.css_width.max(frame.css_height)
                        && (frame.css_width, frame.css_height) == (500.0, 240.0),
                    "round {round}: {width} × {height} of {} × {}",
                    frame.css_width,
                    frame.css_height
                );
                let jpeg = image::load_from_memory(&frame.jpeg).unwrap().into_rgb8();
                let [red, green, _] = jpeg.get_pixel(width / 2, height - 4).0;
                if (green > 200) == (colour == "lime") && (red > 200) == (colour == "red") {
                    return;
                }
            }
        };
        let shown = tokio::time::timeout(Duration::from_secs(5), shown).await;
        assert!(shown.is_ok(), "round {round}: the stream stays behind");
    }
    stage.close().await;
}

fn size(picture: &[u8]) -> (u32, u32) {
    let reader = image::ImageReader::new(std::io::Cursor::new(picture));
    let reader = reader.with_guessed_format().expect("bytes can be read");
    reader.into_dimensions().expect("it is a picture")
}
