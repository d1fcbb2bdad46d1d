//! Table `recording_tags`: the words that recordings are sorted under, lifted out of their latest documents.

use std::collections::BTreeSet;

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{ConnectionTrait, FromQueryResult};
use serde_json::Value;
use uuid::Uuid;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[derive(FromQueryResult)]
struct Kept {
    id: Uuid,
    document: String,
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table(RecordingTags::Table)
                    .if_not_exists()
                    .col(ColumnDef::new(RecordingTags::RecordingId).uuid().not_null())
                    .col(
                        ColumnDef::new(RecordingTags::Tag)
                            .string_len(200)
                            .not_null(),
                    )
                    .primary_key(
                        Index::create()
                            .col(RecordingTags::RecordingId)
                            .col(RecordingTags::Tag),
                    )
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("ix_recording_tags_tag")
                    .table(RecordingTags::Table)
                    .col(RecordingTags::Tag)
                    .if_not_exists()
                    .to_owned(),
            )
            .await?;
        keep_what_documents_say(manager.get_connection()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_table(Table::drop().table(RecordingTags::Table).to_owned())
            .await
    }
}

async fn keep_what_documents_say(db: &SchemaManagerConnection<'_>) -> Result<(), DbErr> {
    let latest = Query::select()
        .column((Recordings::Table, Recordings::Id))
        .column((RecordingRevisions::Table, RecordingRevisions::Document))
        .from(Recordings::Table)
        .inner_join(
            RecordingRevisions::Table,
            Expr::col((RecordingRevisions::Table, RecordingRevisions::RecordingId))
                .equals((Recordings::Table, Recordings::Id))
                .and(
                    Expr::col((RecordingRevisions::Table, RecordingRevisions::Revision))
                        .equals((Recordings::Table, Recordings::Revision)),
                ),
        )
        .and_where(
            Expr::col((RecordingRevisions::Table, RecordingRevisions::Document)).like("%\"tags\"%"),
        )
        .to_owned();
    for row in db.query_all(&latest).await? {
        let kept = Kept::from_query_result(&row, "")?;
        for tag in tags(&kept.document) {
            let insert = Query::insert()
                .into_table(RecordingTags::Table)
                .columns([RecordingTags::RecordingId, RecordingTags::Tag])
                .values_panic([kept.id.into(), tag.into()])
                .to_owned();
            db.execute(&insert).await?;
        }
    }
    Ok(())
}

/// `tags` of a document: a list or a text with commas.
fn tags(document: &str) -> BTreeSet<String> {
    let document: Value = serde_json::from_str(document).unwrap_or_default();
    let given = match document.get("tags") {
        Some(Value::Array(tags)) => tags.iter().filter_map(Value::as_str).collect(),
        Some(Value::String(tags)) => tags.split(',').collect(),
        _ => Vec::new(),
    };
    let short = given
        .into_iter()
        .map(|tag| tag.trim().chars().take(200).collect());
    short.filter(|tag: &String| !tag.is_empty()).collect()
}

#[derive(DeriveIden)]
enum RecordingTags {
    Table,
    RecordingId,
    Tag,
}

#[derive(DeriveIden)]
enum Recordings {
    Table,
    Id,
    Revision,
}

#[derive(DeriveIden)]
enum RecordingRevisions {
    Table,
    RecordingId,
    Revision,
    Document,
}
