//! Table `pictures`: pictures that are laid over films.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table(Pictures::Table)
                    .if_not_exists()
                    .col(ColumnDef::new(Pictures::Id).uuid().not_null().primary_key())
                    .col(ColumnDef::new(Pictures::UserId).uuid().null())
                    .col(ColumnDef::new(Pictures::Name).text().not_null())
                    .col(ColumnDef::new(Pictures::Key).string_len(512).not_null())
                    .col(ColumnDef::new(Pictures::Sha256).string_len(64).not_null())
                    .col(
                        ColumnDef::new(Pictures::ContentType)
                            .string_len(255)
                            .not_null(),
                    )
                    .col(ColumnDef::new(Pictures::Size).big_integer().not_null())
                    .col(ColumnDef::new(Pictures::Width).integer().not_null())
                    .col(ColumnDef::new(Pictures::Height).integer().not_null())
                    .col(ColumnDef::new(Pictures::CreatedAt).big_integer().not_null())
                    .col(
                        ColumnDef::new(Pictures::DeletedAt)
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
            .drop_table(Table::drop().table(Pictures::Table).to_owned())
            .await
    }
}

#[derive(DeriveIden)]
enum Pictures {
    Table,
    Id,
    UserId,
    Name,
    Key,
    Sha256,
    ContentType,
    Size,
    Width,
    Height,
    CreatedAt,
    DeletedAt,
}
