//! One filming of a page.

use sea_orm::entity::prelude::*;

use crate::{
    Expiry, FilmDelivered, FilmFailure, FilmFiles, FilmMade, FilmParts, FilmSetup, FilmStatus, Time,
};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "films")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub job_id: Option<Uuid>,
    pub user_id: Option<Uuid>,
    pub again_of: Option<Uuid>,
    pub recording_id: Option<Uuid>,
    pub demo_id: Option<String>,
    pub lead_id: Option<String>,
    pub name: String,
    pub url: String,
    pub document_key: String,
    #[sea_orm(column_type = "Json")]
    pub setup: FilmSetup,
    pub status: FilmStatus,
    pub steps_done: i32,
    pub steps_total: i32,
    pub doing: Option<String>,
    pub preview: Option<Vec<u8>>,
    #[sea_orm(column_type = "Json", nullable)]
    pub made: Option<FilmMade>,
    #[sea_orm(column_type = "Json", nullable)]
    pub files: Option<FilmFiles>,
    #[sea_orm(column_type = "Json", nullable)]
    pub delivered: Option<FilmDelivered>,
    #[sea_orm(column_type = "Json", nullable)]
    pub error: Option<FilmFailure>,
    #[sea_orm(column_type = "Json", nullable)]
    pub parts: Option<FilmParts>,
    pub sealed: Option<String>,
    pub pinned: bool,
    pub expired_at: Option<Time>,
    pub expired_why: Option<Expiry>,
    pub attempt: i32,
    pub created_at: Time,
    pub started_at: Option<Time>,
    pub finished_at: Option<Time>,
    pub deleted_at: i64,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
