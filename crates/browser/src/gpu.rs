//! Is there a GPU, and does a browser draw with it?

use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::Result;
use crate::browser::Browser;
use crate::options::{Driver, Graphics, Headless, LaunchOptions};
use crate::progress::Progress;

/// Where Linux shows GPUs to programs that draw without a screen, and what their names begin with; a number follows. In
/// containers NVIDIA's often have their own nodes only.
const NODES: [(&str, &str); 2] = [("/dev/dri", "renderD"), ("/dev", "nvidia")];

/// What draws with the processor, by the names that browsers and drivers give it.
const PROCESSORS: [&str; 3] = ["SwiftShader", "llvmpipe", "softpipe"];

/// How long a browser may take to start and say what draws in it.
const LIMIT: Duration = Duration::from_secs(30);

/// What was found out about the GPU of this machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GpuState {
    /// There is none that this process may open.
    None,
    /// There is one, and browsers draw with something else all the same: its driver is missing, or does not work.
    Idle {
        /// The GPU.
        node: PathBuf,
        /// What they draw with, by its own name.
        drawn_by: Option<String>,
    },
    /// A browser draws with it.
    Working {
        /// Its own name.
        name: String,
        /// How.
        driver: Driver,
    },
}

/// A GPU of this machine that this process may open, the first one; nothing when it has to draw with the processor.
pub fn find_gpu() -> Option<PathBuf> {
    NODES
        .iter()
        .find_map(|(folder, name)| first_in(Path::new(folder), name))
}

/// Starts a browser, when there is a GPU, and sees what draws in it; a second one where the first way does not lead to the
/// GPU. `executable` is a Chromium; it is searched for when left out.
///
/// # Errors
/// When the browser does not start.
pub async fn try_gpu(progress: &Progress, executable: Option<&Path>) -> Result<GpuState> {
    let Some(node) = find_gpu() else {
        return Ok(GpuState::None);
    };
    let mut idle = None;
    for driver in [Driver::Egl, Driver::Vulkan] {
        let name = drawn_with(progress, executable, driver).await?;
        match name.filter(|name| !name.is_empty()) {
            Some(name) if !is_processor(&name) => return Ok(GpuState::Working { name, driver }),
            other => idle = idle.or(other),
        }
    }
    Ok(GpuState::Idle {
        node,
        drawn_by: idle,
    })
}

/// Whether what draws in a browser is the processor, by the name that [`Browser::renderer`] gives.
pub fn is_processor(renderer: &str) -> bool {
    PROCESSORS
        .iter()
        .any(|processor| renderer.contains(processor))
}

async fn drawn_with(
    progress: &Progress,
    executable: Option<&Path>,
    driver: Driver,
) -> Result<Option<String>> {
    let part = progress.within(LIMIT);
    let options = LaunchOptions {
        executable: executable.map(Path::to_owned),
        headless: Headless::Shell,
        graphics: Graphics::Hardware(driver),
        ..LaunchOptions::default()
    };
    let browser = Browser::launch(&part, options).await?;
    let name = browser.renderer(&part).await;
    browser.close().await;
    name
}

fn first_in(folder: &Path, name: &str) -> Option<PathBuf> {
    let entries = std::fs::read_dir(folder).ok()?.flatten();
    let is_node = |path: &PathBuf| {
        let file = path.file_name().unwrap_or_default().to_string_lossy();
        let number = file.strip_prefix(name);
        number.is_some_and(|number| number.parse::<u32>().is_ok())
    };
    let mut nodes: Vec<_> = entries.map(|entry| entry.path()).filter(is_node).collect();
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
        let first = |name: &str| first_in(folder.path(), name);
        assert_eq!(first_in(&folder.path().join("missing"), "renderD"), None);
        for name in [
            "card0",
            "by-path",
            "nvidiactl",
            "nvidia-modeset",
            "nvidia-caps",
        ] {
            File::create(folder.path().join(name)).unwrap();
        }
        assert_eq!((first("renderD"), first("nvidia")), (None, None));
        // A folder of this name can be opened by nobody for writing.
        std::fs::create_dir(folder.path().join("renderD128")).unwrap();
        for name in ["renderD130", "renderD129", "nvidia1"] {
            File::create(folder.path().join(name)).unwrap();
        }
        assert_eq!(first("renderD"), Some(folder.path().join("renderD129")));
        assert_eq!(first("nvidia"), Some(folder.path().join("nvidia1")));
    }

    #[tokio::test]
    async fn both_ways_lead_to_a_driver_of_the_system() {
        // Mesa's, which draws with the processor: whoever has a GPU has another.
        for (driver, marks) in [(Driver::Egl, "OpenGL"), (Driver::Vulkan, "Vulkan")] {
            let progress = Progress::with_timeout(LIMIT);
            let name = drawn_with(&progress, None, driver).await.unwrap().unwrap();
            assert!(name.contains(marks), "{driver:?}: {name}");
            assert!(!name.contains("SwiftShader"), "{driver:?}: {name}");
            assert_eq!(is_processor(&name), name.contains("llvmpipe"), "{name}");
        }
    }
}
