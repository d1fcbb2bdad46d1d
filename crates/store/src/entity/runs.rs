//! One performance of a recording.

use sea_orm::entity::prelude::*;

use crate::{RunFailure, RunOptions, RunStatus, Time};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "runs")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub recording_id: Uuid,
    pub revision: i32,
    pub recording_name: String,
    pub user_id: Option<Uuid>,
    pub job_id: Uuid,
    pub group_id: Option<Uuid>,
    pub schedule_id: Option<Uuid>,
    pub status: RunStatus,
    #[sea_orm(column_type = "Json")]
    pub options: RunOptions,
    pub steps_total: i32,
    pub steps_passed: i32,
    pub steps_failed: i32,
    pub steps_skipped: i32,
    pub steps_healed: i32,
    #[sea_orm(column_type = "Json", nullable)]
    pub error: Option<RunFailure>,
    pub attempt: i32,
    pub created_at: Time,
    pub started_at: Option<Time>,
    pub finished_at: Option<Time>,
    pub deleted_at: i64,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
