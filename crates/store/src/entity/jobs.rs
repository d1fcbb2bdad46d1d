//! A job in the lease queue.

use sea_orm::entity::prelude::*;

use crate::{JobState, Time};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "jobs")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub queue: String,
    pub kind: String,
    pub payload: Json,
    pub priority: i32,
    pub state: JobState,
    pub run_at: Time,
    pub attempts: i32,
    pub max_attempts: i32,
    pub lease_token: Option<Uuid>,
    pub lease_until: Option<Time>,
    pub worker: Option<String>,
    pub cancel_requested: bool,
    pub dedupe_key: Option<String>,
    pub last_error: Option<String>,
    pub created_at: Time,
    pub finished_at: Option<Time>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
