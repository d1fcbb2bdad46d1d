//! A service that says no more than that it is one.

use super::{Build, Environment};

pub(super) fn build(env: &Environment<'_>) -> Option<Build> {
    // A service that says nothing of itself numbers its builds all the same.
    let is_one = env.is("CI", "true")
        || env.is("CI", "1")
        || env.is("CONTINUOUS_INTEGRATION", "true")
        || env.has("BUILD_NUMBER");
    is_one.then(|| Build {
        commit: env.first(&["GIT_COMMIT", "COMMIT_SHA"]),
        branch: env.first(&["GIT_BRANCH", "BRANCH_NAME", "BRANCH"]),
        build_number: env.first(&["BUILD_NUMBER", "BUILD_ID"]),
        build_url: env.get("BUILD_URL"),
        ..Build::by("generic")
    })
}
