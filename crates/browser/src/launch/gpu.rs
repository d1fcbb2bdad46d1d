//! Is there a GPU that a browser could draw with?

use std::fs::File;
use std::path::{Path, PathBuf};

/// Where Linux shows GPUs to programs that draw without a screen.
const FOLDER: &str = "/dev/dri";

/// A GPU of this machine that this process may open, the first one; nothing when it has to draw with the processor.
pub fn find_gpu() -> Option<PathBuf> {
    first_in(Path::new(FOLDER))
}

fn first_in(folder: &Path) -> Option<PathBuf> {
    let entries = std::fs::read_dir(folder).ok()?.flatten();
    let mut nodes: Vec<_> = entries
        .filter(|entry| entry.file_name().to_string_lossy().starts_with("renderD"))
        .map(|entry| entry.path())
        .collect();
    nodes.sort();
    let can_be_opened = |node: &PathBuf| File::options().read(true).write(true).open(node).is_ok();
    nodes.into_iter().find(can_be_opened)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_node_for_drawing_that_can_be_opened_counts() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(first_in(&folder.path().join("missing")), None);
        for name in ["card0", "by-path"] {
            File::create(folder.path().join(name)).unwrap();
        }
        assert_eq!(first_in(folder.path()), None);
        // A folder of this name can be opened by nobody for writing.
        std::fs::create_dir(folder.path().join("renderD128")).unwrap();
        for name in ["renderD130", "renderD129"] {
            File::create(folder.path().join(name)).unwrap();
        }
        assert_eq!(
            first_in(folder.path()),
            Some(folder.path().join("renderD129"))
        );
    }
}
