//! Bitbucket Pipelines.

use super::{Build, Environment};

pub(super) fn build(env: &Environment<'_>) -> Option<Build> {
    let number = env.get("BITBUCKET_BUILD_NUMBER")?;
    let repository = env.get("BITBUCKET_REPO_FULL_NAME");
    let build_url = repository
        .as_ref()
        .map(|name| format!("https://bitbucket.org/{name}/pipelines/results/{number}"));
    let pr = env.number("BITBUCKET_PR_ID");
    let event = if pr.is_some() { "pull_request" } else { "push" };
    Some(Build {
        commit: env.get("BITBUCKET_COMMIT"),
        branch: env.get("BITBUCKET_BRANCH"),
        pr,
        workflow: env.get("BITBUCKET_STEP_NAME"),
        build_number: Some(number),
        build_url,
        repository,
        event: Some(event.to_owned()),
        ..Build::by("bitbucket-pipelines")
    })
}
