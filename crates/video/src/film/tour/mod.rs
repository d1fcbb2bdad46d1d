//! Generated tours: what is worth showing of a page, in an order and a time that suit a film.

mod element;
mod make;
mod order;
mod room;
mod score;
mod template;

pub use order::{Template, TourOrder, tour};
