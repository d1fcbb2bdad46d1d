//! Table `recordings`.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table(Recordings::Table)
                    .if_not_exists()
                    .col(
                        ColumnDef::new(Recordings::Id)
                            .uuid()
                            .not_null()
                            .primary_key(),
                    )
                    .col(ColumnDef::new(Recordings::UserId).uuid().null())
                    .col(ColumnDef::new(Recordings::SessionId).uuid().null())
                    .col(ColumnDef::new(Recordings::Name).text().not_null())
                    .col(ColumnDef::new(Recordings::Url).text().not_null())
                    .col(ColumnDef::new(Recordings::Steps).integer().not_null())
                    .col(ColumnDef::new(Recordings::Revision).integer().not_null())
                    .col(ColumnDef::new(Recordings::Viewport).json().null())
                    .col(ColumnDef::new(Recordings::Thumbnail).uuid().null())
                    .col(ColumnDef::new(Recordings::LastRunId).uuid().null())
                    .col(
                        ColumnDef::new(Recordings::CreatedAt)
                            .big_integer()
                            .not_null(),
                    )
                    .col(
                        ColumnDef::new(Recordings::UpdatedAt)
                            .big_integer()
                            .not_null(),
                    )
                    .col(
                        ColumnDef::new(Recordings::DeletedAt)
                            .big_integer()
                            .not_null()
                            .default(0),
                    )
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("ix_recordings_deleted_at_updated_at")
                    .table(Recordings::Table)
                    .col(Recordings::DeletedAt)
                    .col(Recordings::UpdatedAt)
                    .if_not_exists()
                    .to_owned(),
            )
            .await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_table(Table::drop().table(Recordings::Table).to_owned())
            .await
    }
}

#[derive(DeriveIden)]
enum Recordings {
    Table,
    Id,
    UserId,
    SessionId,
    Name,
    Url,
    Steps,
    Revision,
    Viewport,
    Thumbnail,
    LastRunId,
    CreatedAt,
    UpdatedAt,
    DeletedAt,
}
