//! Jenkins.

use super::{Build, Environment};

pub(super) fn build(env: &Environment<'_>) -> Option<Build> {
    if !env.has("JENKINS_URL") && !env.has("JENKINS_HOME") {
        return None;
    }
    let branch = env
        .get("GIT_BRANCH")
        .map(|branch| branch.strip_prefix("origin/").unwrap_or(&branch).to_owned())
        .or_else(|| env.get("BRANCH_NAME"));
    let event = if env.has("CHANGE_ID") {
        "pull_request"
    } else {
        "push"
    };
    Some(Build {
        commit: env.get("GIT_COMMIT"),
        branch,
        pr: env.number("CHANGE_ID"),
        workflow: env.get("JOB_NAME"),
        build_number: env.get("BUILD_NUMBER"),
        build_url: env.get("BUILD_URL"),
        repository: env.get("GIT_URL").as_deref().and_then(repository),
        actor: env.first(&["CHANGE_AUTHOR", "BUILD_USER"]),
        event: Some(event.to_owned()),
        ..Build::by("jenkins")
    })
}

/// The last two parts of `https://host/owner/name.git` or `git@host:owner/name.git`.
fn repository(url: &str) -> Option<String> {
    let url = url.trim_end_matches('/');
    let mut parts = url.strip_suffix(".git").unwrap_or(url).rsplit(['/', ':']);
    let (name, owner) = (parts.next()?, parts.next()?);
    (!name.is_empty() && !owner.is_empty()).then(|| format!("{owner}/{name}"))
}
