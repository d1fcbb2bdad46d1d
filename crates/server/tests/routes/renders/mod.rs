mod cancel;
mod create;
mod expiring;
mod failing;
mod output;
