use axum::body::Body;
use http::Method;
use image::ImageFormat::{self, Jpeg, Png, WebP};
use serde_json::json;

use super::{KIND, PICTURES, magenta, send};
use crate::support::Server;

#[tokio::test]
async fn a_picture_is_taken_listed_seen_deleted_and_brought_back() {
    let server = Server::start().await;
    let owner = server.owner().await;
    let bytes = magenta(Png, (40, 20));
    let picture = send(&owner, "..%2Flogo.png", &bytes).await;
    assert_eq!(picture.status, 201, "{}", picture.text());
    let picture = picture.data();
    assert_eq!(
        (&picture["name"], &picture["contentType"], &picture["size"]),
        (&json!("logo.png"), &json!("image/png"), &json!(bytes.len()))
    );
    assert_eq!(
        (&picture["width"], &picture["height"]),
        (&json!(40), &json!(20))
    );
    let path = format!("{PICTURES}/{}", picture["id"].as_str().unwrap());
    assert_eq!(owner.get(&path).await.data(), picture);
    assert_eq!(owner.get(PICTURES).await.data(), json!([picture]));

    let content = picture["content"].as_str().unwrap();
    let seen = owner.get(content).await;
    assert_eq!((seen.status, &seen.body), (200, &bytes));
    assert_eq!(seen.headers["content-type"], "image/png");
    assert_eq!(seen.headers["x-content-type-options"], "nosniff");
    let disposition = seen.headers["content-disposition"].to_str().unwrap();
    assert!(disposition.starts_with("inline"), "{disposition}");

    assert_eq!(owner.delete(&path).await.status, 200);
    assert_eq!(owner.get(PICTURES).await.data(), json!([]));
    assert_eq!(owner.get(content).await.status, 404);
    owner.post(&format!("{path}/restore"), json!({})).await;
    assert_eq!(owner.get(PICTURES).await.data(), json!([picture]));
    server.stop().await;
}

#[tokio::test]
async fn a_picture_is_what_its_bytes_are_whatever_it_is_called() {
    let server = Server::start().await;
    let owner = server.owner().await;
    for (format, kind) in [(Jpeg, "image/jpeg"), (WebP, "image/webp")] {
        let picture = send(&owner, "logo.png", &magenta(format, (8, 8))).await;
        assert_eq!(picture.status, 201, "{}", picture.text());
        assert_eq!(picture.data()["contentType"], kind);
    }
    server.stop().await;
}

#[tokio::test]
async fn what_is_no_picture_is_refused_whatever_it_is_called_and_nothing_is_kept() {
    let server = Server::start().await;
    let owner = server.owner().await;
    let drawing = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>";
    let animation = b"GIF89a\x01\0\x01\0\0\0\0;";
    let half = |format: ImageFormat| {
        let whole = magenta(format, (64, 64));
        whole[..whole.len() / 2].to_vec()
    };
    let wide = magenta(Png, (8193, 1));
    for bytes in [
        &b"hello"[..],
        drawing,
        animation,
        &half(Png),
        &half(Jpeg),
        &half(WebP),
        &wide,
        b"",
    ] {
        let refused = send(&owner, "logo.png", bytes).await;
        let head = String::from_utf8_lossy(&bytes[..bytes.len().min(12)]);
        assert_eq!(
            (refused.status, refused.code().as_str()),
            (422, "not_a_picture"),
            "{head:?}: {}",
            refused.text()
        );
        assert!(refused.text().contains("logo.png"), "{}", refused.text());
        assert!(
            !refused.text().contains("proscenium-"),
            "where it was looked at is nobody's business: {}",
            refused.text()
        );
    }
    let unnamed = owner
        .send(Method::POST, PICTURES, KIND, Body::empty())
        .await;
    assert_eq!(
        (unnamed.status, unnamed.code().as_str()),
        (400, "invalid_query")
    );
    assert_eq!(owner.get(PICTURES).await.data(), json!([]));
    server.stop().await;
}

#[tokio::test]
async fn a_picture_larger_than_pictures_may_be_is_refused_before_it_arrives_or_while_it_does() {
    let server = Server::start().await;
    let owner = server.owner().await;
    let announced = owner.with("content-length", "40000000");
    let refused = send(&announced, "a.png", &magenta(Png, (8, 8))).await;
    assert_eq!(
        (refused.status, refused.code().as_str()),
        (413, "too_large")
    );
    let chunk = bytes::Bytes::from(vec![0_u8; 1 << 20]);
    // It has no end: nobody waits for it.
    let endless = futures_util::stream::repeat_with(move || Ok::<_, std::io::Error>(chunk.clone()));
    let path = format!("{PICTURES}?name=a.png");
    let refused = owner.send(Method::POST, &path, KIND, Body::from_stream(endless));
    let refused = refused.await;
    assert_eq!(
        (refused.status, refused.code().as_str()),
        (413, "too_large")
    );
    server.stop().await;
}

#[tokio::test]
async fn nobody_but_the_owner_sends_pictures_or_sees_them() {
    let server = Server::start().await;
    let owner = server.owner().await;
    let bytes = magenta(Png, (8, 8));
    let picture = send(&owner, "a.png", &bytes).await.data();
    let nobody = server.anonymous();
    assert_eq!(send(&nobody, "b.png", &bytes).await.status, 401);
    assert_eq!(nobody.get(PICTURES).await.status, 401);
    let content = picture["content"].as_str().unwrap();
    assert_eq!(nobody.get(content).await.status, 401);
    let path = format!("{PICTURES}/{}", picture["id"].as_str().unwrap());
    assert_eq!(nobody.delete(&path).await.status, 401);
    server.stop().await;
}
