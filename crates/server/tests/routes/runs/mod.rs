mod cancel;
mod create;
mod delete;
mod engines;
mod get;
mod stream;
mod visual;
