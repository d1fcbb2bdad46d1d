//! Tabs and waits.

use super::Playwright;
use crate::export::element::text;
use crate::export::javascript::expression;
use crate::export::losses::Losses;
use crate::{Step, Tab, TabEvent, Wait, WaitFor};

impl Playwright {
    pub(super) fn wait(
        &self,
        step: &Step,
        wait: &Wait,
        losses: &mut Losses,
    ) -> Result<String, String> {
        let page = self.page();
        let word = wait.value.as_ref().and_then(|value| value.as_str());
        Ok(match &wait.wait_for {
            WaitFor::Duration => {
                let time = wait.duration().ok_or("it is no duration")?;
                format!("await {page}.waitForTimeout({});", time.as_millis())
            }
            WaitFor::Element => format!("await {}.waitFor();", self.find(step, losses)?),
            WaitFor::Url => format!(
                "await {page}.waitForURL((url) => url.href.includes({}));",
                expression(word.ok_or("it names no address")?)
            ),
            WaitFor::Load => format!(
                "await {page}.waitForLoadState({});",
                text(word.unwrap_or("load"))
            ),
            WaitFor::Expression => format!(
                "await {page}.waitForFunction({});",
                text(word.ok_or("it has no expression")?)
            ),
            // There the wait has to begin before the step that asks.
            WaitFor::Response => {
                return Err("an answer that may have come is not waited for".to_owned());
            }
            WaitFor::Other(word) => return Err(format!("{word:?} is not known")),
        })
    }

    pub(super) fn turn(&mut self, tab: &Tab) -> Result<Vec<String>, String> {
        match (&tab.event, tab.index) {
            (TabEvent::New, _) => {
                let from = self.page();
                self.tabs += 1;
                self.tab = self.tabs;
                let page = self.page();
                Ok(match &tab.target_url {
                    None => vec![format!("const {page} = await popup{};", self.tab)],
                    Some(url) => vec![
                        format!("const {page} = await {from}.context().newPage();"),
                        format!("await {page}.goto({});", expression(url)),
                    ],
                })
            }
            (TabEvent::Switch, Some(index)) if index <= self.tabs => {
                self.tab = index;
                Ok(vec![format!("await {}.bringToFront();", self.page())])
            }
            (TabEvent::Close, index) if index.is_none_or(|index| index <= self.tabs) => {
                let closed = index.unwrap_or(self.tab);
                if closed == self.tab {
                    self.tab = closed.saturating_sub(1);
                }
                Ok(vec![format!("await {}.close();", page(closed))])
            }
            _ => Err("it is not clear which tab is meant".to_owned()),
        }
    }
}

pub(super) fn page(tab: usize) -> String {
    if tab == 0 {
        "page".to_owned()
    } else {
        format!("page{tab}")
    }
}
