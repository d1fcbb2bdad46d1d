//! Azure Pipelines.

use super::{Build, Environment};

pub(super) fn build(env: &Environment<'_>) -> Option<Build> {
    if !env.is("TF_BUILD", "True") {
        return None;
    }
    let asked_for = env
        .get("SYSTEM_PULLREQUEST_SOURCEBRANCH")
        .map(|name| name.strip_prefix("refs/heads/").unwrap_or(&name).to_owned());
    let build_url = match (
        env.get("SYSTEM_TEAMFOUNDATIONSERVERURI"),
        env.get("SYSTEM_TEAMPROJECT"),
        env.get("BUILD_BUILDID"),
    ) {
        // The address of the server ends with a slash.
        (Some(server), Some(project), Some(id)) => Some(format!(
            "{}/{project}/_build/results?buildId={id}",
            server.trim_end_matches('/')
        )),
        _ => None,
    };
    Some(Build {
        commit: env.get("BUILD_SOURCEVERSION"),
        branch: asked_for.or_else(|| env.get("BUILD_SOURCEBRANCHNAME")),
        pr: env.number("SYSTEM_PULLREQUEST_PULLREQUESTID"),
        workflow: env.get("BUILD_DEFINITIONNAME"),
        build_number: env.get("BUILD_BUILDNUMBER"),
        build_url,
        repository: env.get("BUILD_REPOSITORY_NAME"),
        actor: env.get("BUILD_REQUESTEDFOR"),
        event: env.get("BUILD_REASON").map(|reason| reason.to_lowercase()),
        ..Build::by("azure-pipelines")
    })
}
