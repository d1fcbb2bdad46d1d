//! The handle on everything that lasts.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::blobs::Blobs;
use crate::database::Database;
use crate::hub::EventHub;
use crate::repository::{
    Artifacts, AuthSessions, Baselines, Errors, Events, Films, Jobs, OneTimeTokens, Pictures,
    Recordings, Renders, Runs, Schedules, Sessions, Sounds, Users,
};
use crate::tx::Tx;
use crate::vault::Vault;
use crate::{StoreError, Time};

/// A cheap handle on the data folder: the database, the stored files, and the wake-ups between writers and readers.
#[derive(Clone, Debug)]
pub struct Store {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    database: Database,
    blobs: Blobs,
    hub: EventHub,
    folder: PathBuf,
    vault: Vault,
}

impl Store {
    /// Opens the data folder, makes what is missing, and brings the schema to this version.
    ///
    /// # Errors
    /// [`StoreError::Folder`], [`StoreError::Open`] or [`StoreError::Migrate`].
    pub async fn open(folder: &Path) -> Result<Self, StoreError> {
        let database = Database::open(folder).await?;
        let blobs = Blobs::open(&folder.join("artifacts")).await?;
        let vault = Vault::open(folder)?;
        Ok(Self {
            inner: Arc::new(Inner {
                database,
                blobs,
                hub: EventHub::new(),
                folder: folder.to_owned(),
                vault,
            }),
        })
    }

    /// The data folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.inner.folder
    }

    pub(crate) fn vault(&self) -> &Vault {
        &self.inner.vault
    }

    /// Stored files.
    #[must_use]
    pub fn blobs(&self) -> &Blobs {
        &self.inner.blobs
    }

    /// People.
    #[must_use]
    pub fn users(&self) -> Users<'_> {
        Users::of(self)
    }

    /// Sign-ins.
    #[must_use]
    pub fn auth_sessions(&self) -> AuthSessions<'_> {
        AuthSessions::of(self)
    }

    /// Links that work once.
    #[must_use]
    pub fn one_time_tokens(&self) -> OneTimeTokens<'_> {
        OneTimeTokens::of(self)
    }

    /// Live sessions and what is left of them.
    #[must_use]
    pub fn sessions(&self) -> Sessions<'_> {
        Sessions::of(self)
    }

    /// Recordings.
    #[must_use]
    pub fn recordings(&self) -> Recordings<'_> {
        Recordings::of(self)
    }

    /// Runs and their steps.
    #[must_use]
    pub fn runs(&self) -> Runs<'_> {
        Runs::of(self)
    }

    /// When runs begin again and again.
    #[must_use]
    pub fn schedules(&self) -> Schedules<'_> {
        Schedules::of(self)
    }

    /// Films of pages.
    #[must_use]
    pub fn films(&self) -> Films<'_> {
        Films::of(self)
    }

    /// Sounds that films are given.
    #[must_use]
    pub fn sounds(&self) -> Sounds<'_> {
        Sounds::of(self)
    }

    /// Pictures that are laid over films.
    #[must_use]
    pub fn pictures(&self) -> Pictures<'_> {
        Pictures::of(self)
    }

    /// Pictures and films of code.
    #[must_use]
    pub fn renders(&self) -> Renders<'_> {
        Renders::of(self)
    }

    /// Errors of sessions and runs.
    #[must_use]
    pub fn errors(&self) -> Errors<'_> {
        Errors::of(self)
    }

    /// What is known of stored files.
    #[must_use]
    pub fn artifacts(&self) -> Artifacts<'_> {
        Artifacts::of(self)
    }

    /// Approved pictures of visual checks.
    #[must_use]
    pub fn baselines(&self) -> Baselines<'_> {
        Baselines::of(self)
    }

    /// The event log.
    #[must_use]
    pub fn events(&self) -> Events<'_> {
        Events::of(self)
    }

    /// The queue's rows.
    #[must_use]
    pub fn jobs(&self) -> Jobs<'_> {
        Jobs::of(self)
    }

    /// Resolves when a job was queued by this process; jobs queued by other processes are found by polling.
    pub fn job_queued(&self) -> tokio::sync::futures::Notified<'_> {
        self.inner.hub.job_queued()
    }

    /// Resolves when a schedule was changed by this process; changes of other processes are found by looking again.
    pub fn schedule_changed(&self) -> tokio::sync::futures::Notified<'_> {
        self.inner.hub.schedule_changed()
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// The database's own error when it does not.
    pub async fn ping(&self) -> Result<Time, StoreError> {
        self.inner.database.ping().await?;
        Ok(Time::now())
    }

    /// Closes the connections once what they do is done.
    ///
    /// # Errors
    /// The database's own error.
    pub async fn close(&self) -> Result<(), StoreError> {
        self.inner.database.close().await
    }

    pub(crate) fn read(&self) -> &sea_orm::DatabaseConnection {
        self.inner.database.read()
    }

    pub(crate) async fn begin(&self) -> Result<Tx, StoreError> {
        Tx::begin(self.inner.database.write(), self.inner.hub.clone()).await
    }

    pub(crate) fn hub(&self) -> &EventHub {
        &self.inner.hub
    }
}
