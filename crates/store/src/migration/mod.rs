//! The schema, one file per table, in the order of their numbers. A released file is never changed; a change is a new file.

#![expect(
    elided_lifetimes_in_paths,
    reason = "the trait is written without the lifetime, and an implementation must match it"
)]

use sea_orm_migration::prelude::*;

mod m0001_users;
mod m0002_auth_sessions;
mod m0003_one_time_tokens;
mod m0004_sessions;
mod m0005_recordings;
mod m0006_recording_revisions;
mod m0007_runs;
mod m0008_run_steps;
mod m0009_errors;
mod m0010_artifacts;
mod m0011_events;
mod m0012_jobs;
mod m0013_runs_steps_healed;
mod m0014_runs_group;
mod m0015_baselines;
mod m0020_renders;
mod m0021_films;
mod m0022_jobs_order;
mod m0023_films_delivered;
mod m0024_films_kept;
mod m0025_sounds;
mod m0026_recording_tags;
mod m0027_films_sealed;
mod m0028_renders_kept;
mod m0029_schedules;
mod m0030_runs_schedule;
mod m0031_pictures;

pub(crate) struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_users::Migration),
            Box::new(m0002_auth_sessions::Migration),
            Box::new(m0003_one_time_tokens::Migration),
            Box::new(m0004_sessions::Migration),
            Box::new(m0005_recordings::Migration),
            Box::new(m0006_recording_revisions::Migration),
            Box::new(m0007_runs::Migration),
            Box::new(m0008_run_steps::Migration),
            Box::new(m0009_errors::Migration),
            Box::new(m0010_artifacts::Migration),
            Box::new(m0011_events::Migration),
            Box::new(m0012_jobs::Migration),
            Box::new(m0013_runs_steps_healed::Migration),
            Box::new(m0014_runs_group::Migration),
            Box::new(m0015_baselines::Migration),
            Box::new(m0020_renders::Migration),
            Box::new(m0021_films::Migration),
            Box::new(m0022_jobs_order::Migration),
            Box::new(m0023_films_delivered::Migration),
            Box::new(m0024_films_kept::Migration),
            Box::new(m0025_sounds::Migration),
            Box::new(m0026_recording_tags::Migration),
            Box::new(m0027_films_sealed::Migration),
            Box::new(m0028_renders_kept::Migration),
            Box::new(m0029_schedules::Migration),
            Box::new(m0030_runs_schedule::Migration),
            Box::new(m0031_pictures::Migration),
        ]
    }
}
