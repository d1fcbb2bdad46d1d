//! Something that went wrong in a session or a run.

use sea_orm::entity::prelude::*;

use crate::{ErrorKind, EvidenceRefs, Severity, Time};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "errors")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub session_id: Option<Uuid>,
    pub run_id: Option<Uuid>,
    pub step_index: Option<i32>,
    pub kind: ErrorKind,
    pub severity: Severity,
    pub message: String,
    pub detail: Option<String>,
    pub stack: Option<String>,
    pub url: Option<String>,
    pub fingerprint: String,
    pub count: i64,
    #[sea_orm(column_type = "Json")]
    pub evidence: EvidenceRefs,
    pub occurred_at: Time,
    pub last_at: Time,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
