mod cancel;
mod create;
mod delete;
mod get;
mod stream;
