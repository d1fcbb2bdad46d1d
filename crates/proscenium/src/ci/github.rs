//! GitHub Actions.

use super::{Build, Environment};

pub(super) fn build(env: &Environment<'_>) -> Option<Build> {
    if !env.is("GITHUB_ACTIONS", "true") {
        return None;
    }
    let event = env.get("GITHUB_EVENT_NAME");
    let repository = env.get("GITHUB_REPOSITORY");
    let build_url = match (
        env.get("GITHUB_SERVER_URL"),
        &repository,
        env.get("GITHUB_RUN_ID"),
    ) {
        (Some(server), Some(repository), Some(run)) => {
            Some(format!("{server}/{repository}/actions/runs/{run}"))
        }
        _ => None,
    };
    // refs/pull/7/merge
    let pr = env
        .get("GITHUB_REF")
        .filter(|_| event.as_deref() == Some("pull_request"))
        .and_then(|name| {
            name.strip_prefix("refs/pull/")?
                .split('/')
                .next()?
                .parse()
                .ok()
        });
    Some(Build {
        commit: env.get("GITHUB_SHA"),
        branch: env.first(&["GITHUB_HEAD_REF", "GITHUB_REF_NAME"]),
        pr,
        workflow: env.get("GITHUB_WORKFLOW"),
        build_number: env.get("GITHUB_RUN_NUMBER"),
        build_url,
        repository,
        actor: env.get("GITHUB_ACTOR"),
        event,
        ..Build::by("github-actions")
    })
}
