//! Table `recording_revisions`.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table(RecordingRevisions::Table)
                    .if_not_exists()
                    .col(
                        ColumnDef::new(RecordingRevisions::RecordingId)
                            .uuid()
                            .not_null(),
                    )
                    .col(
                        ColumnDef::new(RecordingRevisions::Revision)
                            .integer()
                            .not_null(),
                    )
                    .col(
                        ColumnDef::new(RecordingRevisions::Document)
                            .text()
                            .not_null(),
                    )
                    .col(
                        ColumnDef::new(RecordingRevisions::CreatedAt)
                            .big_integer()
                            .not_null(),
                    )
                    .primary_key(
                        Index::create()
                            .col(RecordingRevisions::RecordingId)
                            .col(RecordingRevisions::Revision),
                    )
                    .to_owned(),
            )
            .await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_table(Table::drop().table(RecordingRevisions::Table).to_owned())
            .await
    }
}

#[derive(DeriveIden)]
enum RecordingRevisions {
    Table,
    RecordingId,
    Revision,
    Document,
    CreatedAt,
}
