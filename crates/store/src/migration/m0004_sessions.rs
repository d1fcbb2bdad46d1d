//! Table `sessions`.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table(Sessions::Table)
                    .if_not_exists()
                    .col(ColumnDef::new(Sessions::Id).uuid().not_null().primary_key())
                    .col(ColumnDef::new(Sessions::UserId).uuid().null())
                    .col(ColumnDef::new(Sessions::Name).text().not_null())
                    .col(ColumnDef::new(Sessions::Url).text().not_null())
                    .col(ColumnDef::new(Sessions::Status).string_len(32).not_null())
                    .col(ColumnDef::new(Sessions::Browser).string_len(512).not_null())
                    .col(
                        ColumnDef::new(Sessions::BrowserVersion)
                            .string_len(512)
                            .null(),
                    )
                    .col(ColumnDef::new(Sessions::Viewport).json().not_null())
                    .col(ColumnDef::new(Sessions::Record).boolean().not_null())
                    .col(ColumnDef::new(Sessions::FrameRate).integer().null())
                    .col(ColumnDef::new(Sessions::Quality).integer().null())
                    .col(
                        ColumnDef::new(Sessions::Steps)
                            .integer()
                            .not_null()
                            .default(0),
                    )
                    .col(
                        ColumnDef::new(Sessions::Errors)
                            .big_integer()
                            .not_null()
                            .default(0),
                    )
                    .col(ColumnDef::new(Sessions::Thumbnail).uuid().null())
                    .col(ColumnDef::new(Sessions::CreatedAt).big_integer().not_null())
                    .col(ColumnDef::new(Sessions::EndedAt).big_integer().null())
                    .col(ColumnDef::new(Sessions::EndReason).text().null())
                    .col(
                        ColumnDef::new(Sessions::DeletedAt)
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
                    .name("ix_sessions_deleted_at_status_created_at")
                    .table(Sessions::Table)
                    .col(Sessions::DeletedAt)
                    .col(Sessions::Status)
                    .col(Sessions::CreatedAt)
                    .if_not_exists()
                    .to_owned(),
            )
            .await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_table(Table::drop().table(Sessions::Table).to_owned())
            .await
    }
}

#[derive(DeriveIden)]
enum Sessions {
    Table,
    Id,
    UserId,
    Name,
    Url,
    Status,
    Browser,
    BrowserVersion,
    Viewport,
    Record,
    FrameRate,
    Quality,
    Steps,
    Errors,
    Thumbnail,
    CreatedAt,
    EndedAt,
    EndReason,
    DeletedAt,
}
