//! The JSON document, in the shape that SaveAction's command prints, with what it has no word for beside it.

use serde_json::{Value, json};

use crate::run::origin::Origin;
use crate::run::result::{Execution, Performed, Ran, Report, Verdict};

/// Version of the document's shape.
const VERSION: &str = "1.0";

/// One object for one recording; for several, or when tags were asked for, an object that lists them.
pub(super) fn document(report: &Report) -> anyhow::Result<String> {
    let timestamps = json!({ "startedAt": report.began, "completedAt": report.ended });
    let failed = |error: &str| json!({ "version": VERSION, "status": "failed", "error": error, "timestamps": timestamps });
    let mut value = match (&report.problem, report.performed.as_slice()) {
        (Some(problem), _) => failed(problem),
        (None, []) if report.is_interrupted => failed("interrupted"),
        (None, [one]) if report.tags.is_empty() => recording(one, &report.execution),
        (None, many) => {
            let mut value = json!({
                "version": VERSION,
                "status": if report.passed() { "passed" } else { "failed" },
                "totalRecordings": many.len(),
                "passed": report.count(Verdict::Passed) + report.count(Verdict::Flaky),
                "failed": report.count(Verdict::Failed),
                "flaky": report.count(Verdict::Flaky),
                "notRun": report.count(Verdict::NotRun),
                "recordings": many.iter().map(|one| recording(one, &report.execution)).collect::<Vec<_>>(),
                "timestamps": timestamps,
            });
            if !report.tags.is_empty() {
                value["tag"] = report.tags.join(",").into();
            }
            value
        }
    };
    if let Some(build) = &report.build {
        value["ci"] = serde_json::to_value(build)?;
    }
    Ok(serde_json::to_string_pretty(&value)? + "\n")
}

fn recording(performed: &Performed, execution: &Execution) -> Value {
    let mut about = json!({
        "file": performed.origin.to_string(),
        "testName": performed.test_name,
        "url": performed.url,
        "actionsTotal": performed.total,
        "source": "file",
    });
    if let Origin::Server(id) = &performed.origin {
        about["source"] = "platform".into();
        about["recordingId"] = id.as_str().into();
        about["file"] = Value::Null;
    }
    let status = match performed.verdict() {
        Verdict::Passed | Verdict::Flaky => "passed",
        Verdict::Failed => "failed",
        Verdict::NotRun => "notRun",
    };
    let mut value = json!({
        "version": VERSION,
        "status": status,
        "recording": about,
        "execution": execution,
    });
    let Some(last) = performed.runs.last() else {
        return value;
    };
    value["result"] = result(last);
    // A recording that was performed once says no more than it always did.
    if let [earlier @ .., _] = performed.runs.as_slice()
        && !earlier.is_empty()
    {
        value["flaky"] = (performed.verdict() == Verdict::Flaky).into();
        value["retries"] = earlier.len().into();
        value["earlierResults"] = earlier.iter().map(result).collect();
    }
    let began = performed.runs.first().map_or(last.began, |run| run.began);
    value["timestamps"] = json!({ "startedAt": began, "completedAt": last.ended });
    value
}

fn result(ran: &Ran) -> Value {
    let outcome = ran.outcome.as_ref();
    let (passed, failed) = outcome.map_or((0, 0), |outcome| (outcome.passed, outcome.failed));
    let mut errors: Vec<Value> = ran
        .failed_steps()
        .map(|step| {
            let message = step
                .error
                .as_ref()
                .map_or("", |error| error.message.as_str());
            let mut error =
                json!({ "actionId": step.id, "actionType": step.step_type, "error": message });
            if let Some(path) = ran.screenshot_of(step) {
                error["screenshotPath"] = path.display().to_string().into();
            }
            error
        })
        .collect();
    if errors.is_empty() && !ran.passed() {
        errors.push(json!({ "actionId": "", "actionType": "", "error": ran.reason() }));
    }
    let healed: Vec<Value> = ran
        .healed_steps()
        .map(|(step, healed)| json!({ "actionId": step.id, "actionType": step.step_type, "healed": healed }))
        .collect();
    let mut value = json!({
        "duration": ran.milliseconds(),
        "actionsExecuted": passed + failed,
        "actionsPassed": passed,
        "actionsFailed": failed,
        "healed": !healed.is_empty(),
        "actionsHealed": healed.len(),
        "healedActions": healed,
        "errors": errors,
        "video": ran.video().map(|path| path.display().to_string()),
    });
    if !ran.screenshots.is_empty() {
        let paths = ran.screenshots.iter();
        value["screenshots"] = paths.map(|path| path.display().to_string()).collect();
    }
    // A recording without visual checks says no more than it always did.
    if !ran.looked.is_empty() {
        value["visualChecks"] = json!(ran.looked);
    }
    value
}
