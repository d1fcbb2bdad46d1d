//! Which service for continuous integration this is, as its environment tells: the run's result names the build.

mod azure;
mod bitbucket;
mod circle;
mod generic;
mod github;
mod gitlab;
mod jenkins;
mod teamcity;
mod travis;

use serde::Serialize;

/// The build that this program runs in. What the service does not tell is null.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Build {
    /// Always true; a report of a run elsewhere has no build at all.
    pub(crate) detected: bool,
    /// `github-actions`, `gitlab-ci`, …
    pub(crate) provider: &'static str,
    pub(crate) commit: Option<String>,
    pub(crate) branch: Option<String>,
    /// Number of the pull or merge request.
    pub(crate) pr: Option<u64>,
    pub(crate) workflow: Option<String>,
    pub(crate) build_number: Option<String>,
    pub(crate) build_url: Option<String>,
    /// `owner/name`.
    pub(crate) repository: Option<String>,
    /// Who caused the build.
    pub(crate) actor: Option<String>,
    /// What caused it.
    pub(crate) event: Option<String>,
}

impl Build {
    fn by(provider: &'static str) -> Self {
        Self {
            detected: true,
            provider,
            ..Self::default()
        }
    }
}

/// Looks variables up; an empty one counts as missing, as services set those that do not apply to nothing.
struct Environment<'a>(&'a dyn Fn(&str) -> Option<String>);

impl Environment<'_> {
    fn get(&self, name: &str) -> Option<String> {
        (self.0)(name).filter(|value| !value.is_empty())
    }

    fn first(&self, names: &[&str]) -> Option<String> {
        names.iter().find_map(|name| self.get(name))
    }

    fn is(&self, name: &str, value: &str) -> bool {
        self.get(name).as_deref() == Some(value)
    }

    fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    fn number(&self, name: &str) -> Option<u64> {
        self.get(name)?.parse().ok()
    }
}

/// One service: what its builds are, when this is one.
type Service = fn(&Environment<'_>) -> Option<Build>;

/// In the order in which they are asked: a service that imitates another comes before it, the vague one last.
const SERVICES: [Service; 9] = [
    github::build,
    gitlab::build,
    jenkins::build,
    circle::build,
    azure::build,
    travis::build,
    bitbucket::build,
    teamcity::build,
    generic::build,
];

/// The build that an environment describes; `None` on a person's own machine.
pub(crate) fn detect(lookup: &dyn Fn(&str) -> Option<String>) -> Option<Build> {
    let environment = Environment(lookup);
    SERVICES.iter().find_map(|service| service(&environment))
}

#[cfg(test)]
mod tests;
