//! A stored file; its bytes are on the object store under `key`.

use sea_orm::entity::prelude::*;

use crate::{ArtifactKind, Time};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "artifacts")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub kind: ArtifactKind,
    pub name: String,
    pub key: String,
    pub content_type: String,
    pub size: i64,
    pub sha256: String,
    pub session_id: Option<Uuid>,
    pub run_id: Option<Uuid>,
    pub step_index: Option<i32>,
    pub is_error: bool,
    pub created_at: Time,
    pub deleted_at: i64,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
