use axum::body::Body;
use http::Method;
use serde_json::json;

use super::{KIND, SOUNDS, send, tone};
use crate::support::Server;

#[tokio::test]
async fn a_sound_is_taken_listed_heard_deleted_and_brought_back() {
    let server = Server::start().await;
    let owner = server.owner().await;
    let bytes = tone(1.5);
    let sound = send(&owner, "..%2Fnarration.wav", &bytes).await;
    assert_eq!(sound.status, 201, "{}", sound.text());
    let sound = sound.data();
    assert_eq!(
        (&sound["name"], &sound["codec"], &sound["contentType"]),
        (
            &json!("narration.wav"),
            &json!("pcm_s16le"),
            &json!("audio/wav")
        )
    );
    assert_eq!(
        (&sound["durationMs"], &sound["size"]),
        (&json!(1500), &json!(bytes.len()))
    );
    let path = format!("{SOUNDS}/{}", sound["id"].as_str().unwrap());
    assert_eq!(owner.get(&path).await.data(), sound);
    assert_eq!(owner.get(SOUNDS).await.data(), json!([sound]));

    let content = sound["content"].as_str().unwrap();
    let heard = owner.get(content).await;
    assert_eq!((heard.status, &heard.body), (200, &bytes));
    assert_eq!(heard.headers["content-type"], "audio/wav");
    let disposition = heard.headers["content-disposition"].to_str().unwrap();
    assert!(disposition.starts_with("inline"), "{disposition}");
    let part = owner.with("range", "bytes=0-3").get(content).await;
    assert_eq!((part.status, part.body.as_slice()), (206, &b"RIFF"[..]));

    assert_eq!(owner.delete(&path).await.status, 200);
    assert_eq!(owner.get(SOUNDS).await.data(), json!([]));
    assert_eq!(owner.get(content).await.status, 404);
    owner.post(&format!("{path}/restore"), json!({})).await;
    assert_eq!(owner.get(SOUNDS).await.data(), json!([sound]));
    server.stop().await;
}

#[tokio::test]
async fn what_is_no_sound_is_refused_whatever_it_is_called_and_nothing_is_kept() {
    let server = Server::start().await;
    let owner = server.owner().await;
    let list = b"ffconcat version 1.0\nfile /etc/passwd\n";
    let playlist = b"#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\nfile:///etc/passwd\n";
    let picture = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
    let half = &tone(1.0)[..30];
    for bytes in [&b"hello"[..], list, playlist, picture, half, b""] {
        let refused = send(&owner, "song.mp3", bytes).await;
        assert_eq!(
            (refused.status, refused.code().as_str()),
            (422, "not_a_sound"),
            "{}",
            refused.text()
        );
        assert!(refused.text().contains("song.mp3"), "{}", refused.text());
        assert!(
            !refused.text().contains("proscenium-"),
            "where it was looked at is nobody's business: {}",
            refused.text()
        );
    }
    let unnamed = owner.send(Method::POST, SOUNDS, KIND, Body::empty()).await;
    assert_eq!(
        (unnamed.status, unnamed.code().as_str()),
        (400, "invalid_query")
    );
    assert_eq!(owner.get(SOUNDS).await.data(), json!([]));
    server.stop().await;
}

#[tokio::test]
async fn a_sound_larger_than_sounds_may_be_is_refused_before_it_arrives_or_while_it_does() {
    let server = Server::start().await;
    let owner = server.owner().await;
    let announced = owner.with("content-length", "300000000");
    let refused = send(&announced, "a.wav", &tone(0.2)).await;
    assert_eq!(
        (refused.status, refused.code().as_str()),
        (413, "too_large")
    );
    let chunk = bytes::Bytes::from(vec![0_u8; 1 << 20]);
    // It has no end: nobody waits for it.
    let endless = futures_util::stream::repeat_with(move || Ok::<_, std::io::Error>(chunk.clone()));
    let path = format!("{SOUNDS}?name=a.wav");
    let refused = owner.send(Method::POST, &path, KIND, Body::from_stream(endless));
    let refused = refused.await;
    assert_eq!(
        (refused.status, refused.code().as_str()),
        (413, "too_large")
    );
    server.stop().await;
}

#[tokio::test]
async fn nobody_but_the_owner_sends_sounds_or_hears_them() {
    let server = Server::start().await;
    let owner = server.owner().await;
    let sound = send(&owner, "a.wav", &tone(0.2)).await.data();
    let nobody = server.anonymous();
    assert_eq!(send(&nobody, "b.wav", &tone(0.2)).await.status, 401);
    assert_eq!(nobody.get(SOUNDS).await.status, 401);
    let content = sound["content"].as_str().unwrap();
    assert_eq!(nobody.get(content).await.status, 401);
    let path = format!("{SOUNDS}/{}", sound["id"].as_str().unwrap());
    assert_eq!(nobody.delete(&path).await.status, 401);
    server.stop().await;
}
