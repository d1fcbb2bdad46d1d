mod create;
mod documents;
mod list;
mod replace;
mod restore;
mod validate;
