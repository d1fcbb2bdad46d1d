mod cancel;
mod create;
mod failing;
mod output;
