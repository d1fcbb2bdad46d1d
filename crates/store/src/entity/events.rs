//! The append-only log: one sequence per subject.

use sea_orm::entity::prelude::*;

use crate::{Subject, Time};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "events")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub subject: Subject,
    pub subject_id: Uuid,
    pub seq: i64,
    pub kind: String,
    pub payload: Json,
    pub at: Time,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
