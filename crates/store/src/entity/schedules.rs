//! When runs of a recording begin, again and again.

use sea_orm::entity::prelude::*;

use crate::Time;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "schedules")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub user_id: Option<Uuid>,
    pub name: String,
    pub recording_id: Uuid,
    #[sea_orm(column_type = "Json")]
    pub request: Json,
    #[sea_orm(column_type = "Text", nullable)]
    pub sealed: Option<String>,
    pub cron: String,
    pub time_zone: String,
    pub enabled: bool,
    #[sea_orm(column_type = "Text", nullable)]
    pub disabled_why: Option<String>,
    pub next_at: Option<Time>,
    pub last_run_id: Option<Uuid>,
    pub last_skipped_at: Option<Time>,
    #[sea_orm(column_type = "Text", nullable)]
    pub last_skipped_why: Option<String>,
    pub created_at: Time,
    pub updated_at: Time,
    pub deleted_at: i64,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
