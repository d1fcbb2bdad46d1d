//! One making of a picture or a film of code.

use sea_orm::entity::prelude::*;

use crate::{DeliveredTo, Expiry, RenderFailure, RenderMade, RenderOutput, RenderStatus, Time};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "renders")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub job_id: Option<Uuid>,
    pub user_id: Option<Uuid>,
    pub name: String,
    pub document_key: String,
    pub content_key: String,
    pub status: RenderStatus,
    pub frames_done: i32,
    pub frames_total: i32,
    pub cached: bool,
    #[sea_orm(column_type = "Json", nullable)]
    pub made: Option<RenderMade>,
    #[sea_orm(column_type = "Json", nullable)]
    pub output: Option<RenderOutput>,
    #[sea_orm(column_type = "Json", nullable)]
    pub page: Option<RenderOutput>,
    #[sea_orm(column_type = "Json", nullable)]
    pub delivered: Option<DeliveredTo>,
    #[sea_orm(column_type = "Json", nullable)]
    pub error: Option<RenderFailure>,
    pub attempt: i32,
    pub intake_key: Option<String>,
    pub intake_owner: Option<String>,
    pub pinned: bool,
    pub expired_at: Option<Time>,
    pub expired_why: Option<Expiry>,
    pub created_at: Time,
    pub started_at: Option<Time>,
    pub finished_at: Option<Time>,
    pub deleted_at: i64,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
