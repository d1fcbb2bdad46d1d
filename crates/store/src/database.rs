//! One SQLite file, opened twice: one connection that writes, a few that read.
//!
//! SQLite has one writer. A transaction that reads first and writes later fails when another one wrote in between, and
//! no timeout helps; so every write goes through one connection, in a transaction that takes the write lock at once.

use std::fs::File;
use std::path::Path;
use std::time::Duration;

use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
use sea_orm::{ConnectOptions, ConnectionTrait, Database as Connect, DatabaseConnection, DbErr};
use sea_orm_migration::MigratorTrait;

use crate::StoreError;
use crate::error::Doing;
use crate::migration::Migrator;

const READERS: u32 = 3;

#[derive(Debug)]
pub(crate) struct Database {
    write: DatabaseConnection,
    read: DatabaseConnection,
}

impl Database {
    pub(crate) async fn open(folder: &Path) -> Result<Self, StoreError> {
        make_private_folder(folder)?;
        let file = folder.join("proscenium.db");
        let open = |source: DbErr| StoreError::Open {
            path: file.clone(),
            source: Box::new(source),
        };

        // Server and workers may start at the same moment on the same folder: one sets the file up, the others wait. Not
        // only migrating needs that: SQLite lets nobody wait who changes the journal mode, it says that it is locked.
        let alone = lock(folder).await?;
        let write = Connect::connect(options(&file, 1)).await.map_err(open)?;
        Migrator::up(&write, None)
            .await
            .map_err(|source| StoreError::Migrate {
                source: Box::new(source),
            })?;
        drop(alone);
        let read = Connect::connect(options(&file, READERS))
            .await
            .map_err(open)?;
        Ok(Self { write, read })
    }

    pub(crate) fn write(&self) -> &DatabaseConnection {
        &self.write
    }

    pub(crate) fn read(&self) -> &DatabaseConnection {
        &self.read
    }

    pub(crate) async fn ping(&self) -> Result<(), StoreError> {
        self.read
            .execute_unprepared("SELECT 1")
            .await
            .doing("reach the database")?;
        Ok(())
    }

    pub(crate) async fn close(&self) -> Result<(), StoreError> {
        self.read
            .clone()
            .close()
            .await
            .doing("close the database")?;
        self.write.clone().close().await.doing("close the database")
    }
}

fn options(file: &Path, connections: u32) -> ConnectOptions {
    let file = file.to_owned();
    let mut options = ConnectOptions::new("sqlite::memory:");
    options
        .max_connections(connections)
        .min_connections(0)
        // Idle readers give their page cache back; the server's idle memory is a promise.
        .idle_timeout(Duration::from_secs(60))
        .acquire_timeout(Duration::from_secs(30))
        .sqlx_logging(false)
        .map_sqlx_sqlite_opts(move |sqlite| {
            sqlite
                .in_memory(false)
                .shared_cache(false)
                .filename(&file)
                .create_if_missing(true)
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(SqliteSynchronous::Normal)
                .foreign_keys(true)
                .busy_timeout(Duration::from_secs(10))
        });
    options
}

/// Waits until nobody else sets the folder up; the others wait until the file is dropped.
async fn lock(folder: &Path) -> Result<File, StoreError> {
    let path = folder.join("migrate.lock");
    tokio::task::spawn_blocking(move || {
        let file = File::create(&path)?;
        file.lock()?;
        Ok::<_, std::io::Error>(file)
    })
    .await
    .map_err(|source| StoreError::Migrate {
        source: Box::new(source),
    })?
    .map_err(|source| StoreError::Migrate {
        source: Box::new(source),
    })
}

/// Recordings and pictures may hold what only their owner should see.
fn make_private_folder(folder: &Path) -> Result<(), StoreError> {
    let failed = |source| StoreError::Folder {
        path: folder.to_owned(),
        source,
    };
    if folder.is_dir() {
        return Ok(());
    }
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    builder.create(folder).map_err(failed)
}
