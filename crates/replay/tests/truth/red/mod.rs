//! Every kind of step and every check with a page on which it passes and one on which it has to be red, and with the reason
//! that it has to give. That none is left out is read off the recording format's own lists.

mod album;
mod checks;
mod complete;
mod flow;
mod forms;
mod page;
mod pointer;

use browser::{Browser, Engine};
use futures_util::{StreamExt as _, stream};
use replay::{ErrorCode, PlayOptions};
use serde_json::{Value, json};

use crate::support::{Plan, Run, Stage, engine, noting, plan};

/// What a step that has to be red may take when it does not say: enough for what it does before it can know, which takes
/// longer where a page is slower to draw.
fn red_ms() -> u64 {
    match engine() {
        Engine::Chromium => 900,
        Engine::WebKit => 2_000,
        Engine::Firefox => 4_000,
    }
}

/// Runs at once, each in a context of its own; Firefox draws the page in front only.
fn at_once() -> usize {
    match engine() {
        Engine::Chromium => 4,
        Engine::WebKit => 2,
        Engine::Firefox => 1,
    }
}

/// A run that passes on one page and has to be red on another.
pub(crate) struct Case {
    green: Site,
    red: Site,
    steps: Vec<Value>,
    /// The step that has to be red.
    at: usize,
    code: ErrorCode,
    /// Takes that step's place in the red run: what it asks of the page depends on nothing else.
    instead: Option<Value>,
    options: Box<dyn Fn(&mut PlayOptions) + Send + Sync>,
}

/// The pages of a run: the first one and the one that it leads to.
#[derive(Clone)]
struct Site {
    first: String,
    next: String,
}

/// Two bodies of the first page; the last step is the one that is red on the second.
fn case(green: &str, red: &str, steps: Value, code: ErrorCode) -> Case {
    let site = |body: &str| Site {
        first: noting(body),
        next: "<title>Next</title><h1>Next</h1>".to_owned(),
    };
    let steps: Vec<Value> = serde_json::from_value(steps).unwrap();
    Case {
        green: site(green),
        red: site(red),
        at: steps.len() - 1,
        steps,
        code,
        instead: None,
        options: Box::new(|_| {}),
    }
}

impl Case {
    fn at(mut self, at: usize) -> Self {
        self.at = at;
        self
    }

    /// Whether the engine can perform it; one that cannot says so.
    fn is_possible(&self) -> bool {
        let step = &self.steps[self.at];
        let button = &step["button"];
        let needs_more = button == "back" || button == "forward" || step["type"] == "download";
        !needs_more || engine() != Engine::WebKit
    }

    /// The page that the first one leads to in the red run.
    fn red_next(mut self, html: &str) -> Self {
        self.red.next = html.to_owned();
        self
    }

    fn instead(mut self, step: Value) -> Self {
        self.instead = Some(step);
        self
    }

    fn with(mut self, options: impl Fn(&mut PlayOptions) + Send + Sync + 'static) -> Self {
        self.options = Box::new(options);
        self
    }

    async fn plan(&self, site: &Site, steps: &[Value]) -> Plan {
        let pages = [("/", site.first.as_str()), ("/next", site.next.as_str())];
        plan(&pages, json!(steps)).await.with(&self.options)
    }

    async fn holds(&self, browser: &Browser) {
        let run = self
            .plan(&self.green, &self.steps)
            .await
            .on(Stage::of(browser.clone()).await)
            .await;
        run.passes();
        close(run).await;
        let mut steps = self.steps.clone();
        if let Some(instead) = &self.instead {
            steps[self.at] = instead.clone();
        }
        let limit = &mut steps[self.at]["timeout"];
        if limit.is_null() {
            *limit = json!(red_ms());
        }
        let run = self
            .plan(&self.red, &steps)
            .await
            .on(Stage::of(browser.clone()).await)
            .await;
        run.fails_at(self.at, self.code);
        close(run).await;
    }
}

async fn close(run: Run) {
    run.context
        .close(&crate::support::progress())
        .await
        .unwrap();
}

async fn hold(mut cases: Vec<Case>) {
    cases.retain(Case::is_possible);
    let browser = &Stage::open().await.browser;
    stream::iter(&cases)
        .map(|case| case.holds(browser))
        .buffer_unordered(at_once())
        .collect::<Vec<()>>()
        .await;
}

/// On an engine that takes its time for a page, all of them are more than one test may take.
fn halves(mut cases: Vec<Case>) -> (Vec<Case>, Vec<Case>) {
    let rest = cases.split_off(cases.len() / 2);
    (cases, rest)
}

#[tokio::test]
async fn steps_of_the_pointer_are_red_where_their_element_cannot_be_acted_on() {
    hold(pointer::cases()).await;
}

#[tokio::test]
async fn steps_of_forms_are_red_where_a_field_does_not_take_what_is_given() {
    hold(forms::cases()).await;
}

#[tokio::test]
async fn steps_of_the_page_are_red_where_it_does_not_do_what_it_did() {
    hold(halves(page::cases()).0).await;
}

#[tokio::test]
async fn more_steps_of_the_page_are_red_where_it_does_not_do_what_it_did() {
    hold(halves(page::cases()).1).await;
}

#[tokio::test]
async fn every_check_and_its_opposite_is_red_on_the_page_of_the_other() {
    hold(halves(checks::cases()).0).await;
}

#[tokio::test]
async fn every_further_check_and_its_opposite_is_red_on_the_page_of_the_other() {
    hold(halves(checks::cases()).1).await;
}

#[tokio::test]
async fn steps_that_read_decide_or_include_are_red_where_they_cannot() {
    hold(flow::cases()).await;
}
