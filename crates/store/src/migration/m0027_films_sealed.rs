//! Column `films.sealed`: the values that a film was given for the variables of its recording.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut sealed = ColumnDef::new(Films::Sealed);
        manager
            .alter_table(
                Table::alter()
                    .table(Films::Table)
                    .add_column(sealed.text().null())
                    .to_owned(),
            )
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .alter_table(
                Table::alter()
                    .table(Films::Table)
                    .drop_column(Films::Sealed)
                    .to_owned(),
            )
            .await
    }
}

#[derive(DeriveIden)]
enum Films {
    Table,
    Sealed,
}
