//! Facts about a recording, for the `info` command and the list of recordings.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use url::Url;

use crate::{Recording, StepKind};

/// Facts about a recording.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Info {
    /// Version of this report's shape.
    pub version: &'static str,
    /// What the document says about itself.
    pub metadata: FileFacts,
    /// Size of the page area.
    pub viewport: ViewportFacts,
    /// How many steps of which kind.
    pub statistics: Statistics,
    /// How long it took.
    pub timing: Timing,
    /// Where it went.
    pub navigation: NavigationFacts,
}

/// What the document says about itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct FileFacts {
    /// Id of the recording.
    pub id: String,
    /// Its name.
    pub test_name: String,
    /// Where it starts.
    pub url: String,
    /// When it started.
    pub start_time: Option<String>,
    /// When it ended.
    pub end_time: Option<String>,
    /// Version of the format.
    pub recording_version: String,
    /// User agent of the browser that recorded.
    pub user_agent: Option<String>,
    /// Names of the variables it asks for.
    pub variables: Vec<String>,
}

/// Size of the page area.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ViewportFacts {
    /// Width, in CSS pixels.
    pub width: u32,
    /// Height, in CSS pixels.
    pub height: u32,
    /// `Mobile` up to 768, `Tablet` up to 1024, else `Desktop`.
    pub category: &'static str,
}

/// How many steps of which kind.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Statistics {
    /// Number of steps.
    pub total: usize,
    /// Number of steps of each type.
    pub by_type: BTreeMap<String, usize>,
    /// Number of steps on each page.
    pub by_page: BTreeMap<String, usize>,
    /// Share of each type, in percent with one decimal.
    pub percentages: BTreeMap<String, f64>,
}

/// How long the recording took, all in milliseconds.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Timing {
    /// From `startTime` to `endTime`, when both are there.
    pub recording_duration: Option<f64>,
    /// From the beginning of the first step to the end of the last.
    pub action_span: f64,
    /// Pauses between steps.
    pub gaps: Option<Gaps>,
}

/// Pauses between steps, in milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Gaps {
    /// The shortest.
    pub min: f64,
    /// The longest.
    pub max: f64,
    /// The mean.
    pub avg: f64,
    /// The one in the middle.
    pub median: f64,
}

/// Where the recording went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct NavigationFacts {
    /// Addresses without query and fragment, in alphabetical order.
    pub unique_pages: Vec<String>,
    /// Navigations, in order.
    pub transitions: Vec<Transition>,
    /// What kind of site it looks like.
    pub flow_type: FlowType,
}

/// One navigation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Transition {
    /// Address before.
    pub from: String,
    /// Address after.
    pub to: String,
    /// What made it happen.
    pub trigger: String,
}

/// What kind of site a recording looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum FlowType {
    /// Steps on several pages without a navigation between documents.
    #[serde(rename = "SPA")]
    SinglePage,
    /// Navigations between documents.
    #[serde(rename = "MPA")]
    MultiPage,
    /// Too little to say.
    #[serde(rename = "N/A")]
    Unclear,
}

impl Recording {
    /// Facts about the recording.
    pub fn info(&self) -> Info {
        let (width, height) = self.page_size();
        let category = match width {
            0..=768 => "Mobile",
            769..=1024 => "Tablet",
            _ => "Desktop",
        };
        Info {
            version: "1.0",
            metadata: FileFacts {
                id: self.id.clone(),
                test_name: self.test_name.clone(),
                url: self.url.clone(),
                start_time: self.start_time.clone(),
                end_time: self.end_time.clone(),
                recording_version: self.version.clone(),
                user_agent: self.user_agent.clone(),
                variables: self.variable_names().into_iter().collect(),
            },
            viewport: ViewportFacts {
                width,
                height,
                category,
            },
            statistics: self.statistics(),
            timing: self.timing(),
            navigation: self.navigation(),
        }
    }

    /// Names of all variables that a run has to give: declared, named by a step or written as `${NAME}`.
    pub fn variable_names(&self) -> BTreeSet<String> {
        let mut names: BTreeSet<String> = self
            .variables
            .iter()
            .map(|variable| variable.name.clone())
            .collect();
        for step in &self.steps {
            match &step.kind {
                StepKind::Input(input) => match &input.variable_name {
                    Some(name) => drop(names.insert(name.clone())),
                    None => {
                        names.extend(crate::Variables::names_in(&input.value).map(str::to_owned))
                    }
                },
                StepKind::Select(select) => names.extend(select.variable_name.clone()),
                _ => {}
            }
        }
        for name in self.stored_names() {
            names.remove(name);
        }
        names.remove("");
        names
    }

