//! One page that holds everything: no script, no second file, no address that it asks. What can be opened is a
//! `<details>`, which a keyboard opens too; dark or light is the reader's own choice.

use std::fmt::{self, Display, Write as _};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use quick_xml::escape::escape;
use replay::{StepResult, StepStatus};

use crate::run::healed::clause;
use crate::run::result::{Performed, Ran, Report, Verdict};

const STYLE: &str = include_str!("report.css");

pub(super) fn page(report: &Report) -> String {
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ = write_page(report, &mut out);
    out
}

fn write_page(report: &Report, out: &mut String) -> fmt::Result {
    let verdict = if report.passed() { "Passed" } else { "Failed" };
    let class = verdict.to_lowercase();
    write!(
        out,
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; style-src 'unsafe-inline'\">\n\
         <title>{verdict}: {} recordings</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n\
         <h1><span class=\"{class}\">{verdict}</span></h1>\n",
        report.performed.len()
    )?;
    let execution = &report.execution;
    writeln!(
        out,
        "<p class=\"quiet\"><time>{}</time>, {} in {} time</p>",
        report.began,
        Safe(&execution.browser),
        Safe(&execution.timing_mode)
    )?;
    if let Some(build) = &report.build {
        let facts = [
            Some(build.provider.to_owned()),
            build.repository.clone(),
            build.branch.clone(),
            build.commit.clone(),
        ];
        let line = facts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
        writeln!(out, "<p class=\"quiet\">{}</p>", Safe(&line))?;
    }
    out.push_str("<ul class=\"counts\">\n");
    for (verdict, class, word) in [
        (Verdict::Passed, "passed", "passed"),
        (Verdict::Flaky, "flaky", "flaky"),
        (Verdict::Failed, "failed", "failed"),
        (Verdict::NotRun, "quiet", "not performed"),
    ] {
        let count = report.count(verdict);
        writeln!(out, "<li class=\"{class}\"><b>{count}</b>{word}</li>")?;
    }
    out.push_str("</ul>\n");
    if let Some(problem) = &report.problem {
        writeln!(
            out,
            "<p class=\"failed\">Nothing could be performed:</p><pre>{}</pre>",
            Safe(problem)
        )?;
    }
    for performed in &report.performed {
        recording(performed, out)?;
    }
    out.push_str("</main>\n</body>\n</html>\n");
    Ok(())
}

fn recording(performed: &Performed, out: &mut String) -> fmt::Result {
    let verdict = performed.verdict();
    let (class, word) = match verdict {
        Verdict::Passed => ("passed", "passed"),
        Verdict::Flaky => ("flaky", "flaky"),
        Verdict::Failed => ("failed", "failed"),
        Verdict::NotRun => ("quiet", "not performed"),
    };
    let open = if verdict == Verdict::Failed {
        " open"
    } else {
        ""
    };
    let milliseconds = performed.runs.iter().map(Ran::milliseconds).sum();
    let heals = if performed.is_healed() {
        ", <span class=\"flaky\">healed</span>"
    } else {
        ""
    };
    writeln!(
        out,
        "<details class=\"recording\"{open}>\n<summary><span class=\"time\">{}</span><span class=\"{class}\">{word}</span>{heals} <b>{}</b></summary>\n<div>\n\
         <p class=\"quiet\">{} · {}</p>",
        Time(milliseconds),
        Safe(&performed.name()),
        Safe(&performed.origin.to_string()),
        Safe(&performed.url)
    )?;
    for (index, ran) in performed.runs.iter().enumerate() {
        if performed.runs.len() > 1 {
            writeln!(
                out,
                "<h2>Run {} of {}</h2>",
                index + 1,
                performed.runs.len()
            )?;
        }
        run(ran, out)?;
    }
    out.push_str("</div>\n</details>\n");
    Ok(())
}

fn run(ran: &Ran, out: &mut String) -> fmt::Result {
    if !ran.passed() {
        writeln!(out, "<p class=\"failed\">{}</p>", Safe(&ran.reason()))?;
    }
    out.push_str("<ol class=\"steps\">\n");
    for one in &ran.steps {
        step(ran, one, out)?;
    }
    out.push_str("</ol>\n");
    for note in &ran.notes {
        writeln!(out, "<p class=\"quiet\">{}</p>", Safe(note))?;
    }
    if let Some(Ok(folder)) = &ran.evidence {
        let folder = folder.display().to_string();
        writeln!(out, "<p class=\"quiet\">Evidence: {}</p>", Safe(&folder))?;
    }
    Ok(())
}

fn step(ran: &Ran, step: &StepResult, out: &mut String) -> fmt::Result {
    let (class, word) = match &step.status {
        StepStatus::Passed => ("passed", "passed"),
        StepStatus::Failed => ("failed", "failed"),
        StepStatus::Skipped { .. } => ("quiet", "skipped"),
    };
    write!(
        out,
        "<li><span class=\"time\">{}</span><span class=\"{class}\">{word}</span> {}. {}",
        Time(step.duration_ms),
        step.index + 1,
        Safe(&step.title)
    )?;
    if let Some(healed) = &step.healed {
        write!(
            out,
            " <span class=\"flaky\">healed</span> <span class=\"quiet\">{}</span>",
            Safe(&clause(healed))
        )?;
    }
    if let StepStatus::Skipped { reason } = &step.status {
        write!(out, " <span class=\"quiet\">{}</span>", Safe(reason))?;
    }
    if let Some(error) = step
        .error
        .as_ref()
        .filter(|_| step.status == StepStatus::Failed)
    {
        let mut lines = vec![format!("{} ({})", error.message, error.code)];
        lines.extend(error.detail.clone());
        lines.extend(error.tried.iter().map(|tried| {
            format!(
                "tried {} {:?}: {} found",
                tried.strategy, tried.value, tried.count
            )
        }));
        write!(out, "<pre>{}</pre>", Safe(&lines.join("\n")))?;
        if !error.call_log.is_empty() {
            write!(
                out,
                "<details><summary>Call log</summary><pre>{}</pre></details>",
                Safe(&error.call_log.join("\n"))
            )?;
        }
    }
    for picture in ran
        .pictures
        .iter()
        .filter(|picture| picture.step == step.index)
    {
        write!(
            out,
            "<div class=\"shot\"><img alt=\"The page when step {} failed\" src=\"data:image/jpeg;base64,{}\">",
            step.index + 1,
            STANDARD.encode(&picture.jpeg)
        )?;
        if let Some(spot) = step.spot {
            let share = |part: f64| part * 100.0;
            write!(
                out,
                "<span title=\"The element of the step\" style=\"left:{:.3}%;top:{:.3}%;width:{:.3}%;height:{:.3}%\"></span>",
                share(spot.x),
                share(spot.y),
                share(spot.width),
                share(spot.height)
            )?;
        }
        out.push_str("</div>");
    }
    out.push_str("</li>\n");
    Ok(())
}

/// Text in which nothing is markup: names, addresses and messages come from pages that nobody vouches for.
struct Safe<'a>(&'a str);

impl Display for Safe<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&escape(self.0))
    }
}

/// Milliseconds as people read them.
struct Time(u64);

impl Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 < 1000 {
            write!(f, "{} ms", self.0)
        } else {
            write!(f, "{}.{} s", self.0 / 1000, self.0 % 1000 / 100)
        }
    }
}
