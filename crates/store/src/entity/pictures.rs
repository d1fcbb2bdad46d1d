//! A picture that is laid over films; its bytes are on the object store under `key`.

use sea_orm::entity::prelude::*;

use crate::Time;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "pictures")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub user_id: Option<Uuid>,
    pub name: String,
    pub key: String,
    pub sha256: String,
    pub content_type: String,
    pub size: i64,
    pub width: i32,
    pub height: i32,
    pub created_at: Time,
    pub deleted_at: i64,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
