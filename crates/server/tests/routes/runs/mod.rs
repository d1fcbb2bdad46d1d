mod cancel;
mod create;
mod data;
mod delete;
mod engines;
mod get;
mod stream;
mod visual;
