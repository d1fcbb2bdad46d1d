//! What is laid over a film of this studio: pictures that were sent to it, named by their ids where files are named elsewhere.

use std::str::FromStr as _;

use ids::PictureId;
use store::{Picture, Store, StoreError};
use video::Edit;

use super::desk::FilmAskError;
use super::request::WrongOrder;

/// The pictures of an edit's overlays, in order; each is there.
pub(crate) async fn pictures_of(store: &Store, edit: &Edit) -> Result<Vec<Picture>, FilmAskError> {
    let mut pictures = Vec::new();
    for (index, overlay) in edit.overlays.iter().enumerate() {
        let Some(named) = &overlay.picture else {
            continue;
        };
        let missing = || {
            let problem = format!(
                "{named:?} is no picture here: a server opens no file by its name; send the picture to /api/v1/pictures and name it by its id"
            );
            WrongOrder::new(format!("edit.overlays[{index}].picture"), problem)
        };
        let id = PictureId::from_str(named).map_err(|_| missing())?;
        match store.pictures().get(id).await {
            Ok(picture) => pictures.push(picture),
            Err(StoreError::NotFound { .. }) => return Err(missing().into()),
            Err(error) => return Err(error.into()),
        }
    }
    Ok(pictures)
}
