//! A recording; its documents are in `recording_revisions`.

use sea_orm::entity::prelude::*;

use crate::{Time, Viewport};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "recordings")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub user_id: Option<Uuid>,
    pub session_id: Option<Uuid>,
    pub name: String,
    pub url: String,
    pub steps: i32,
    pub revision: i32,
    #[sea_orm(column_type = "Json", nullable)]
    pub viewport: Option<Viewport>,
    pub thumbnail: Option<Uuid>,
    pub last_run_id: Option<Uuid>,
    pub created_at: Time,
    pub updated_at: Time,
    pub deleted_at: i64,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
