//! Columns of `renders` that say how long an output stays: whether it is kept for good, and when and why it was removed.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns = [
            ColumnDef::new(Renders::Pinned)
                .boolean()
                .not_null()
                .default(false)
                .to_owned(),
            ColumnDef::new(Renders::ExpiredAt)
                .big_integer()
                .null()
                .to_owned(),
            ColumnDef::new(Renders::ExpiredWhy)
                .string_len(32)
                .null()
                .to_owned(),
        ];
        // SQLite adds one column at a time.
        for mut column in columns {
            manager
                .alter_table(
                    Table::alter()
                        .table(Renders::Table)
                        .add_column(&mut column)
                        .to_owned(),
                )
                .await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in [Renders::Pinned, Renders::ExpiredAt, Renders::ExpiredWhy] {
            manager
                .alter_table(
                    Table::alter()
                        .table(Renders::Table)
                        .drop_column(column)
                        .to_owned(),
                )
                .await?;
        }
        Ok(())
    }
}

#[derive(DeriveIden)]
enum Renders {
    Table,
    Pinned,
    ExpiredAt,
    ExpiredWhy,
}
