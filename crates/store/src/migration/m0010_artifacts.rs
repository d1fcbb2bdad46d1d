//! Table `artifacts`.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table(Artifacts::Table)
                    .if_not_exists()
                    .col(
                        ColumnDef::new(Artifacts::Id)
                            .uuid()
                            .not_null()
                            .primary_key(),
                    )
                    .col(ColumnDef::new(Artifacts::Kind).string_len(32).not_null())
                    .col(ColumnDef::new(Artifacts::Name).text().not_null())
                    .col(ColumnDef::new(Artifacts::Key).string_len(512).not_null())
                    .col(
                        ColumnDef::new(Artifacts::ContentType)
                            .string_len(512)
                            .not_null(),
                    )
                    .col(ColumnDef::new(Artifacts::Size).big_integer().not_null())
                    .col(ColumnDef::new(Artifacts::Sha256).string_len(512).not_null())
                    .col(ColumnDef::new(Artifacts::SessionId).uuid().null())
                    .col(ColumnDef::new(Artifacts::RunId).uuid().null())
                    .col(ColumnDef::new(Artifacts::StepIndex).integer().null())
                    .col(ColumnDef::new(Artifacts::IsError).boolean().not_null())
                    .col(
                        ColumnDef::new(Artifacts::CreatedAt)
                            .big_integer()
                            .not_null(),
                    )
                    .col(
                        ColumnDef::new(Artifacts::DeletedAt)
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
                    .name("ix_artifacts_run_id_created_at")
                    .table(Artifacts::Table)
                    .col(Artifacts::RunId)
                    .col(Artifacts::CreatedAt)
                    .if_not_exists()
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("ix_artifacts_session_id_created_at")
                    .table(Artifacts::Table)
                    .col(Artifacts::SessionId)
                    .col(Artifacts::CreatedAt)
                    .if_not_exists()
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("ix_artifacts_key")
                    .table(Artifacts::Table)
                    .col(Artifacts::Key)
                    .if_not_exists()
                    .to_owned(),
            )
            .await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_table(Table::drop().table(Artifacts::Table).to_owned())
            .await
    }
}

#[derive(DeriveIden)]
enum Artifacts {
    Table,
    Id,
    Kind,
    Name,
    Key,
    ContentType,
    Size,
    Sha256,
    SessionId,
    RunId,
    StepIndex,
    IsError,
    CreatedAt,
    DeletedAt,
}
