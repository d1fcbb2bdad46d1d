//! CircleCI.

use super::{Build, Environment};

pub(super) fn build(env: &Environment<'_>) -> Option<Build> {
    if !env.is("CIRCLECI", "true") {
        return None;
    }
    let repository = env
        .get("CIRCLE_PROJECT_USERNAME")
        .zip(env.get("CIRCLE_PROJECT_REPONAME"))
        .map(|(owner, name)| format!("{owner}/{name}"));
    let pr = env.number("CIRCLE_PR_NUMBER");
    let event = if pr.is_some() { "pull_request" } else { "push" };
    Some(Build {
        commit: env.get("CIRCLE_SHA1"),
        branch: env.get("CIRCLE_BRANCH"),
        pr,
        workflow: env.first(&["CIRCLE_WORKFLOW_JOB_NAME", "CIRCLE_JOB"]),
        build_number: env.get("CIRCLE_BUILD_NUM"),
        build_url: env.get("CIRCLE_BUILD_URL"),
        repository,
        actor: env.get("CIRCLE_USERNAME"),
        event: Some(event.to_owned()),
        ..Build::by("circleci")
    })
}
