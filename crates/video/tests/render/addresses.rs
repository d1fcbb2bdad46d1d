//! Pages by their addresses: real time, a real network, a browser of its own.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};

use serde_json::json;
use video::{RenderError, Warning};

use crate::support::{Studio, pixels};

/// A page that asks a person, keeps a mark, shows a picture, and is longer than a screen.
const PAGE: &str = "<!doctype html><style>body { margin: 0; background: rgb(0, 0, 255); height: 3000px } img { display: block }</style>
<script>alert('?'); if (localStorage.mark || document.cookie) throw new Error('seen before'); localStorage.mark = document.cookie = 'a=1';</script>
<img src=/green.png width=200 height=200>";

/// Answers on this machine until the process ends.
fn serve() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            std::thread::spawn(move || answer(stream));
        }
    });
    address
}

fn answer(mut stream: TcpStream) {
    let mut request = [0; 4096];
    let Ok(read) = stream.read(&mut request) else {
        return;
    };
    let request = String::from_utf8_lossy(&request[..read]).into_owned();
    let (status, kind, body) = match request.split(' ').nth(1) {
        Some("/") => ("200 OK", "text/html", PAGE.as_bytes().to_vec()),
        Some("/green.png") => ("200 OK", "image/png", green()),
        _ => ("404 Not Found", "text/html", b"nothing".to_vec()),
    };
    let length = body.len();
    let head = format!(
        "HTTP/1.1 {status}\r\ncontent-type: {kind}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n"
    );
    // A browser that has gone away needs no answer.
    let _ = stream.write_all(&[head.as_bytes(), &body].concat());
}

fn green() -> Vec<u8> {
    let picture = image::RgbaImage::from_pixel(10, 10, image::Rgba([0, 128, 0, 255]));
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture
        .write_to(&mut bytes, image::ImageFormat::Png)
        .unwrap();
    bytes.into_inner()
}

#[tokio::test]
async fn a_page_by_its_address_is_shown_as_far_as_the_screen_or_as_a_whole() {
    let studio = Studio::new();
    let url = format!("http://{}/", serve());
    for (fields, name, size) in [
        (json!({}), "screen.png", (1280, 720)),
        (json!({ "fullPage": true }), "whole.png", (1280, 3000)),
        (
            json!({ "width": 400, "height": 300, "scale": 2, "output": "webp" }),
            "dense.webp",
            (800, 600),
        ),
    ] {
        let mut job = json!({ "type": "url", "url": url });
        for (field, value) in fields.as_object().unwrap() {
            job[field] = value.clone();
        }
        // Each sees the page for the first time: what it keeps would be an exception the second time.
        let rendered = studio.render(job, name).await;
        assert_eq!((rendered.width, rendered.height), size, "{name}");
        assert_eq!(rendered.way.as_str(), "screenshot");
        assert_eq!(rendered.warnings, [], "{name}");
        let picture = pixels(&studio.path(name));
        let [red, green, blue, _] = picture.get_pixel(50, 50).0;
        assert!(red < 9 && green > 115 && blue < 9, "{name}: its picture");
        let last = picture.get_pixel(size.0 - 1, size.1 - 1).0;
        assert!(last[2] > 245 && last[0] < 9, "{name}: {last:?}");
    }
}

#[tokio::test]
async fn a_page_that_is_larger_than_a_picture_can_be_is_cut_and_says_so() {
    let studio = Studio::new();
    let url = format!("http://{}/", serve());
    let job = json!({ "type": "url", "url": url, "fullPage": true, "width": 8000, "height": 500, "output": "jpeg" });
    let rendered = studio.render(job, "a.jpg").await;
    assert_eq!((rendered.width, rendered.height), (8000, 3000));
    let job = json!({ "type": "url", "url": url, "fullPage": true, "width": 4000, "height": 500, "scale": 4, "output": "jpeg" });
    let rendered = studio.render(job, "b.jpg").await;
    assert_eq!(rendered.warnings, [Warning::Cut]);
    assert!(u64::from(rendered.width) * u64::from(rendered.height) <= video::LARGEST_PICTURE);
}

#[tokio::test]
async fn an_address_that_cannot_be_opened_and_one_that_answers_with_an_error_give_no_picture() {
    let studio = Studio::new();
    let missing = format!("http://{}/missing", serve());
    let job = json!({ "type": "url", "url": missing });
    let error = studio.try_render(job, "a.png").await.unwrap_err();
    assert_eq!(
        error.to_string(),
        format!("{missing} answers with status 404")
    );
    let free = TcpListener::bind("127.0.0.1:0").unwrap();
    let nobody = format!("http://{}/", free.local_addr().unwrap());
    drop(free);
    let job = json!({ "type": "url", "url": nobody });
    let error = studio.try_render(job, "a.png").await.unwrap_err();
    assert!(matches!(error, RenderError::Site { .. }), "{error}");
    assert!(error.is_of_the_code());
    assert_eq!(studio.files(), [""; 0]);
}
