//! Table `run_steps`.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table(RunSteps::Table)
                    .if_not_exists()
                    .col(ColumnDef::new(RunSteps::Id).uuid().not_null().primary_key())
                    .col(ColumnDef::new(RunSteps::RunId).uuid().not_null())
                    .col(ColumnDef::new(RunSteps::Idx).integer().not_null())
                    .col(ColumnDef::new(RunSteps::StepId).string_len(512).not_null())
                    .col(ColumnDef::new(RunSteps::Kind).string_len(512).not_null())
                    .col(ColumnDef::new(RunSteps::Title).text().not_null())
                    .col(ColumnDef::new(RunSteps::Status).string_len(32).not_null())
                    .col(ColumnDef::new(RunSteps::StartedAt).big_integer().null())
                    .col(ColumnDef::new(RunSteps::DurationMs).big_integer().null())
                    .col(ColumnDef::new(RunSteps::Detail).json().not_null())
                    .col(ColumnDef::new(RunSteps::Screenshot).uuid().null())
                    .col(ColumnDef::new(RunSteps::Url).text().null())
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("uq_run_steps_run_id_idx")
                    .table(RunSteps::Table)
                    .col(RunSteps::RunId)
                    .col(RunSteps::Idx)
                    .unique()
                    .if_not_exists()
                    .to_owned(),
            )
            .await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_table(Table::drop().table(RunSteps::Table).to_owned())
            .await
    }
}

#[derive(DeriveIden)]
enum RunSteps {
    Table,
    Id,
    RunId,
    Idx,
    StepId,
    Kind,
    Title,
    Status,
    StartedAt,
    DurationMs,
    Detail,
    Screenshot,
    Url,
}
