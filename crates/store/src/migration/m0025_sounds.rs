//! Table `sounds`: sounds that films are given.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table(Sounds::Table)
                    .if_not_exists()
                    .col(ColumnDef::new(Sounds::Id).uuid().not_null().primary_key())
                    .col(ColumnDef::new(Sounds::UserId).uuid().null())
                    .col(ColumnDef::new(Sounds::Name).text().not_null())
                    .col(ColumnDef::new(Sounds::Key).string_len(512).not_null())
                    .col(ColumnDef::new(Sounds::Sha256).string_len(64).not_null())
                    .col(
                        ColumnDef::new(Sounds::ContentType)
                            .string_len(255)
                            .not_null(),
                    )
                    .col(ColumnDef::new(Sounds::Size).big_integer().not_null())
                    .col(ColumnDef::new(Sounds::Codec).string_len(64).not_null())
                    .col(ColumnDef::new(Sounds::DurationMs).big_integer().not_null())
                    .col(ColumnDef::new(Sounds::CreatedAt).big_integer().not_null())
                    .col(
                        ColumnDef::new(Sounds::DeletedAt)
                            .big_integer()
                            .not_null()
                            .default(0),
                    )
                    .to_owned(),
            )
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_table(Table::drop().table(Sounds::Table).to_owned())
            .await
    }
}

#[derive(DeriveIden)]
enum Sounds {
    Table,
    Id,
    UserId,
    Name,
    Key,
    Sha256,
    ContentType,
    Size,
    Codec,
    DurationMs,
    CreatedAt,
    DeletedAt,
}
