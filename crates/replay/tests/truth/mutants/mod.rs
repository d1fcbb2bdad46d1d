//! Recordings of several steps, performed while one element of their page is changed. The page knows its elements by
//! identities that no selector sees and tells whom each input reached, so that two things can be counted that must never
//! happen: another element was acted on, and a step was reported passed that had no effect or checked what is not so.
//!
//! Recorded by the product's own recorder in Chromium, performed by the product's own player in any engine.

mod mutations;
mod pages;
mod perform;
mod record;
#[path = "../../healing/corpus/site.rs"]
mod site;
mod table;
#[path = "../../healing/corpus/workshop.rs"]
mod workshop;

use std::collections::HashMap;

use browser::{Browser, Engine, LaunchOptions};
use futures_util::future::try_join_all;
use recording::Step;
use replay::Healing;
use url::form_urlencoded::byte_serialize;

use mutations::{MUTATIONS, Mutation};
use pages::{PAGES, Page, Target, document};
use site::Site;
pub(crate) use table::Table;
pub(crate) use workshop::Failure;
use workshop::{open, progress};

/// One element of a recording and one change of it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Case {
    page: &'static Page,
    target: &'static Target,
    mutation: &'static Mutation,
    healing: Healing,
}

impl Case {
    /// The path of the page, with what is changed on it.
    fn address(&self) -> String {
        let word = |text: &str| byte_serialize(text.as_bytes()).collect::<String>();
        format!(
            "/{}?of={}&change={}&words={}",
            self.page.name,
            self.target.who,
            word(self.mutation.name),
            word(self.target.relabelled)
        )
    }
}

/// What became of a case.
#[derive(Debug, Clone)]
pub(crate) struct Tried {
    case: Case,
    did: Did,
    told: String,
}

/// What the player did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Did {
    /// Every step had its effect.
    Right,
    /// The same, and a step was healed.
    Healed,
    /// It failed, for a reason that the change gives.
    Red,
    /// It ran out of time before anything else could be said.
    Late,
    /// It failed for another reason.
    RedElse,
    /// Something else was acted on.
    Wrong,
    /// A step was reported passed without its effect, or checked what is not so.
    FalsePass,
}

/// Which cases are tried.
#[derive(Debug, Clone)]
pub(crate) struct Share<'a> {
    /// Names of pages; all of them when empty.
    pub(crate) pages: Vec<&'a str>,
    /// Names of changes; all of them when empty.
    pub(crate) changes: Vec<&'a str>,
    /// One case of so many.
    pub(crate) each: usize,
}

/// Tries the cases of a share.
pub(crate) async fn measure(engine: Engine, share: &Share<'_>) -> Result<Table, Failure> {
    let among = |names: &[&str], name: &str| names.is_empty() || names.contains(&name);
    let chosen: Vec<&'static Page> = PAGES
        .iter()
        .filter(|page| among(&share.pages, page.name))
        .collect();
    let site = Site::serve(documents(&chosen)).await?;
    let recorded = record_all(&site, &chosen).await?;
    let cases: Vec<Case> = cases(&chosen)
        .into_iter()
        .filter(|case| among(&share.changes, case.mutation.name))
        .step_by(share.each)
        .collect();
    let browser = Browser::launch(&progress(), launch(engine)).await?;
    // As many tabs as keep two cores busy; Firefox draws the one in front only.
    let hands = match engine {
        Engine::Chromium => 6,
        Engine::WebKit => 3,
        Engine::Firefox => 1,
    };
    let work = (0..hands).map(|hand| {
        let own: Vec<Case> = cases.iter().copied().skip(hand).step_by(hands).collect();
        try_each(&browser, &site, &recorded, own)
    });
    let tried = try_join_all(work).await?;
    browser.close().await;
    Ok(Table::of(tried.into_iter().flatten().collect()))
}

/// The cases of one worker, one after the other in one context.
async fn try_each(
    browser: &Browser,
    site: &Site,
    recorded: &HashMap<&'static str, Vec<Step>>,
    cases: Vec<Case>,
) -> Result<Vec<Tried>, Failure> {
    let context = open(browser).await?;
    let mut tried = Vec::new();
    for case in cases {
        let steps = recorded
            .get(case.page.name)
            .ok_or("the page was not recorded")?;
        let one = perform::perform(&context, site, case, steps).await;
        tried.push(one.map_err(|why| format!("{}: {why}", case.address()))?);
    }
    context.close(&progress()).await?;
    Ok(tried)
}

async fn record_all(
    site: &Site,
    pages: &[&'static Page],
) -> Result<HashMap<&'static str, Vec<Step>>, Failure> {
    let browser = Browser::launch(&progress(), launch(Engine::Chromium)).await?;
    let context = open(&browser).await?;
    let mut recorded = HashMap::new();
    for page in pages {
        recorded.insert(page.name, record::record(&context, site, page).await?);
    }
    browser.close().await;
    Ok(recorded)
}

fn cases(pages: &[&'static Page]) -> Vec<Case> {
    let mut cases = Vec::new();
    for healing in [Healing::On, Healing::Off] {
        for page in pages {
            for target in page.targets {
                for mutation in &MUTATIONS {
                    cases.push(Case {
                        page,
                        target,
                        mutation,
                        healing,
                    });
                }
            }
        }
    }
    cases
}

fn documents(pages: &[&'static Page]) -> HashMap<String, String> {
    let mut documents = HashMap::new();
    for page in pages {
        documents.insert(format!("/{}", page.name), document(page.name, page.html));
        for (path, html) in page.frames {
            documents.insert((*path).to_owned(), document(path, html));
        }
    }
    documents
}

fn launch(engine: Engine) -> LaunchOptions {
    LaunchOptions {
        engine,
        ..LaunchOptions::default()
    }
}
