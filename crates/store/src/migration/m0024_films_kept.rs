//! Columns of `films` that say how long a film's files stay: what it is made of, whether it is kept for good, and when and why
//! its files were removed.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns = [
            ColumnDef::new(Films::Parts).json().null().to_owned(),
            ColumnDef::new(Films::Pinned)
                .boolean()
                .not_null()
                .default(false)
                .to_owned(),
            ColumnDef::new(Films::ExpiredAt)
                .big_integer()
                .null()
                .to_owned(),
            ColumnDef::new(Films::ExpiredWhy)
                .string_len(32)
                .null()
                .to_owned(),
        ];
        // SQLite adds one column at a time.
        for mut column in columns {
            manager
                .alter_table(
                    Table::alter()
                        .table(Films::Table)
                        .add_column(&mut column)
                        .to_owned(),
                )
                .await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in [
            Films::Parts,
            Films::Pinned,
            Films::ExpiredAt,
            Films::ExpiredWhy,
        ] {
            manager
                .alter_table(
                    Table::alter()
                        .table(Films::Table)
                        .drop_column(column)
                        .to_owned(),
                )
                .await?;
        }
        Ok(())
    }
}

#[derive(DeriveIden)]
enum Films {
    Table,
    Parts,
    Pinned,
    ExpiredAt,
    ExpiredWhy,
}
