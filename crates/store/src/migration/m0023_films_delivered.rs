//! Column `films.delivered`: where everybody sees a film's files.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut delivered = ColumnDef::new(Films::Delivered);
        manager
            .alter_table(
                Table::alter()
                    .table(Films::Table)
                    .add_column(delivered.json().null())
                    .to_owned(),
            )
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .alter_table(
                Table::alter()
                    .table(Films::Table)
                    .drop_column(Films::Delivered)
                    .to_owned(),
            )
            .await
    }
}

#[derive(DeriveIden)]
enum Films {
    Table,
    Delivered,
}
