//! The page of a job as one file: it opens without a network and shows what was rendered. Its time is real time, so what moves
//! goes on; chance draws from the job's seed as it did for the picture.

use data_encoding::BASE64;
use serde_json::json;

use crate::document::{CHANCE, STYLE, UNCHECKED, is_document, wrapped};
use crate::error::RenderError;
use crate::job::{RenderJob, Source};
use crate::libraries;

/// What the page may load: what is in it. The code had no more when it was rendered.
const POLICY: &str = "default-src data: blob: 'unsafe-inline' 'unsafe-eval'; form-action 'none'";

/// The page of a job.
///
/// # Errors
/// When the product was built without p5.
pub(crate) fn page(job: &RenderJob) -> Result<String, RenderError> {
    let head = format!(
        "<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n{}",
        script(&before(job))
    );
    Ok(match &job.source {
        // Such jobs are refused when they ask for the page itself.
        Source::Address { url, .. } => {
            return Err(RenderError::WrongOutput(format!(
                "{url} cannot be written down"
            )));
        }
        Source::Sketch { code, version } => {
            let library = String::from_utf8_lossy(libraries::p5(*version)?);
            let scripts = [&*library, UNCHECKED, code].map(script).concat();
            wrapped(&(head + &scripts), STYLE, "<main></main>")
        }
        Source::Script {
            html,
            css,
            javascript,
        } => {
            let mut inside = html.clone();
            if !javascript.is_empty() {
                inside.push('\n');
                inside.push_str(&script(javascript));
            }
            if is_document(html) {
                if !css.is_empty() {
                    inside.push_str(&format!("\n<style>{css}</style>\n"));
                }
                into(&inside, &head)
            } else {
                wrapped(&head, &format!("{STYLE}\n{css}"), &inside)
            }
        }
    })
}

/// What runs before every script of the page.
fn before(job: &RenderJob) -> String {
    let chance = CHANCE.trim_end().trim_end_matches(';');
    let options = json!({ "seed": job.seed.words() });
    let context = match &job.context {
        Some(context) => format!("\nwindow.context = {};", json!(context)),
        None => String::new(),
    };
    format!("({chance})({{}}, {options});{context}")
}

/// A script in the page. One that holds what could end a script early, or hide its end, goes in as data.
fn script(code: &str) -> String {
    let lower = code.to_ascii_lowercase();
    if lower.contains("</script") || lower.contains("<!--") {
        let data = BASE64.encode(code.as_bytes());
        return format!(
            "<script src=\"data:text/javascript;charset=utf-8;base64,{data}\"></script>\n"
        );
    }
    format!("<script>\n{code}\n</script>\n")
}

/// Puts the head into a document of its own: behind its doctype, where a parser takes it for the document's head, and adds the
/// attributes of what follows to the elements that it has made by then.
fn into(document: &str, head: &str) -> String {
    let start = document.len() - document.trim_start().len();
    let rest = &document[start..];
    let has_type = rest
        .get(..9)
        .is_some_and(|text| text.eq_ignore_ascii_case("<!doctype"));
    let (before, behind) = match rest.find('>').filter(|_| has_type) {
        Some(end) => document.split_at(start + end + 1),
        // A document without a type stays one; that it is HTML is seen at its first bytes all the same.
        None => ("<html>", rest),
    };
    format!("{before}\n{head}{behind}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(job: serde_json::Value) -> String {
        page(&RenderJob::parse(job.to_string().as_bytes()).unwrap()).unwrap()
    }

    #[test]
    fn a_document_keeps_its_type_and_gets_its_head_behind_it() {
        let html =
            "<!DOCTYPE html>\n<html lang=de><head><title>x</title></head><body>y</body></html>";
        let made = of(json!({ "type": "html", "html": html }));
        assert!(made.starts_with("<!DOCTYPE html>\n<meta charset"), "{made}");
        assert!(
            made.ends_with("\n<html lang=de><head><title>x</title></head><body>y</body></html>")
        );
    }

    #[test]
    fn no_script_can_end_the_page_early() {
        for code in ["document.write('</SCRIPT>')", "// <!-- <script"] {
            let made = of(json!({ "type": "js", "code": code }));
            assert!(!made.contains(code), "{made}");
            assert!(made.contains(&BASE64.encode(code.as_bytes())), "{made}");
        }
    }
}
