//! Downloads that are under way, and what they are called.

use std::path::Path;
use std::sync::Arc;

use serde_json::Value;

use crate::drive::context::ContextCore;

/// The downloads that have begun and not ended. Firefox names the page's last navigation for each of them, which is the same one
/// for every download of a document: an end finds its beginning by the file, and each has a number of its own.
#[derive(Default)]
pub(crate) struct Downloads {
    begun: u64,
    under_way: Vec<UnderWay>,
}

struct UnderWay {
    guid: Arc<str>,
    navigation: String,
    url: String,
    /// What Firefox saves it under.
    file: String,
    context: Arc<ContextCore>,
}

impl Downloads {
    /// Notes a download that begins, and answers what it is known by from now on.
    pub(super) fn begin(&mut self, params: &Value, context: &Arc<ContextCore>) -> Arc<str> {
        let text = |name: &str| text(params, name);
        self.begun += 1;
        let navigation = text("navigation");
        let guid: Arc<str> = format!("{navigation}/{}", self.begun).into();
        self.under_way.push(UnderWay {
            guid: Arc::clone(&guid),
            navigation,
            url: text("url"),
            file: text("suggestedFilename"),
            context: Arc::clone(context),
        });
        guid
    }

    /// The download that ends, and its context.
    pub(super) fn end(&mut self, params: &Value) -> Option<(Arc<str>, Arc<ContextCore>)> {
        let (navigation, url) = (text(params, "navigation"), text(params, "url"));
        let path = text(params, "filepath");
        let file = Path::new(&path).file_name();
        let is_this = |begun: &UnderWay| begun.navigation == navigation && begun.url == url;
        let of_file = |begun: &UnderWay| is_this(begun) && file == Some(begun.file.as_ref());
        let place = self.under_way.iter().position(of_file);
        // One that was broken off has no file.
        let place = place.or_else(|| self.under_way.iter().position(is_this))?;
        let ended = self.under_way.remove(place);
        Some((ended.guid, ended.context))
    }
}

fn text(params: &Value, name: &str) -> String {
    let value = params.get(name).and_then(Value::as_str);
    value.unwrap_or_default().to_owned()
}

/// The name that was suggested for a file: Firefox tells the one that it saves it under, which has a number when the folder
/// has a file of that name already.
pub(super) fn suggested(told: &str, folder: &Path) -> String {
    let (stem, extension) = match told.rsplit_once('.') {
        Some((stem, extension)) => (stem, format!(".{extension}")),
        None => (told, String::new()),
    };
    let numbered = stem
        .strip_suffix(')')
        .and_then(|stem| stem.rsplit_once('('));
    let plain = numbered.and_then(|(stem, number)| {
        let is_number = !number.is_empty() && number.bytes().all(|digit| digit.is_ascii_digit());
        is_number.then(|| format!("{stem}{extension}"))
    });
    plain
        .filter(|plain| !plain.is_empty() && folder.join(plain).exists())
        .unwrap_or_else(|| told.to_owned())
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_number_is_left_out_only_where_a_file_of_that_name_is_there() {
        let folder = tempfile::tempdir().unwrap();
        let name = |told: &str| super::suggested(told, folder.path());
        assert_eq!(name("report(1).csv"), "report(1).csv");
        std::fs::write(folder.path().join("report.csv"), "").unwrap();
        std::fs::write(folder.path().join("notes"), "").unwrap();
        assert_eq!(name("report(1).csv"), "report.csv");
        assert_eq!(name("report(12).csv"), "report.csv");
        assert_eq!(name("notes(2)"), "notes");
        for told in [
            "report(x).csv",
            "report().csv",
            "report.csv",
            "(1)",
            ")",
            "",
        ] {
            assert_eq!(name(told), told);
        }
    }
}
