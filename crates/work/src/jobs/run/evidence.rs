//! What a failed run leaves for whoever looks for the reason.

use bytes::Bytes;
use ids::{ArtifactId, ErrorId, RunId};
use replay::{ErrorCode, Outcome};
use serde_json::json;
use store::{
    ArtifactKind, ErrorKind, EvidenceRefs, Fence, NewArtifact, NewError, Owner, RunStatus,
    Severity, Store, StoreError,
};

/// Stores the evidence of a failure and gives the error that refers to it; nothing when the run did not fail.
pub(super) async fn keep(
    store: &Store,
    fence: Fence,
    run: RunId,
    outcome: &Outcome,
) -> Result<Option<NewError>, StoreError> {
    let Some(error) = outcome
        .error
        .as_ref()
        .filter(|_| super::status(outcome.status) != RunStatus::Cancelled)
    else {
        return Ok(None);
    };
    let kind = match (error.code, error.step) {
        (ErrorCode::PageCrashed | ErrorCode::BrowserGone, _) => ErrorKind::Crash,
        (ErrorCode::NavigationFailed, None) => ErrorKind::Navigation,
        _ => ErrorKind::Step,
    };
    let step_index = error.step.and_then(|step| u32::try_from(step).ok());
    let mut record = NewError {
        step_index,
        kind,
        severity: if kind == ErrorKind::Crash {
            Severity::Fatal
        } else {
            Severity::Error
        },
        ..without_a_page(run, &error.message)
    };
    let Some(left) = outcome.failure_evidence.as_deref() else {
        return Ok(Some(record));
    };

    let file = async |kind: ArtifactKind,
                      label: &str,
                      bytes: Option<Bytes>|
           -> Result<Option<ArtifactId>, StoreError> {
        let Some(bytes) = bytes else { return Ok(None) };
        let blob = store.blobs().put(bytes).await?;
        let (owner, label) = (Owner::Run(run), label.to_owned());
        let new = NewArtifact {
            kind,
            owner,
            step_index,
            is_error: true,
            label,
            blob,
        };
        Ok(Some(store.artifacts().create_fenced(fence, new).await?.id))
    };
    let evidence = &left.evidence;
    let text = |value: serde_json::Value| Some(Bytes::from(value.to_string()));
    let before = file(ArtifactKind::Screenshot, "before", left.before.clone()).await?;
    let after = file(ArtifactKind::Screenshot, "after", left.after.clone()).await?;
    file(
        ArtifactKind::Console,
        "console",
        text(json!(evidence.console)),
    )
    .await?;
    file(
        ArtifactKind::Network,
        "network",
        text(json!(evidence.network_failures)),
    )
    .await?;
    record.evidence = EvidenceRefs {
        screenshot: file(
            ArtifactKind::FullPage,
            "failure",
            evidence.png_full_page.clone(),
        )
        .await?,
        before: before.into_iter().chain(after).collect(),
        dom: file(
            ArtifactKind::Dom,
            "dom",
            evidence.dom.clone().map(Bytes::from),
        )
        .await?,
        console: evidence.console.iter().map(|entry| json!(entry)).collect(),
        network: evidence
            .network_failures
            .iter()
            .map(|failure| json!(failure))
            .collect(),
    };
    record.url = Some(evidence.url.clone()).filter(|url| !url.is_empty());
    record.detail = evidence
        .title
        .as_ref()
        .map(|title| format!("on the page “{title}”"));
    Ok(Some(record))
}

/// The error of a run that had no page to look at.
pub(super) fn without_a_page(run: RunId, message: &str) -> NewError {
    NewError {
        id: ErrorId::new(),
        owner: Owner::Run(run),
        step_index: None,
        kind: ErrorKind::Step,
        severity: Severity::Error,
        message: message.to_owned(),
        detail: None,
        stack: None,
        url: None,
        evidence: EvidenceRefs::default(),
    }
}
