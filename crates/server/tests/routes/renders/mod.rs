mod cancel;
mod create;
mod delivering;
mod expiring;
mod failing;
mod output;
