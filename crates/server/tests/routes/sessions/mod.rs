mod create;
mod errors;
mod screenshot;
mod stop;
mod upload;
