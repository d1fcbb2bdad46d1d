//! Table `films`: films of pages.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let count = |column: Films| {
            let mut column = ColumnDef::new(column);
            column.integer().not_null().default(0);
            column
        };
        manager
            .create_table(
                Table::create()
                    .table(Films::Table)
                    .if_not_exists()
                    .col(ColumnDef::new(Films::Id).uuid().not_null().primary_key())
                    .col(ColumnDef::new(Films::JobId).uuid().null())
                    .col(ColumnDef::new(Films::UserId).uuid().null())
                    .col(ColumnDef::new(Films::AgainOf).uuid().null())
                    .col(ColumnDef::new(Films::RecordingId).uuid().null())
                    .col(ColumnDef::new(Films::DemoId).string_len(255).null())
                    .col(ColumnDef::new(Films::LeadId).string_len(255).null())
                    .col(ColumnDef::new(Films::Name).text().not_null())
                    .col(ColumnDef::new(Films::Url).text().not_null())
                    .col(
                        ColumnDef::new(Films::DocumentKey)
                            .string_len(512)
                            .not_null(),
                    )
                    .col(ColumnDef::new(Films::Setup).json().not_null())
                    .col(ColumnDef::new(Films::Status).string_len(32).not_null())
                    .col(count(Films::StepsDone))
                    .col(count(Films::StepsTotal))
                    .col(ColumnDef::new(Films::Doing).text().null())
                    .col(ColumnDef::new(Films::Preview).blob().null())
                    .col(ColumnDef::new(Films::Made).json().null())
                    .col(ColumnDef::new(Films::Files).json().null())
                    .col(ColumnDef::new(Films::Error).json().null())
                    .col(count(Films::Attempt))
                    .col(ColumnDef::new(Films::CreatedAt).big_integer().not_null())
                    .col(ColumnDef::new(Films::StartedAt).big_integer().null())
                    .col(ColumnDef::new(Films::FinishedAt).big_integer().null())
                    .col(
                        ColumnDef::new(Films::DeletedAt)
                            .big_integer()
                            .not_null()
                            .default(0),
                    )
                    .to_owned(),
            )
            .await?;
        for (name, column) in [
            ("ix_films_status", Films::Status),
            ("ix_films_demo_id", Films::DemoId),
            ("ix_films_lead_id", Films::LeadId),
            ("ix_films_created_at", Films::CreatedAt),
        ] {
            manager
                .create_index(
                    Index::create()
                        .name(name)
                        .table(Films::Table)
                        .col(column)
                        .if_not_exists()
                        .to_owned(),
                )
                .await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_table(Table::drop().table(Films::Table).to_owned())
            .await
    }
}

#[derive(DeriveIden)]
enum Films {
    Table,
    Id,
    JobId,
    UserId,
    AgainOf,
    RecordingId,
    DemoId,
    LeadId,
    Name,
    Url,
    DocumentKey,
    Setup,
    Status,
    StepsDone,
    StepsTotal,
    Doing,
    Preview,
    Made,
    Files,
    Error,
    Attempt,
    CreatedAt,
    StartedAt,
    FinishedAt,
    DeletedAt,
}
