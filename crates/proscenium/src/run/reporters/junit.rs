//! JUnit XML, as Jenkins and GitLab read it: a suite for each recording, which is its one test case.

use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use crate::run::baselines::Looked;
use crate::run::healed::line;
use crate::run::origin::Origin;
use crate::run::result::{Performed, Ran, Report, Verdict};

type Xml = Writer<Vec<u8>>;

pub(super) fn document(report: &Report) -> anyhow::Result<String> {
    let mut xml = Writer::new_with_indent(Vec::new(), b' ', 2);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    // A run without any recording must not look like one in which all passed.
    let broken = usize::from(report.problem.is_some());
    let all: Vec<&Ran> = report
        .performed
        .iter()
        .filter_map(|one| one.runs.last())
        .collect();
    let errors = all.iter().filter(|run| run.outcome.is_none()).count() + broken;
    let failures = report.count(Verdict::Failed) - (errors - broken);
    xml.create_element("testsuites")
        .with_attribute(("name", "proscenium"))
        .with_attribute(("tests", text(report.performed.len() + broken).as_str()))
        .with_attribute(("failures", text(failures).as_str()))
        .with_attribute(("errors", text(errors).as_str()))
        .with_attribute((
            "time",
            seconds(all.iter().map(|run| run.milliseconds()).sum()).as_str(),
        ))
        .write_inner_content(|xml| {
            if let Some(problem) = &report.problem {
                nothing(xml, &report.began.to_string(), problem)?;
            }
            for (id, performed) in report.performed.iter().enumerate() {
                suite(xml, id, performed, &report.began.to_string())?;
            }
            Ok::<(), io::Error>(())
        })?;
    let mut document = String::from_utf8(xml.into_inner())?;
    document.push('\n');
    Ok(document)
}

/// A suite that says why there is no other.
fn nothing(xml: &mut Xml, began: &str, problem: &str) -> io::Result<()> {
    xml.create_element("testsuite")
        .with_attributes([
            ("name", "proscenium"),
            ("tests", "1"),
            ("failures", "0"),
            ("errors", "1"),
            ("skipped", "0"),
        ])
        .with_attributes([("time", "0.000"), ("timestamp", began)])
        .write_inner_content(|xml| {
            xml.create_element("testcase")
                .with_attributes([
                    ("name", "the browser starts"),
                    ("classname", "proscenium"),
                    ("time", "0.000"),
                ])
                .write_inner_content(|xml| said(xml, "error", "could-not-run", problem, problem))?;
            Ok::<(), io::Error>(())
        })?;
    Ok(())
}

fn suite(xml: &mut Xml, id: usize, performed: &Performed, began: &str) -> io::Result<()> {
    let verdict = performed.verdict();
    let last = performed.runs.last();
    let broken = last.is_some_and(|run| run.outcome.is_none());
    let count = |is: bool| text(usize::from(is));
    let name = legal(&performed.name());
    let began = performed
        .runs
        .first()
        .map_or_else(|| began.to_owned(), |run| run.began.to_string());
    let time = seconds(last.map_or(0, Ran::milliseconds));
    xml.create_element("testsuite")
        .with_attribute(("id", text(id).as_str()))
        .with_attribute(("name", name.as_str()))
        .with_attribute(("tests", "1"))
        .with_attribute((
            "failures",
            count(verdict == Verdict::Failed && !broken).as_str(),
        ))
        .with_attribute(("errors", count(broken).as_str()))
        .with_attribute(("skipped", count(verdict == Verdict::NotRun).as_str()))
        .with_attribute(("time", time.as_str()))
        .with_attribute(("timestamp", began.as_str()))
        .write_inner_content(|xml| case(xml, performed, &name, &time))?;
    Ok(())
}

