//! What has to be built before the product runs.

use std::fs;
use std::path::Path;
use std::time::SystemTime;

use anyhow::Result;

use crate::shell::{npm, root, run};

/// The web UI, when its sources are newer than what was built last.
pub(crate) fn web() -> Result<()> {
    let web = root().join("web");
    let built = fs::metadata(web.join("dist/index.html")).and_then(|file| file.modified());
    if built.is_ok_and(|built| newest(&web).is_some_and(|changed| changed <= built)) {
        return Ok(());
    }
    run(&mut npm(&["run", "build", "--workspace", "web"]))
}

/// When the newest source below this folder was written.
fn newest(folder: &Path) -> Option<SystemTime> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .filter(|entry| {
            !["dist", "node_modules", "tests", "mock"]
                .iter()
                .any(|skipped| entry.file_name() == *skipped)
        })
        .filter_map(|entry| match entry.metadata() {
            Ok(found) if found.is_dir() => newest(&entry.path()),
            Ok(found) => found.modified().ok(),
            Err(_) => None,
        })
        .max()
}