    /// Names of the variables that steps store; they need not be given.
    pub fn stored_names(&self) -> BTreeSet<&str> {
        let stored = self.steps.iter().filter_map(|step| match &step.kind {
            StepKind::Store(store) => Some(store.variable.as_str()),
            StepKind::Control(control) => control.variable.as_deref(),
            _ => None,
        });
        stored.collect()
    }

    fn statistics(&self) -> Statistics {
        let mut by_type = BTreeMap::new();
        let mut by_page = BTreeMap::new();
        for step in &self.steps {
            *by_type.entry(step.kind.type_name().to_owned()).or_insert(0) += 1;
            *by_page.entry(page_of(&step.url)).or_insert(0) += 1;
        }
        #[expect(
            clippy::cast_precision_loss,
            reason = "a recording has at most ten thousand steps"
        )]
        let share =
            |count: usize| (count as f64 * 1000.0 / self.steps.len().max(1) as f64).round() / 10.0;
        let percentages = by_type
            .iter()
            .map(|(name, count)| (name.clone(), share(*count)))
            .collect();
        Statistics {
            total: self.steps.len(),
            by_type,
            by_page,
            percentages,
        }
    }

    fn timing(&self) -> Timing {
        let time = |text: &Option<String>| text.as_deref()?.parse::<jiff::Timestamp>().ok();
        let recording_duration =
            time(&self.start_time)
                .zip(time(&self.end_time))
                .map(|(start, end)| {
                    #[expect(
                        clippy::cast_precision_loss,
                        reason = "a recording is not thousands of years long"
                    )]
                    let milliseconds = (end.as_millisecond() - start.as_millisecond()) as f64;
                    milliseconds.max(0.0)
                });
        let spans: Vec<(f64, f64)> = self.steps.iter().map(|step| self.span_of(step)).collect();
        let action_span = match (spans.first(), spans.last()) {
            (Some(first), Some(last)) => (last.1 - first.0).max(0.0),
            _ => 0.0,
        };
        let gaps = spans
            .windows(2)
            .map(|pair| (pair[1].0 - pair[0].1).max(0.0))
            .collect();
        Timing {
            recording_duration,
            action_span,
            gaps: Gaps::of(gaps),
        }
    }

    fn navigation(&self) -> NavigationFacts {
        let pages: BTreeSet<String> = self
            .steps
            .iter()
            .map(|step| page_of(&step.url))
            .filter(|page| !page.is_empty())
            .collect();
        let transitions: Vec<Transition> = self
            .steps
            .iter()
            .filter_map(|step| match &step.kind {
                StepKind::Navigation(navigation) => Some(Transition {
                    from: navigation.from.clone().unwrap_or_else(|| step.url.clone()),
                    to: navigation.to.clone(),
                    trigger: navigation.navigation_trigger.to_string(),
                }),
                _ => None,
            })
            .collect();
        let flow_type = match (transitions.is_empty(), pages.len()) {
            (false, _) => FlowType::MultiPage,
            (true, 2..) => FlowType::SinglePage,
            (true, _) => FlowType::Unclear,
        };
        NavigationFacts {
            unique_pages: pages.into_iter().collect(),
            transitions,
            flow_type,
        }
    }
}

impl Gaps {
    fn of(mut gaps: Vec<f64>) -> Option<Self> {
        gaps.sort_by(f64::total_cmp);
        let (min, max) = (*gaps.first()?, *gaps.last()?);
        let middle = gaps.len() / 2;
        let median = if gaps.len() % 2 == 1 {
            gaps[middle]
        } else {
            (gaps[middle - 1] + gaps[middle]) / 2.0
        };
        #[expect(
            clippy::cast_precision_loss,
            reason = "a recording has at most ten thousand steps"
        )]
        let avg = gaps.iter().sum::<f64>() / gaps.len() as f64;
        Some(Self {
            min,
            max,
            avg,
            median,
        })
    }
}

/// The address without query and fragment.
fn page_of(url: &str) -> String {
    match Url::parse(url) {
        Ok(mut url) => {
            url.set_query(None);
            url.set_fragment(None);
            url.to_string()
        }
        Err(_) => url.to_owned(),
    }
}
