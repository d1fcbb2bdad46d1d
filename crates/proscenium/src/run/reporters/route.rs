//! Which reporter writes where: standard output has room for one document.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use anyhow::{Context as _, bail};
use clap::ValueEnum as _;

use super::Reporter;
use crate::run::result::Report;

/// One `--output`.
#[derive(Debug, Clone)]
pub(crate) enum Route {
    /// `console` or `json`: that reporter alone, on standard output.
    Alone(Reporter),
    /// `junit=results.xml`: that reporter, into that file.
    File(Reporter, PathBuf),
    /// `reports/`: the file of every reporter that writes one.
    Folder(PathBuf),
}

impl FromStr for Route {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "console" => return Ok(Self::Alone(Reporter::Live)),
            "json" => return Ok(Self::Alone(Reporter::Json)),
            _ => {}
        }
        if let Some((name, file)) = text.split_once('=')
            && let Ok(reporter) = Reporter::from_str(name, true)
        {
            if file.is_empty() {
                return Err(format!("{name}= names no file"));
            }
            return Ok(Self::File(reporter, PathBuf::from(file)));
        }
        // A word that was mistyped must not become a folder.
        if text.contains('/') || text == "." || Path::new(text).is_dir() {
            return Ok(Self::Folder(PathBuf::from(text)));
        }
        Err("write console, json, REPORTER=FILE, or a folder with a slash: reports/".to_owned())
    }
}

/// Where a reporter writes.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Place {
    Standard,
    /// Talk beside a document that has standard output for itself.
    Beside,
    File(PathBuf),
}

/// Every reporter that was asked for, and where it writes.
#[derive(Debug)]
pub(crate) struct Outputs(Vec<(Reporter, Place)>);

/// The page is of no use in a terminal.
const PAGE: &str = "proscenium-report.html";

impl Outputs {
    /// Settles who writes where; `json_file` gets the JSON document whatever else is written.
    pub(crate) fn new(
        reporters: &[Reporter],
        routes: &[Route],
        json_file: Option<&Path>,
    ) -> anyhow::Result<Self> {
        let mut wanted: Vec<Reporter> = Vec::new();
        let alone = routes.iter().filter_map(|route| match route {
            Route::Alone(reporter) | Route::File(reporter, _) => Some(*reporter),
            Route::Folder(_) => None,
        });
        for reporter in reporters.iter().copied().chain(alone) {
            if !wanted.contains(&reporter) {
                wanted.push(reporter);
            }
        }
        // A file beside it takes nothing from the screen.
        let only_files = routes.iter().all(|route| !matches!(route, Route::Alone(_)));
        if reporters.is_empty() && only_files && !wanted.contains(&Reporter::Live) {
            wanted.insert(0, Reporter::Live);
        }
        let mut all: Vec<(Reporter, Place)> = wanted
            .into_iter()
            .map(|reporter| (reporter, place(reporter, routes)))
            .collect();
        let documents: Vec<Reporter> = all
            .iter()
            .filter(|(reporter, place)| reporter.is_document() && *place == Place::Standard)
            .map(|(reporter, _)| *reporter)
            .collect();
        if let [one, other, ..] = documents.as_slice() {
            bail!(
                "{} and {} cannot both be written to standard output; give one a file: --output {}=FILE",
                name(*one),
                name(*other),
                name(*other),
            );
        }
        if !documents.is_empty() {
            for (reporter, place) in &mut all {
                if !reporter.is_document() && *place == Place::Standard {
                    *place = Place::Beside;
                }
            }
        }
        if let Some(file) = json_file {
            all.push((Reporter::Json, Place::File(file.to_owned())));
        }
        Ok(Self(all))
    }

    /// Writes every report. One that cannot be written does not keep the others from it.
    pub(crate) fn write(&self, report: &Report) -> anyhow::Result<()> {
        let mut failed = None;
        for (reporter, place) in &self.0 {
            let written = reporter
                .render(report)
                .and_then(|text| put(place, text.as_bytes()));
            if let Err(error) = written {
                failed.get_or_insert(error);
            }
        }
        failed.map_or(Ok(()), Err)
    }
}

fn place(reporter: Reporter, routes: &[Route]) -> Place {
    let own = routes.iter().find_map(|route| match route {
        Route::File(of, file) if *of == reporter => Some(file.clone()),
        _ => None,
    });
    let in_folder = || {
        let name = reporter.file_name()?;
        routes.iter().find_map(|route| match route {
            Route::Folder(folder) => Some(folder.join(name)),
            _ => None,
        })
    };
    match own.or_else(in_folder) {
        Some(file) => Place::File(file),
        None if reporter == Reporter::Html => Place::File(PathBuf::from(PAGE)),
        None => Place::Standard,
    }
}

fn put(place: &Place, text: &[u8]) -> anyhow::Result<()> {
    match place {
        Place::Standard => std::io::stdout()
            .write_all(text)
            .context("cannot write to standard output"),
        Place::Beside => std::io::stderr()
            .write_all(text)
            .context("cannot write to standard error"),
        Place::File(file) => {
            if let Some(folder) = file.parent().filter(|path| !path.as_os_str().is_empty()) {
                std::fs::create_dir_all(folder)
                    .with_context(|| format!("cannot make {}", folder.display()))?;
            }
            std::fs::write(file, text).with_context(|| format!("cannot write {}", file.display()))
        }
    }
}

fn name(reporter: Reporter) -> String {
    reporter
        .to_possible_value()
        .map_or_else(String::new, |value| value.get_name().to_owned())
}
