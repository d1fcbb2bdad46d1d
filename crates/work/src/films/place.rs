//! What a film's files are called, and where everybody finds them.

use delivery::{Delivery, Place, PlaceError};
use serde_json::{Map, Value};
use store::Film;

use crate::delivering::{self, Usual};

/// The folder that films are delivered to when neither the settings nor the order name a bucket: a storage that is a folder
/// makes it, and no other storage is asked for it.
const FOLDER: &str = "films";

/// What a file of a film is called: the film's name as far as every system takes it, and how the file's name ends.
#[must_use]
pub fn film_file_name(film: &Film, ending: &str) -> String {
    let plain = |letter: char| {
        if letter.is_alphanumeric() {
            letter
        } else {
            '-'
        }
    };
    let stem: String = film.name.chars().map(plain).collect();
    format!("{stem}{ending}")
}

/// Where a file of a film goes: below the `prefix` of its order, or below its own id, so that films of one name do not take
/// each other's place.
pub(crate) fn place(
    delivery: &Delivery,
    order: &Map<String, Value>,
    film: &Film,
    ending: &str,
) -> Result<Place, PlaceError> {
    let id = film.id.to_string();
    let below = format!("films/{id}");
    let usual = match delivery.is_folder() {
        true => Usual {
            bucket: Some(FOLDER),
            prefix: Some(&id),
        },
        false => Usual {
            bucket: None,
            prefix: Some(&below),
        },
    };
    delivering::place(delivery, order, usual, &film_file_name(film, ending))
}

/// Whether an order that says where its film goes makes sense here. One that says nothing does: if there is no place for its
/// film then, the film is made all the same and says so.
pub(super) fn check(delivery: &Delivery, order: &Map<String, Value>) -> Result<(), PlaceError> {
    let is_said = |field: &str| order.get(field).is_some_and(|value| !value.is_null());
    if !is_said("bucket") && !is_said("prefix") {
        return Ok(());
    }
    let usual = Usual {
        bucket: delivery.is_folder().then_some(FOLDER),
        prefix: None,
    };
    delivering::place(delivery, order, usual, "film").map(|_| ())
}
