//! A live session, or what is left of one.

use sea_orm::entity::prelude::*;

use crate::{SessionStatus, Time, Viewport};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "sessions")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub user_id: Option<Uuid>,
    pub name: String,
    pub url: String,
    pub status: SessionStatus,
    pub browser: String,
    pub browser_version: Option<String>,
    #[sea_orm(column_type = "Json")]
    pub viewport: Viewport,
    pub record: bool,
    pub frame_rate: Option<i32>,
    pub quality: Option<i32>,
    pub steps: i32,
    pub errors: i64,
    pub thumbnail: Option<Uuid>,
    pub created_at: Time,
    pub ended_at: Option<Time>,
    pub end_reason: Option<String>,
    pub deleted_at: i64,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