fn case(xml: &mut Xml, performed: &Performed, name: &str, time: &str) -> io::Result<()> {
    let place = legal(&performed.origin.to_string());
    let mut case = xml
        .create_element("testcase")
        .with_attribute(("name", name))
        .with_attribute(("classname", place.as_str()))
        .with_attribute(("time", time));
    if matches!(performed.origin, Origin::File(_)) {
        case = case.with_attribute(("file", place.as_str()));
    }
    case.write_inner_content(|xml| {
        let Some((last, earlier)) = performed.runs.split_last() else {
            let why = "a recording before it failed, or the run was interrupted";
            xml.create_element("skipped")
                .with_attribute(("message", why))
                .write_empty()?;
            return Ok(());
        };
        if last.outcome.is_none() {
            said(
                xml,
                "error",
                "could-not-run",
                &last.reason(),
                &last.notes.join("\n"),
            )?;
        } else if !last.passed() {
            said(xml, "failure", code(last), &last.reason(), &story(last))?;
        }
        // What passed in the end was flaky; what did not was tried again in vain.
        let word = if last.passed() {
            "flakyFailure"
        } else {
            "rerunFailure"
        };
        for run in earlier {
            said(xml, word, code(run), &run.reason(), &story(run))?;
        }
        let runs = || performed.runs.iter();
        let of_steps = runs()
            .flat_map(|run| &run.pictures)
            .filter_map(|picture| picture.path.as_deref());
        let of_checks = runs()
            .flat_map(|run| &run.looked)
            .flat_map(Looked::pictures);
        let pictures: Vec<String> = of_steps
            .chain(of_checks)
            .map(|path| format!("[[ATTACHMENT|{}]]", path.display()))
            .collect();
        // The format has no word for it; its readers show what was printed.
        let mut printed: Vec<String> = last
            .healed_steps()
            .map(|(step, healed)| format!("healed {}", line(step, healed)))
            .collect();
        printed.extend(pictures);
        if !printed.is_empty() {
            xml.create_element("system-out")
                .write_text_content(BytesText::new(&legal(&printed.join("\n"))))?;
        }
        Ok::<(), io::Error>(())
    })?;
    Ok(())
}

fn said(xml: &mut Xml, element: &str, kind: &str, message: &str, more: &str) -> io::Result<()> {
    xml.create_element(element)
        .with_attribute(("message", legal(message).as_str()))
        .with_attribute(("type", kind))
        .write_text_content(BytesText::new(&legal(more)))?;
    Ok(())
}

/// The code of the trouble, which is what a failure's type is for.
fn code(ran: &Ran) -> &'static str {
    ran.outcome
        .as_ref()
        .and_then(|outcome| outcome.error.as_ref())
        .map_or("could-not-run", |error| error.code.as_str())
}

/// The steps that failed, and what was tried.
fn story(ran: &Ran) -> String {
    let mut lines = Vec::new();
    for step in ran.failed_steps() {
        lines.push(format!("{}. {}", step.index + 1, step.title));
        let Some(error) = &step.error else { continue };
        lines.push(format!("   {} ({})", error.message, error.code));
        lines.extend(error.tried.iter().map(|tried| {
            format!(
                "   tried {} {:?}: {} found",
                tried.strategy, tried.value, tried.count
            )
        }));
    }
    if lines.is_empty() {
        lines.push(ran.reason());
    }
    lines.extend(ran.notes.iter().cloned());
    if let Some(Ok(folder)) = &ran.evidence {
        lines.push(format!("evidence: {}", folder.display()));
    }
    lines.join("\n")
}

fn text(number: usize) -> String {
    number.to_string()
}

fn seconds(milliseconds: u64) -> String {
    format!("{}.{:03}", milliseconds / 1000, milliseconds % 1000)
}

/// XML 1.0 has no way to write most control characters, not even escaped; a page may put them into its texts.
fn legal(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\t' | '\n' | '\r' => c,
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => '\u{fffd}',
            _ => c,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use quick_xml::Reader;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn any_message_is_well_formed_xml(message in any::<String>(), more in any::<String>()) {
            let mut xml = Writer::new(Vec::new());
            said(&mut xml, "failure", "not-found", &message, &more).map_err(|error| TestCaseError::fail(error.to_string()))?;
            let written = String::from_utf8(xml.into_inner()).map_err(|error| TestCaseError::fail(error.to_string()))?;
            let mut reader = Reader::from_str(&written);
            loop {
                match reader.read_event() {
                    Ok(Event::Eof) => break,
                    Ok(_) => {}
                    Err(error) => return Err(TestCaseError::fail(format!("{error}: {written}"))),
                }
            }
        }
    }
}
