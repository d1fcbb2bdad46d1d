//! TeamCity.

use super::{Build, Environment};

pub(super) fn build(env: &Environment<'_>) -> Option<Build> {
    env.has("TEAMCITY_VERSION").then(|| Build {
        commit: env.get("BUILD_VCS_NUMBER"),
        branch: env.get("BRANCH_NAME"),
        workflow: env.get("TEAMCITY_BUILDCONF_NAME"),
        build_number: env.get("BUILD_NUMBER"),
        build_url: env.get("BUILD_URL"),
        ..Build::by("teamcity")
    })
}
