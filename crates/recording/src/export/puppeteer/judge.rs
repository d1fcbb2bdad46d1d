//! What is looked at in the page: checks, conditions, stored values.

use super::selector::selector;
use crate::export::code;
use crate::export::element::{self, text};
use crate::export::javascript::{expression, number};
use crate::export::losses::Losses;
use crate::export::state;
use crate::{CheckType, Checkpoint, Step, Store, StoreFrom};

/// Frames have no words there.
pub(super) fn in_page(step: &Step) -> Result<(), String> {
    if step.frame_path().is_empty() {
        return Ok(());
    }
    Err("its element is in a frame".to_owned())
}

pub(super) fn checked(
    step: &Step,
    check: &Checkpoint,
    losses: &mut Losses,
) -> Result<String, String> {
    losses.soft(check);
    Ok(format!(
        "await holds({}, async () => {});",
        text(&step.title()),
        judge(step, check, losses)?
    ))
}

/// The statement as an expression that is true or false at once. About an element that is not there nothing holds.
pub(super) fn judge(
    step: &Step,
    check: &Checkpoint,
    losses: &mut Losses,
) -> Result<String, String> {
    let expected = || code::expected(check).map(expression);
    let url = || code::expected_url(check).map(expression);
    let mut on = |judge: &str| -> Result<String, String> {
        let found = element::first(step, losses, selector)?;
        Ok(format!(
            "await (await page.$({found}))?.evaluate((element, wanted) => {judge}, {})",
            check
                .expected_value
                .as_deref()
                .map_or_else(|| "null".to_owned(), expression)
        ))
    };
    let judge = match &check.check_type {
        CheckType::UrlMatch => format!("page.url() === {}", url()?),
        CheckType::UrlContains => format!("page.url().includes({})", url()?),
        CheckType::PageTitle if check.mode.as_deref() == Some("contains") => {
            format!("(await page.title()).includes({})", expected()?)
        }
        CheckType::PageTitle => format!("(await page.title()) === {}", expected()?),
        CheckType::ElementVisible => format!(
            "((await (await page.$({}))?.isVisible()) ?? false)",
            element::first(step, losses, selector)?
        ),
        CheckType::ElementText => format!(
            "({})",
            on("element.innerText.replace(/\\s+/g, \" \").trim() === wanted")?
        ),
        CheckType::ContainsText => format!(
            "({})",
            on("element.innerText.replace(/\\s+/g, \" \").includes(wanted)")?
        ),
        CheckType::ElementPresent => format!(
            "(await page.$$({})).length > 0",
            element::first(step, losses, selector)?
        ),
        CheckType::ElementCount => format!(
            "(await page.$$({})).length === {}",
            element::first(step, losses, selector)?,
            code::count(check, number)?
        ),
        CheckType::Expression => {
            let code = check.expression.as_deref().ok_or("it has no expression")?;
            format!("await truth(page, {})", text(code))
        }
        CheckType::ElementHasValue if !state::is_of_label(check) => {
            format!("({})", on("element.value === wanted")?)
        }
        _ if let Some(judge) = state::judge(check) => format!("({})", on(&judge)?),
        _ => return Err("there is no such check there".to_owned()),
    };
    let wanted = if check.negated == Some(true) {
        "false"
    } else {
        "true"
    };
    Ok(format!("({judge}) === {wanted}"))
}

/// Keeps a value for later steps.
pub(super) fn stored(step: &Step, store: &Store, losses: &mut Losses) -> Result<String, String> {
    let given = || store.value.as_deref().ok_or("it does not say what to keep");
    let mut read = |how: &str| -> Result<String, String> {
        let found = element::first(step, losses, selector)?;
        Ok(format!(
            "await (await page.locator({found}).waitHandle()).evaluate({how})"
        ))
    };
    let kept = match &store.from {
        StoreFrom::Text => read("(element) => element.innerText.replace(/\\s+/g, \" \").trim()")?,
        StoreFrom::Value => read("(element) => element.value")?,
        StoreFrom::Attribute => {
            // One without the attribute gives nothing, which cannot be read.
            read(&format!(
                "(element, name) => element.attributes[name].value, {}",
                text(given()?)
            ))?
        }
        StoreFrom::Count => format!(
            "String((await page.$$({})).length)",
            element::first(step, losses, selector)?
        ),
        StoreFrom::Title => "await page.title()".to_owned(),
        StoreFrom::Url => "page.url()".to_owned(),
        StoreFrom::Expression => format!("await result(page, {})", text(given()?)),
        StoreFrom::Literal => expression(given()?),
        StoreFrom::Other(word) => return Err(format!("{word:?} is not known")),
    };
    Ok(format!("values[{}] = {kept};", text(&store.variable)))
}
