//! One step of a run, as it stands after the latest attempt.

use sea_orm::entity::prelude::*;

use crate::{StepDetail, StepStatus, Time};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "run_steps")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub run_id: Uuid,
    pub idx: i32,
    pub step_id: String,
    pub kind: String,
    pub title: String,
    pub status: StepStatus,
    pub started_at: Option<Time>,
    pub duration_ms: Option<i64>,
    #[sea_orm(column_type = "Json")]
    pub detail: StepDetail,
    pub screenshot: Option<Uuid>,
    pub url: Option<String>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
