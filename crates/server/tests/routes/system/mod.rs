mod health;
mod metrics;
