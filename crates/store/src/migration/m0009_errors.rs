//! Table `errors`.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table(Errors::Table)
                    .if_not_exists()
                    .col(ColumnDef::new(Errors::Id).uuid().not_null().primary_key())
                    .col(ColumnDef::new(Errors::SessionId).uuid().null())
                    .col(ColumnDef::new(Errors::RunId).uuid().null())
                    .col(ColumnDef::new(Errors::StepIndex).integer().null())
                    .col(ColumnDef::new(Errors::Kind).string_len(32).not_null())
                    .col(ColumnDef::new(Errors::Severity).string_len(32).not_null())
                    .col(ColumnDef::new(Errors::Message).text().not_null())
                    .col(ColumnDef::new(Errors::Detail).text().null())
                    .col(ColumnDef::new(Errors::Stack).text().null())
                    .col(ColumnDef::new(Errors::Url).text().null())
                    .col(
                        ColumnDef::new(Errors::Fingerprint)
                            .string_len(512)
                            .not_null(),
                    )
                    .col(ColumnDef::new(Errors::Count).big_integer().not_null())
                    .col(ColumnDef::new(Errors::Evidence).json().not_null())
                    .col(ColumnDef::new(Errors::OccurredAt).big_integer().not_null())
                    .col(ColumnDef::new(Errors::LastAt).big_integer().not_null())
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("ix_errors_session_id_fingerprint")
                    .table(Errors::Table)
                    .col(Errors::SessionId)
                    .col(Errors::Fingerprint)
                    .if_not_exists()
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("ix_errors_run_id_fingerprint")
                    .table(Errors::Table)
                    .col(Errors::RunId)
                    .col(Errors::Fingerprint)
                    .if_not_exists()
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("ix_errors_occurred_at")
                    .table(Errors::Table)
                    .col(Errors::OccurredAt)
                    .if_not_exists()
                    .to_owned(),
            )
            .await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_table(Table::drop().table(Errors::Table).to_owned())
            .await
    }
}

#[derive(DeriveIden)]
enum Errors {
    Table,
    Id,
    SessionId,
    RunId,
    StepIndex,
    Kind,
    Severity,
    Message,
    Detail,
    Stack,
    Url,
    Fingerprint,
    Count,
    Evidence,
    OccurredAt,
    LastAt,
}
