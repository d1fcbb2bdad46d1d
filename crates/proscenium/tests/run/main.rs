//! The program itself: recordings performed, checked and described from a shell.

mod answers;
mod describing;
mod engines;
mod exporting;
mod performing;
mod reports;
mod screenshots;
mod suites;
mod support;
mod validating;
mod values;
mod videos;
mod visual;
