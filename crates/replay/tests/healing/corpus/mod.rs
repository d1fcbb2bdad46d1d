//! Pages whose makers change them after something was recorded on them, and what the player then does: it finds the element
//! by the old selectors, is healed, fails, or, which must never happen, acts on something else.
//!
//! Recorded by the product's own recorder, performed by the product's own player, in Chromium.

mod mutations;
mod pages;
mod perform;
mod record;
mod site;
mod table;
mod workshop;

use std::collections::HashMap;
use std::sync::Arc;

use browser::{Browser, Engine, LaunchOptions};
use futures_util::{StreamExt as _, stream};

use mutations::{MUTATIONS, Mutation};
use pages::{PAGES, Page, Target};
use site::Site;
pub(crate) use table::Table;
pub(crate) use workshop::Failure;
use workshop::{open, progress};

/// Cases that are performed at once.
const AT_ONCE: usize = 8;

/// One recorded element and one change of its page.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Case {
    page: &'static Page,
    target: &'static Target,
    mutation: &'static Mutation,
}

/// What became of a case.
#[derive(Debug, Clone)]
pub(crate) struct Tried {
    case: Case,
    did: Did,
    /// The score of a healed element, and by how much it leads the second.
    score: Option<(f64, f64)>,
    /// What the step's result says of it.
    told: String,
}

/// What the player did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Did {
    /// It acted on the recorded element, which an old selector found.
    Located,
    /// It acted on the recorded element, which no old selector found.
    Healed,
    /// It acted on something else, which an old selector found.
    LocatedWrong,
    /// It acted on something else, which healing chose.
    HealedWrong,
    /// It acted on nothing and failed.
    Failed,
}

/// Tries one case of every `each` of the pages that `wanted` names, of all when it names none.
pub(crate) async fn measure(
    engine: Engine,
    wanted: &[&str],
    each: usize,
) -> Result<Table, Failure> {
    let chosen: Vec<&'static Page> = PAGES
        .iter()
        .filter(|page| wanted.is_empty() || wanted.contains(&page.name))
        .collect();
    let cases: Vec<Case> = cases(&chosen).into_iter().step_by(each).collect();
    let site = Site::serve(pages_of(&chosen, &cases)).await?;
    let launch = LaunchOptions {
        engine,
        ..LaunchOptions::default()
    };
    let browser = Browser::launch(&progress(), launch).await?;
    let context = open(&browser).await?;
    let mut recorded = HashMap::new();
    for page in &chosen {
        for target in page.targets {
            let step = record::record(&context, &site, page, target).await?;
            recorded.insert((page.name, target.css), step);
        }
    }
    let (browser, site, recorded) = (&browser, &site, Arc::new(recorded));
    let tried: Vec<Result<Tried, Failure>> = stream::iter(cases)
        .map(|case| {
            let recorded = Arc::clone(&recorded);
            async move {
                let step = recorded
                    .get(&(case.page.name, case.target.css))
                    .ok_or("the element was not recorded")?;
                perform::perform(browser, site, case, step).await
            }
        })
        .buffered(AT_ONCE)
        .collect()
        .await;
    Ok(Table::of(tried.into_iter().collect::<Result<_, _>>()?))
}

fn cases(pages: &[&'static Page]) -> Vec<Case> {
    let mut cases = Vec::new();
    for page in pages {
        for target in page.targets {
            let applies = |mutation: &&'static Mutation| {
                !target.relabelled.is_empty() || !mutation.name.contains("relabelled")
            };
            for mutation in MUTATIONS.iter().filter(applies) {
                cases.push(Case {
                    page,
                    target,
                    mutation,
                });
            }
        }
    }
    cases
}

/// Every page as it was and as it is after each change.
fn pages_of(pages: &[&'static Page], cases: &[Case]) -> HashMap<String, String> {
    let before = pages.iter().flat_map(|page| {
        page.targets
            .iter()
            .map(|target| (before(page, target), pages::document(page, target, "")))
    });
    let after = cases.iter().map(|case| {
        let script = case.mutation.script_for(case.target);
        (
            after(case),
            pages::document(case.page, case.target, &script),
        )
    });
    before.chain(after).collect()
}

/// The path of a page as it was recorded.
fn before(page: &Page, target: &Target) -> String {
    let at = page
        .targets
        .iter()
        .position(|other| other.css == target.css)
        .unwrap_or_default();
    format!("/{}/{at}", page.name)
}

/// The path of a page as it is performed on.
fn after(case: &Case) -> String {
    let name = case.mutation.name.replace([' ', ','], "-");
    format!("{}/{name}", before(case.page, case.target))
}
