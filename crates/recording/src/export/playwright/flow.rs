//! Conditions, lists and stored values.

use super::Playwright;
use crate::export::code::Condition;
use crate::export::element::text;
use crate::export::javascript::expression;
use crate::export::losses::Losses;
use crate::{Step, Store, StoreFrom};

impl Playwright {
    pub(super) fn condition_of(
        &self,
        step: &Step,
        condition: &Condition<'_>,
        losses: &mut Losses,
    ) -> Result<String, String> {
        Ok(match condition {
            Condition::Code(code) => {
                format!(
                    "await truth({}, {})",
                    self.document(step, losses)?,
                    text(code)
                )
            }
            Condition::Statement(check, None) => self.statement(step, check, losses)?,
            Condition::Statement(check, Some(limit)) => format!(
                "await within({limit}, async () => {})",
                self.statement(step, check, losses)?
            ),
        })
    }

    /// What JavaScript of the step is evaluated in: the page, or the document of a frame.
    pub(super) fn document(&self, step: &Step, losses: &mut Losses) -> Result<String, String> {
        let (page, frames) = (self.page(), self.frames(step, losses)?);
        Ok(if frames.is_empty() {
            page
        } else {
            format!("{page}{frames}.locator(\":root\")")
        })
    }

    pub(super) fn store(
        &self,
        step: &Step,
        store: &Store,
        losses: &mut Losses,
    ) -> Result<Vec<String>, String> {
        let page = self.page();
        let given = || store.value.as_deref().ok_or("it does not say what to keep");
        let mut lines = Vec::new();
        let kept = match &store.from {
            StoreFrom::Text => format!(
                "(await {}.innerText()).replace(/\\s+/g, \" \").trim()",
                self.find(step, losses)?
            ),
            StoreFrom::Value => format!("await {}.inputValue()", self.find(step, losses)?),
            StoreFrom::Attribute => {
                let (found, name) = (self.find(step, losses)?, text(given()?));
                lines.push(format!("await expect({found}).toHaveAttribute({name});"));
                format!("(await {found}.getAttribute({name})) ?? \"\"")
            }
            StoreFrom::Count => format!("String(await {}.count())", self.find(step, losses)?),
            StoreFrom::Title => format!("await {page}.title()"),
            StoreFrom::Url => format!("{page}.url()"),
            StoreFrom::Expression => format!(
                "await result({}, {})",
                self.document(step, losses)?,
                text(given()?)
            ),
            StoreFrom::Literal => expression(given()?),
            StoreFrom::Other(word) => return Err(format!("{word:?} is not known")),
        };
        lines.push(format!("values[{}] = {kept};", text(&store.variable)));
        Ok(lines)
    }
}
