//! GitLab CI.

use super::{Build, Environment};

pub(super) fn build(env: &Environment<'_>) -> Option<Build> {
    env.is("GITLAB_CI", "true").then(|| Build {
        commit: env.get("CI_COMMIT_SHA"),
        branch: env.first(&["CI_MERGE_REQUEST_SOURCE_BRANCH_NAME", "CI_COMMIT_REF_NAME"]),
        pr: env.number("CI_MERGE_REQUEST_IID"),
        workflow: env.first(&["CI_PIPELINE_NAME", "CI_JOB_NAME"]),
        build_number: env.get("CI_PIPELINE_ID"),
        build_url: env.get("CI_PIPELINE_URL"),
        repository: env.get("CI_PROJECT_PATH"),
        actor: env.get("GITLAB_USER_LOGIN"),
        event: env.get("CI_PIPELINE_SOURCE"),
        ..Build::by("gitlab-ci")
    })
}
