//! Recordings as files of other tools, and as tests in code. What a format cannot say is in [`Exported::losses`]; a
//! step that it has no word for stops the exported test there, it is never passed over in silence.

mod code;
mod codegen;
mod cypress;
mod devtools;
mod element;
mod essence;
mod javascript;
mod losses;
mod playwright;
mod puppeteer;
mod rest;
mod role;
mod selenium;
mod side;
mod state;
mod workflow_use;

use std::collections::BTreeMap;

use thiserror::Error;

use crate::{Problem, Recording, WriteError};

/// A format that can be exported to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// Chrome `DevTools` Recorder and `@puppeteer/replay`: a flow, JSON.
    DevTools,
    /// A project of Selenium IDE, `.side`.
    Side,
    /// What Playwright's code generator writes with `--target jsonl`: a JSON object on each line.
    PlaywrightJsonl,
    /// A workflow of workflow-use, JSON.
    WorkflowUse,
    /// A test of `@playwright/test`, TypeScript.
    Playwright,
    /// A script of Puppeteer, JavaScript.
    Puppeteer,
    /// A test of pytest with Selenium, Python.
    Selenium,
    /// A test of Cypress, JavaScript.
    Cypress,
    /// The recording itself, YAML.
    Yaml,
    /// The recording itself, JSON.
    Json,
}

/// An exported recording.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exported {
    /// The file.
    pub text: String,
    /// What it does not say although the recording does, with the place in the recording.
    pub losses: Vec<Problem>,
}

/// Why a recording cannot be exported.
#[derive(Debug, Error)]
pub enum ExportError {
    /// The document cannot be written.
    #[error("the recording cannot be written")]
    Write(#[from] WriteError),
    /// The tree of the other format cannot be written as text.
    #[error("the file cannot be written as JSON")]
    Json(#[from] serde_json::Error),
}

/// Writes a recording as another tool's file; recordings that it includes are not at hand, which is a loss.
///
/// # Errors
/// When the document holds what cannot be written as text; what the format cannot say is no error but a loss.
pub fn export(recording: &Recording, target: Target) -> Result<Exported, ExportError> {
    export_with(recording, &BTreeMap::new(), target)
}

/// Writes a recording and those that it includes as another tool's file. `recordings` has them by the word that steps name
/// them by.
///
/// # Errors
/// As [`export`].
pub fn export_with(
    recording: &Recording,
    recordings: &BTreeMap<String, Recording>,
    target: Target,
) -> Result<Exported, ExportError> {
    let complete = |text| Exported {
        text,
        losses: Vec::new(),
    };
    Ok(match target {
        Target::DevTools => devtools::export(recording)?,
        Target::Side => side::export(recording, recordings)?,
        Target::PlaywrightJsonl => codegen::export(recording)?,
        Target::WorkflowUse => workflow_use::export(recording)?,
        Target::Playwright => playwright::export(recording, recordings),
        Target::Puppeteer => puppeteer::export(recording, recordings),
        Target::Selenium => selenium::export(recording, recordings),
        Target::Cypress => cypress::export(recording, recordings),
        Target::Yaml => complete(recording.to_yaml()?),
        Target::Json => complete(recording.to_json_pretty()?),
    })
}
