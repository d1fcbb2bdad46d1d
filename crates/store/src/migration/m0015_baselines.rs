//! Table `baselines`: approved pictures of visual checks.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table(Baselines::Table)
                    .if_not_exists()
                    .col(
                        ColumnDef::new(Baselines::Id)
                            .uuid()
                            .not_null()
                            .primary_key(),
                    )
                    .col(ColumnDef::new(Baselines::RecordingId).uuid().not_null())
                    .col(ColumnDef::new(Baselines::StepId).text().not_null())
                    .col(ColumnDef::new(Baselines::Engine).string_len(32).not_null())
                    .col(ColumnDef::new(Baselines::Screen).string_len(64).not_null())
                    .col(ColumnDef::new(Baselines::Key).string_len(512).not_null())
                    .col(ColumnDef::new(Baselines::RunId).uuid().not_null())
                    .col(ColumnDef::new(Baselines::StepIndex).integer().not_null())
                    .col(
                        ColumnDef::new(Baselines::CreatedAt)
                            .big_integer()
                            .not_null(),
                    )
                    .col(
                        ColumnDef::new(Baselines::UndoneAt)
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
                    .name("ix_baselines_recording_id_step_id")
                    .table(Baselines::Table)
                    .col(Baselines::RecordingId)
                    .col(Baselines::StepId)
                    .if_not_exists()
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("ix_baselines_run_id")
                    .table(Baselines::Table)
                    .col(Baselines::RunId)
                    .if_not_exists()
                    .to_owned(),
            )
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_table(Table::drop().table(Baselines::Table).to_owned())
            .await
    }
}

#[derive(DeriveIden)]
enum Baselines {
    Table,
    Id,
    RecordingId,
    StepId,
    Engine,
    Screen,
    Key,
    RunId,
    StepIndex,
    CreatedAt,
    UndoneAt,
}
