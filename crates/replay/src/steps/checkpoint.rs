//! A statement about the page; retried in the page until it holds or the time is over.

use browser::BrowserError;
use recording::{CheckType, Checkpoint};
use serde_json::{Value, json};

use super::{control, unknown_word, visual};
use crate::fault::Fault;
use crate::frames;
use crate::locate::{again, selectors_of};
use crate::outcome::ErrorCode;
use crate::page_reply::Checked;
use crate::scene::{Done, Scene};

pub(super) async fn perform(scene: &mut Scene<'_>, check: &Checkpoint) -> Result<Done, Fault> {
    if check.check_type == CheckType::Visual {
        return visual::perform(scene, check).await;
    }
    if check.check_type == CheckType::Expression {
        return becomes(scene, check).await;
    }
    let (spec, in_element) = spec(scene, check)?;
    holds(scene, spec, in_element).await
}

/// Whether the statement holds now, or becomes true within the time that the step gives itself.
pub(super) async fn is_so(scene: &mut Scene<'_>, check: &Checkpoint) -> Result<bool, Fault> {
    if check.check_type == CheckType::Visual {
        let message = "a picture that somebody has to approve is no condition";
        return Err(Fault::new(ErrorCode::Unsupported, message));
    }
    if check.check_type == CheckType::Expression {
        let is_true = control::is_true(scene, expression(check)?).await?;
        return Ok(is_true != (check.negated == Some(true)));
    }
    let (spec, in_element) = spec(scene, check)?;
    let patience = scene.step.timeout.map_or(1, |_| scene.patience_ms());
    let checked = ask(scene, spec, in_element, Some(patience)).await?;
    // Taken for false, it would decide by chance.
    if checked.ambiguous && !checked.pass {
        let message = "several elements match, and a condition is about one";
        let fault = Fault::new(ErrorCode::NotUnique, message);
        return Err(fault.detail(checked.detail.unwrap_or_default()));
    }
    Ok(checked.pass)
}

/// Waits until the expression is as wanted.
async fn becomes(scene: &mut Scene<'_>, check: &Checkpoint) -> Result<Done, Fault> {
    let code = expression(check)?;
    let wanted = check.negated != Some(true);
    scene.notes.expected = Some(wanted.to_string());
    let held = control::becomes(scene, code, wanted).await?;
    scene.notes.actual = Some((held == wanted).to_string());
    if held {
        return Ok(Done::Performed);
    }
    let not = if wanted { "" } else { "not " };
    let message = format!("expected {code:?} {not}to be true");
    Err(Fault::new(ErrorCode::CheckFailed, message))
}

fn expression(check: &Checkpoint) -> Result<&str, Fault> {
    let code = check.expression.as_deref().map(str::trim);
    code.filter(|code| !code.is_empty())
        .ok_or_else(|| Fault::new(ErrorCode::Unsupported, "the check has no expression"))
}

fn spec(scene: &mut Scene<'_>, check: &Checkpoint) -> Result<(Value, bool), Fault> {
    let expected = expected(scene, check)?;
    scene.notes.expected = expected.clone();
    let mut spec =
        json!({ "kind": check.check_type.as_str(), "negated": check.negated == Some(true) });
    if let Some(expected) = &expected {
        spec["expected"] = json!(expected);
    }
    if let Some(mode) = &check.mode {
        spec["mode"] = json!(mode);
    }
    if check.check_type == CheckType::ElementAttribute {
        let name = check
            .attribute
            .as_deref()
            .ok_or_else(|| Fault::new(ErrorCode::Unsupported, "the check names no attribute"))?;
        spec["attribute"] = json!(name);
    }
    let in_element = check.check_type.is_about_element();
    if in_element {
        spec["selectors"] = json!(selectors_of(scene.step)?);
        if let Some(signature) = &scene.step.content_signature {
            spec["signature"] = json!(signature);
        }
    }
    Ok((spec, in_element))
}

/// Waits until the statement holds; a fault says what was found instead.
pub(super) async fn holds(
    scene: &mut Scene<'_>,
    spec: Value,
    in_element: bool,
) -> Result<Done, Fault> {
    let checked = ask(scene, spec.clone(), in_element, None).await?;
    if checked.pass {
        return Ok(Done::Performed);
    }
    let fault = Fault::new(ErrorCode::CheckFailed, message(scene, &spec));
    Err(fault.detail(checked.detail.unwrap_or_default()))
}

/// Has the page look until the statement holds or `patience_ms` is over, the step's own time when none is given.
async fn ask(
    scene: &mut Scene<'_>,
    mut spec: Value,
    in_element: bool,
    patience_ms: Option<u64>,
) -> Result<Checked, Fault> {
    scene.progress.log(format!(
        "checking {}",
        spec["kind"].as_str().unwrap_or_default()
    ));
    let path = if in_element {
        scene.step.frame_path()
    } else {
        Vec::new()
    };
    loop {
        let page = scene.page();
        let frame = frames::resolve(&scene.progress, &page, &path).await?;
        spec["timeoutMs"] = json!(patience_ms.unwrap_or_else(|| scene.patience_ms()));
        let checked: Checked = match frame.call(&scene.asking(), "check", &(&spec,)).await {
            Ok(checked) => checked,
            Err(BrowserError::ContextDestroyed) => {
                again(scene, "the document was replaced; checking again").await?;
                continue;
            }
            Err(error) => return Err(error.into()),
        };
        scene.notes.actual = checked.actual_text();
        return Ok(checked);
    }
}

fn expected(scene: &Scene<'_>, check: &Checkpoint) -> Result<Option<String>, Fault> {
    let text = match &check.check_type {
        CheckType::UrlMatch | CheckType::UrlContains => check
            .expected_url
            .as_ref()
            .or(check.expected_value.as_ref()),
        CheckType::Other(word) => return Err(unknown_word("the check", word)),
        kind if kind.has_expected_value() => check.expected_value.as_ref(),
        _ => return Ok(None),
    };
    let Some(text) = text else {
        return Err(Fault::new(
            ErrorCode::Unsupported,
            "the check does not say what it expects",
        ));
    };
    let text = scene.fill_in(text)?;
    Ok(Some(if check.check_type == CheckType::UrlMatch {
        scene.rebase.apply(&text)
    } else {
        text
    }))
}

fn message(scene: &Scene<'_>, spec: &Value) -> String {
    let not = if spec["negated"] == json!(true) {
        "not "
    } else {
        ""
    };
    let wanted = scene.notes.expected.as_deref().unwrap_or_default();
    let found = scene
        .notes
        .actual
        .as_deref()
        .map_or("nothing".to_owned(), |actual| format!("{actual:?}"));
    match spec["kind"].as_str().unwrap_or_default() {
        "elementVisible" => format!("expected the element {not}to be visible"),
        "elementPresent" => format!("expected the element {not}to be in the page"),
        "elementChecked" => format!("expected the element {not}to be checked"),
        "elementEnabled" => format!("expected the element {not}to be enabled"),
        "elementEditable" => format!("expected the element {not}to be editable"),
        "elementCount" => format!("expected {not}{wanted} elements, found {found}"),
        "read" => "no element to read from".to_owned(),
        "pageLoad" => format!("expected the page {not}to be loaded"),
        "containsText" | "urlContains" => format!("expected {found} {not}to contain {wanted:?}"),
        _ => format!("expected {not}{wanted:?}, found {found}"),
    }
}
