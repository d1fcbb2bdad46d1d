//! An approved picture; its bytes are on the object store under `key`.

use sea_orm::entity::prelude::*;

use crate::Time;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "baselines")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub recording_id: Uuid,
    pub step_id: String,
    pub engine: String,
    pub screen: String,
    pub key: String,
    pub run_id: Uuid,
    pub step_index: i32,
    pub created_at: Time,
    pub undone_at: i64,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
