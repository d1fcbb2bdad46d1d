//! Text into a field, and the check that the field holds it.

use std::time::Duration;

use browser::{BrowserError, Frame};
use recording::{Input, Selector, SimulationType, UploadFile};
use serde_json::{Value, json};

use super::{click, unknown_word, upload};
use crate::fault::Fault;
use crate::locate;
use crate::manner;
use crate::options::Timing;
use crate::outcome::ErrorCode;
use crate::page_reply::FillMode;
use crate::scene::{Done, Scene};

/// What the page says of the field after the input.
const VERIFY: &str = "fillVerify";
/// Pause between keys when the recording does not say it.
const TYPING_DELAY: f64 = 100.0;

pub(super) async fn perform(scene: &mut Scene<'_>, input: &Input) -> Result<Done, Fault> {
    match input.input_type.as_deref() {
        Some("file") => return upload::perform_input(scene, &files_of(input)).await,
        Some("checkbox" | "radio") => return toggle(scene, input).await,
        _ => {}
    }
    let value = value_of(scene, input)?;
    let delay = typing_delay(scene, input, &value)?;

    manner::visit(scene).await;
    let selectors = scene.selectors()?;
    let target = locate::ask(scene, "fillPrepare", |common| {
        json!([selectors, value, common])
    })
    .await?;
    let page = scene.page();
    let navigations = page.navigations();
    scene.acting();
    let (progress, frame) = (&scene.progress, &target.frame);
    let verified = match (target.ready.mode.unwrap_or(FillMode::Insert), delay) {
        (FillMode::Done, _) => return Ok(Done::Performed),
        (FillMode::Set, _) => Ok(frame.call(progress, VERIFY, &(&value,)).await),
        (FillMode::Insert, Some(delay)) => {
            match page.keyboard().type_text(progress, &value, delay).await {
                Ok(()) => Ok(frame.call(progress, VERIFY, &(&value,)).await),
                Err(error) => Err(error),
            }
        }
        (FillMode::Insert, None) => {
            frame
                .insert_text_and_call(progress, &value, VERIFY, &(&value,))
                .await
        }
    };
    let verified: browser::Result<Value> = match verified {
        Ok(verified) => verified,
        Err(BrowserError::DialogOpen { .. }) => return Ok(Done::Performed),
        Err(error) => return Err(error.into()),
    };
    match verified {
        Ok(reply) => {
            let actual = read_back(scene, &target.frame, &selectors, &value, &reply).await?;
            if actual.is_none() && reply.get("reached") == Some(&Value::Bool(false)) {
                let message = "the field was gone before the text came";
                return Err(Fault::new(ErrorCode::ValueMismatch, message));
            }
            verify(scene, input, &value, actual)?;
        }
        // A field that sends its form by itself has taken the value.
        Err(BrowserError::ContextDestroyed) => {
            scene.note("the page went on before the value could be read back")
        }
        Err(BrowserError::DialogOpen { .. }) => return Ok(Done::Performed),
        Err(error) => return Err(error.into()),
    }
    scene.settle_after_call(&page, navigations).await?;
    Ok(Done::Performed)
}

/// The variable by its name first, then `${NAME}` in the text.
fn value_of(scene: &Scene<'_>, input: &Input) -> Result<String, Fault> {
    match &input.variable_name {
        Some(name) => match scene.variables.get(name) {
            Some(value) => Ok(value.to_owned()),
            None => Err(recording::Unresolved {
                names: vec![name.clone()],
            }
            .into()),
        },
        None => scene.fill_in(&input.value),
    }
}

/// The pause between keys when the text is to be typed, nothing when it is to be inserted at once.
fn typing_delay(scene: &Scene<'_>, input: &Input, value: &str) -> Result<Option<Duration>, Fault> {
    let recorded = match &input.simulation_type {
        Some(SimulationType::Type) if scene.options.timing == Timing::Realistic => {
            let recorded = input
                .typing_delay
                .filter(|delay| delay.is_finite() && *delay >= 0.0)
                .unwrap_or(TYPING_DELAY);
            let recorded = Duration::try_from_secs_f64(recorded / 1000.0).unwrap_or_default();
            Some(scene.pace.scale(recorded))
        }
        Some(SimulationType::Other(word)) => return Err(unknown_word("simulationType", word)),
        Some(SimulationType::Type | SimulationType::SetValue) | None => None,
    };
    // Whoever watches wants to see the keys.
    let shown = scene
        .manner
        .map(|manner| manner.key_time(value.chars().count()));
    Ok(shown.or(recorded))
}

/// What the field holds: the focused element, or the step's own when a field that is full has passed the focus on.
async fn read_back(
    scene: &Scene<'_>,
    frame: &Frame,
    selectors: &[Selector],
    value: &str,
    focused: &Value,
) -> Result<Option<String>, Fault> {
    let text = |reply: &Value| {
        reply
            .get("value")
            .and_then(Value::as_str)
            .map(str::to_owned)
    };
    let actual = text(focused);
    let matches = focused.get("matches").and_then(Value::as_bool) == Some(true);
    if matches
        || actual
            .as_deref()
            .is_some_and(|actual| lines(actual) == lines(value))
    {
        return Ok(Some(value.to_owned()));
    }
    match frame
        .call::<Value>(&scene.progress, "state", &(selectors,))
        .await
    {
        Ok(state) => Ok(text(&state)),
        Err(BrowserError::ContextDestroyed | BrowserError::DialogOpen { .. }) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// The field holds the value, or the same letters and digits as the page likes to write them.
fn verify(
    scene: &mut Scene<'_>,
    input: &Input,
    value: &str,
    actual: Option<String>,
) -> Result<(), Fault> {
    let Some(actual) = actual.as_deref() else {
        scene.note("the field was gone before its value could be read back");
        return Ok(());
    };
    if lines(actual) == lines(value) {
        return Ok(());
    }
    let letters = |text: &str| -> String {
        text.chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect()
    };
    if !letters(value).is_empty() && letters(actual) == letters(value) {
        scene.note("the page writes the value in its own way");
        return Ok(());
    }
    let secret = input.is_sensitive == Some(true) || input.variable_name.is_some();
    let shown = |text: &str| {
        if secret {
            "••••".to_owned()
        } else {
            text.to_owned()
        }
    };
    scene.notes.expected = Some(shown(value));
    scene.notes.actual = Some(shown(actual));
    let message = if actual.is_empty() {
        "the field is empty after the input"
    } else {
        "the field holds something else after the input"
    };
    Err(Fault::new(ErrorCode::ValueMismatch, message))
}

/// Browsers write line ends in their own way, editors add one at the end.
fn lines(text: &str) -> String {
    text.replace("\r\n", "\n")
        .replace('\u{a0}', " ")
        .trim_end_matches('\n')
        .to_owned()
}

/// A choice that was recorded as an input: click it unless it is as it should be.
async fn toggle(scene: &mut Scene<'_>, input: &Input) -> Result<Done, Fault> {
    let checked = input.checked.unwrap_or(!matches!(
        input.value.as_str(),
        "false" | "off" | "unchecked" | ""
    ));
    let wanted = recording::Click {
        checked: Some(checked),
        input_type: input.input_type.clone(),
        ..recording::Click::default()
    };
    click::perform(scene, &wanted).await
}

/// Browsers show a script only `C:\fakepath\` and the name of a chosen file.
fn files_of(input: &Input) -> Vec<UploadFile> {
    input
        .value
        .split([',', '\n'])
        .filter_map(|path| path.rsplit(['\\', '/']).next())
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .map(|name| UploadFile {
            name: name.to_owned(),
            ..UploadFile::default()
        })
        .collect()
}
