//! How results are told: one reporter, one file. All but the live one write a document when everything is over.

mod github;
mod html;
mod json;
mod junit;
mod live;
mod route;

pub(crate) use route::{Outputs, Route};

use super::result::Report;

/// A way to tell what became of the recordings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Reporter {
    /// A summary for people.
    Live,
    /// For programs.
    Json,
    /// JUnit XML, which Jenkins, GitLab and others read.
    Junit,
    /// One page with pictures, in a file of its own.
    Html,
    /// Annotations of GitHub's workflows.
    Github,
}

impl Reporter {
    /// The document, as text.
    fn render(self, report: &Report) -> anyhow::Result<String> {
        Ok(match self {
            Self::Live => live::text(report),
            Self::Json => json::document(report)?,
            Self::Junit => junit::document(report)?,
            Self::Html => html::page(report),
            Self::Github => github::annotations(report),
        })
    }

    /// What its file is called in a folder of reports; those that speak to a screen have none.
    fn file_name(self) -> Option<&'static str> {
        match self {
            Self::Json => Some("report.json"),
            Self::Junit => Some("junit.xml"),
            Self::Html => Some("report.html"),
            Self::Live | Self::Github => None,
        }
    }

    /// Whether its text makes no sense with other text around it.
    fn is_document(self) -> bool {
        matches!(self, Self::Json | Self::Junit | Self::Html)
    }
}
