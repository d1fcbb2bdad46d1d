//! The summary for people.

use std::fmt::{Result, Write as _};

use replay::RunStatus;

use crate::run::healed::line;
use crate::run::result::{Performed, Ran, Report, Verdict};

pub(super) fn text(report: &Report) -> String {
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ = write(report, &mut out);
    out
}

fn write(report: &Report, out: &mut String) -> Result {
    for performed in &report.performed {
        recording(performed, out)?;
    }
    if let Some(problem) = &report.problem {
        writeln!(out, "✗ nothing could be performed: {problem}")?;
    }
    let total = report.performed.len();
    if total < 2 {
        return Ok(());
    }
    let flaky = report.count(Verdict::Flaky);
    write!(
        out,
        "{} of {total} recordings passed",
        report.count(Verdict::Passed) + flaky
    )?;
    for (count, what) in [
        (flaky, "flaky"),
        (report.count(Verdict::Failed), "failed"),
        (report.count(Verdict::NotRun), "not performed"),
    ] {
        if count > 0 {
            write!(out, ", {count} {what}")?;
        }
    }
    writeln!(out)
}

fn recording(performed: &Performed, out: &mut String) -> Result {
    let name = performed.name();
    let Some(last) = performed.runs.last() else {
        return writeln!(out, "– {name}  not performed");
    };
    if performed.verdict() == Verdict::Flaky {
        writeln!(
            out,
            "~ {name}  flaky: passed at run {} of {}",
            performed.runs.len(),
            performed.runs.len()
        )?;
        for (index, run) in performed
            .runs
            .iter()
            .enumerate()
            .filter(|(_, run)| !run.passed())
        {
            writeln!(out, "    run {}: {}", index + 1, run.reason())?;
        }
        return healed(last, out);
    }
    run(&name, last, out)?;
    if performed.runs.len() > 1 {
        writeln!(out, "    failed {} times", performed.runs.len())?;
    }
    Ok(())
}

/// A healed step is never silent: somebody should look at it.
fn healed(ran: &Ran, out: &mut String) -> Result {
    ran.healed_steps()
        .try_for_each(|(step, healed)| writeln!(out, "    healed  {}", line(step, healed)))
}

fn run(name: &str, ran: &Ran, out: &mut String) -> Result {
    let Some(outcome) = &ran.outcome else {
        writeln!(out, "✗ {name}  could not be performed")?;
        return ran
            .notes
            .iter()
            .try_for_each(|note| writeln!(out, "    {note}"));
    };
    let seconds = outcome.duration.as_secs_f64();
    let total = outcome.steps_total;
    match outcome.status {
        RunStatus::Passed => {
            let skipped = if outcome.skipped > 0 {
                format!(", {} skipped", outcome.skipped)
            } else {
                String::new()
            };
            let heals = if outcome.healed {
                format!(", {} healed", outcome.steps_healed)
            } else {
                String::new()
            };
            writeln!(
                out,
                "✓ {name}  passed  {} of {total} steps{skipped}{heals}  {seconds:.1} s",
                outcome.passed
            )?;
        }
        RunStatus::Failed => {
            let place = outcome.error.as_ref().and_then(|error| error.step);
            let place = place.map_or("before its first step".to_owned(), |step| {
                format!("at step {} of {total}", step + 1)
            });
            writeln!(out, "✗ {name}  failed {place}  {seconds:.1} s")?;
        }
        RunStatus::TimedOut => writeln!(
            out,
            "✗ {name}  timed out  {} of {total} steps  {seconds:.1} s",
            outcome.passed
        )?,
        RunStatus::Cancelled => writeln!(
            out,
            "– {name}  cancelled  {} of {total} steps  {seconds:.1} s",
            outcome.passed
        )?,
    }
    healed(ran, out)?;
    for step in ran.failed_steps() {
        let Some(error) = &step.error else { continue };
        writeln!(out, "    {}. {}", step.index + 1, step.title)?;
        writeln!(out, "       {} ({})", error.message, error.code)?;
        if let Some(detail) = &error.detail {
            writeln!(out, "       {}", detail.lines().next().unwrap_or_default())?;
        }
        for tried in &error.tried {
            writeln!(
                out,
                "       tried {} {:?}: {} found",
                tried.strategy, tried.value, tried.count
            )?;
        }
    }
    if let Some(error) = outcome.error.as_ref().filter(|error| error.step.is_none()) {
        writeln!(out, "    {} ({})", error.message, error.code)?;
    }
    for note in &ran.notes {
        writeln!(out, "    {note}")?;
    }
    match &ran.video {
        Some(Ok(path)) => writeln!(out, "    video  {}", path.display())?,
        Some(Err(problem)) => writeln!(out, "    the run was not filmed: {problem}")?,
        None => {}
    }
    match &ran.evidence {
        Some(Ok(folder)) => writeln!(out, "    evidence  {}", folder.display()),
        Some(Err(problem)) => writeln!(out, "    the evidence could not be kept: {problem}"),
        None => Ok(()),
    }
}
