//! Travis CI.

use super::{Build, Environment};

pub(super) fn build(env: &Environment<'_>) -> Option<Build> {
    env.is("TRAVIS", "true").then(|| Build {
        commit: env.get("TRAVIS_COMMIT"),
        branch: env.first(&["TRAVIS_PULL_REQUEST_BRANCH", "TRAVIS_BRANCH"]),
        // "false" outside a pull request, which is no number.
        pr: env.number("TRAVIS_PULL_REQUEST"),
        workflow: env.get("TRAVIS_JOB_NAME"),
        build_number: env.get("TRAVIS_BUILD_NUMBER"),
        build_url: env.get("TRAVIS_BUILD_WEB_URL"),
        repository: env.get("TRAVIS_REPO_SLUG"),
        event: env.get("TRAVIS_EVENT_TYPE"),
        ..Build::by("travis-ci")
    })
}
