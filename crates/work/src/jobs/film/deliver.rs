//! From the artifact store to the place that films go to. What does not arrive is told; the film stays here in any case.

use delivery::{DeliverError, Delivery};
use serde_json::{Map, Value};
use store::{Film, FilmDelivered, FilmFiles, FilmNotDelivered, RenderOutput, Store, StoreError};
use tokio_util::sync::CancellationToken;

use crate::delivering::{self, NotDelivered};
use crate::error::chain;
use crate::films;

/// Delivers a film's files, the film itself first; ends with the first that does not arrive. The storyboard stays here:
/// what was typed in the film stands in it.
pub(super) async fn deliver(
    store: &Store,
    delivery: &Delivery,
    cancel: &CancellationToken,
    order: &Map<String, Value>,
    (film, files): (&Film, &FilmFiles),
) -> Result<FilmDelivered, StoreError> {
    let mut delivered = FilmDelivered::default();
    let movie = format!(".{}", film.setup.format);
    let all: [(&str, &Option<RenderOutput>, &str); 4] = [
        ("video", &files.video, &movie),
        ("poster", &files.poster, ".jpg"),
        ("sprite", &files.sprite, "-sprite.jpg"),
        ("teaser", &files.teaser, ".gif"),
    ];
    for (file, kept, ending) in all {
        let Some(kept) = kept else { continue };
        let place = match films::place(delivery, order, film, ending) {
            Ok(place) => place,
            Err(wrong) => {
                delivered.error = Some(not_delivered(file, "invalid-place", &wrong));
                break;
            }
        };
        match delivering::deliver(store, delivery, cancel, &place, kept).await {
            Ok(arrived) => {
                delivered.fetches += arrived.fetches;
                let url = Some(arrived.url);
                match file {
                    "video" => delivered.video = url,
                    "poster" => delivered.poster = url,
                    "sprite" => delivered.sprite = url,
                    _ => delivered.teaser = url,
                }
            }
            Err(NotDelivered::Store(error)) => return Err(error),
            Err(NotDelivered::Delivery(error)) => {
                delivered.error = Some(not_delivered(file, error.code(), &error));
                if let DeliverError::Wrong { fetches, .. } = error {
                    delivered.fetches += fetches;
                }
                break;
            }
        }
    }
    Ok(delivered)
}

/// No worker was left to deliver it.
pub(super) fn given_up(code: &str, reason: &str) -> FilmDelivered {
    FilmDelivered {
        error: Some(FilmNotDelivered {
            file: "video".to_owned(),
            code: code.to_owned(),
            message: reason.to_owned(),
        }),
        ..FilmDelivered::default()
    }
}

fn not_delivered(file: &str, code: &str, error: &dyn std::error::Error) -> FilmNotDelivered {
    FilmNotDelivered {
        file: file.to_owned(),
        code: code.to_owned(),
        message: chain(error),
    }
}
