//! The rules of `deny.toml` that need no network: banned crates, licences, sources.
//!
//! `cargo deny check` does the same and more; it takes minutes to install, this takes none.

use std::collections::BTreeSet;
use std::fs;

use anyhow::{Context as _, Result, bail};
use serde::Deserialize;

use crate::shell::{cargo, output, root};

#[derive(Deserialize)]
struct Rules {
    bans: Bans,
    licenses: Licences,
    sources: Sources,
}

#[derive(Deserialize)]
struct Bans {
    deny: Vec<Banned>,
}

#[derive(Deserialize)]
struct Banned {
    #[serde(rename = "crate")]
    name: String,
    reason: String,
}

#[derive(Deserialize)]
struct Licences {
    allow: BTreeSet<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Sources {
    allow_registry: Vec<String>,
}

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    version: String,
    license: Option<String>,
    source: Option<String>,
}

pub(crate) fn check() -> Result<()> {
    let rules = fs::read_to_string(root().join("deny.toml")).context("reading deny.toml")?;
    let rules: Rules = toml::from_str(&rules).context("reading deny.toml")?;
    let platform = "x86_64-unknown-linux-gnu";
    let metadata = output(&mut cargo(&[
        "metadata",
        "--format-version=1",
        "--locked",
        "--filter-platform",
        platform,
    ]))?;
    let metadata: Metadata = serde_json::from_str(&metadata).context("reading cargo metadata")?;
    let problems: Vec<String> = metadata
        .packages
        .iter()
        .flat_map(|package| rules.problems(package))
        .collect();
    if problems.is_empty() {
        eprintln!(
            "{} crates: none banned, licences and sources as allowed",
            metadata.packages.len()
        );
        return Ok(());
    }
    bail!("{}", problems.join("\n"))
}

impl Rules {
    fn problems(&self, package: &Package) -> Vec<String> {
        let Package {
            name,
            version,
            license,
            source,
        } = package;
        let mut problems = Vec::new();
        if let Some(banned) = self.bans.deny.iter().find(|banned| banned.name == *name) {
            problems.push(format!(
                "{name} {version} is banned: {} (`cargo tree -i {name}`)",
                banned.reason
            ));
        }
        let licence = license.as_deref().unwrap_or("none");
        if !allowed(licence, &self.licenses.allow) {
            problems.push(format!(
                "{name} {version} has the licence {licence:?}, which deny.toml does not allow"
            ));
        }
        let from = source
            .as_deref()
            .map(|source| source.trim_start_matches("registry+"));
        if from.is_some_and(|from| {
            !self
                .sources
                .allow_registry
                .iter()
                .any(|allowed| allowed == from)
        }) {
            problems.push(format!(
                "{name} {version} does not come from an allowed registry"
            ));
        }
        problems
    }
}

/// Whether an SPDX expression can be met with these licences: one side of each OR, both sides of each AND.
fn allowed(expression: &str, licences: &BTreeSet<String>) -> bool {
    let spaced = expression
        .replace('/', " OR ")
        .replace('(', " ( ")
        .replace(')', " ) ");
    let mut words = spaced.split_whitespace().peekable();
    any_of(&mut words, licences) && words.next().is_none()
}

type Words<'a> = std::iter::Peekable<std::str::SplitWhitespace<'a>>;

fn any_of(words: &mut Words<'_>, licences: &BTreeSet<String>) -> bool {
    let mut result = all_of(words, licences);
    while words.next_if_eq(&"OR").is_some() {
        result |= all_of(words, licences);
    }
    result
}

fn all_of(words: &mut Words<'_>, licences: &BTreeSet<String>) -> bool {
    let mut result = one(words, licences);
    while words.next_if_eq(&"AND").is_some() {
        result &= one(words, licences);
    }
    result
}

fn one(words: &mut Words<'_>, licences: &BTreeSet<String>) -> bool {
    match words.next() {
        Some("(") => any_of(words, licences) && words.next_if_eq(&")").is_some(),
        Some(id) => {
            // An exception only adds permissions to the licence that it stands with.
            if words.next_if_eq(&"WITH").is_some() {
                words.next();
            }
            licences.contains(id)
        }
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::allowed;

    #[test]
    fn an_expression_is_met_when_a_choice_of_allowed_licences_meets_it() {
        let licences = ["MIT", "Apache-2.0", "Unicode-3.0"]
            .map(String::from)
            .into();
        for (expression, expected) in [
            ("MIT", true),
            ("GPL-3.0", false),
            ("MIT OR GPL-3.0", true),
            ("GPL-3.0 OR Apache-2.0", true),
            ("MIT/Apache-2.0", true),
            ("(MIT OR Apache-2.0) AND Unicode-3.0", true),
            ("(MIT OR Apache-2.0) AND GPL-3.0", false),
            ("Apache-2.0 WITH LLVM-exception OR MIT", true),
            ("", false),
            ("none", false),
        ] {
            assert_eq!(allowed(expression, &licences), expected, "{expression}");
        }
    }
}
