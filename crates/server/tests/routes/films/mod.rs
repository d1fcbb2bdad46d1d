//! `/api/v1/films`.

mod asking;
mod filming;
