//! Table `uploads`.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table(Uploads::Table)
                    .if_not_exists()
                    .col(ColumnDef::new(Uploads::Id).uuid().not_null().primary_key())
                    .col(ColumnDef::new(Uploads::SessionId).uuid().not_null())
                    .col(ColumnDef::new(Uploads::Name).text().not_null())
                    .col(ColumnDef::new(Uploads::Size).big_integer().not_null())
                    .col(ColumnDef::new(Uploads::Path).text().not_null())
                    .col(ColumnDef::new(Uploads::CreatedAt).big_integer().not_null())
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("ix_uploads_session_id")
                    .table(Uploads::Table)
                    .col(Uploads::SessionId)
                    .if_not_exists()
                    .to_owned(),
            )
            .await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_table(Table::drop().table(Uploads::Table).to_owned())
            .await
    }
}

#[derive(DeriveIden)]
enum Uploads {
    Table,
    Id,
    SessionId,
    Name,
    Size,
    Path,
    CreatedAt,
}
