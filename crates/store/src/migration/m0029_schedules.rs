//! Table `schedules`: when runs of a recording begin, again and again.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns = [
            ColumnDef::new(Schedules::Id)
                .uuid()
                .not_null()
                .primary_key()
                .to_owned(),
            ColumnDef::new(Schedules::UserId).uuid().null().to_owned(),
            ColumnDef::new(Schedules::Name).text().not_null().to_owned(),
            ColumnDef::new(Schedules::RecordingId)
                .uuid()
                .not_null()
                .to_owned(),
            ColumnDef::new(Schedules::Request)
                .json()
                .not_null()
                .to_owned(),
            ColumnDef::new(Schedules::Sealed).text().null().to_owned(),
            ColumnDef::new(Schedules::Cron)
                .string_len(255)
                .not_null()
                .to_owned(),
            ColumnDef::new(Schedules::TimeZone)
                .string_len(64)
                .not_null()
                .to_owned(),
            ColumnDef::new(Schedules::Enabled)
                .boolean()
                .not_null()
                .to_owned(),
            ColumnDef::new(Schedules::DisabledWhy)
                .text()
                .null()
                .to_owned(),
            ColumnDef::new(Schedules::NextAt)
                .big_integer()
                .null()
                .to_owned(),
            ColumnDef::new(Schedules::LastRunId)
                .uuid()
                .null()
                .to_owned(),
            ColumnDef::new(Schedules::LastSkippedAt)
                .big_integer()
                .null()
                .to_owned(),
            ColumnDef::new(Schedules::LastSkippedWhy)
                .text()
                .null()
                .to_owned(),
            ColumnDef::new(Schedules::CreatedAt)
                .big_integer()
                .not_null()
                .to_owned(),
            ColumnDef::new(Schedules::UpdatedAt)
                .big_integer()
                .not_null()
                .to_owned(),
            ColumnDef::new(Schedules::DeletedAt)
                .big_integer()
                .not_null()
                .default(0)
                .to_owned(),
        ];
        let mut table = Table::create();
        table.table(Schedules::Table).if_not_exists();
        for column in columns {
            table.col(column);
        }
        manager.create_table(table).await?;
        manager
            .create_index(
                Index::create()
                    .name("ix_schedules_next_at")
                    .table(Schedules::Table)
                    .col(Schedules::NextAt)
                    .if_not_exists()
                    .to_owned(),
            )
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_table(Table::drop().table(Schedules::Table).to_owned())
            .await
    }
}

#[derive(DeriveIden)]
enum Schedules {
    Table,
    Id,
    UserId,
    Name,
    RecordingId,
    Request,
    Sealed,
    Cron,
    TimeZone,
    Enabled,
    DisabledWhy,
    NextAt,
    LastRunId,
    LastSkippedAt,
    LastSkippedWhy,
    CreatedAt,
    UpdatedAt,
    DeletedAt,
}
