//! What draws: the processor, whose pixels are the same on every machine, or a GPU.

use std::path::Path;
use std::str::FromStr;

use browser::{Browser, GpuState, Graphics, Progress};

use crate::error::RenderError;

/// What is told where no GPU draws.
const SOFTWARE: &str = "software";

/// Whether a GPU is to draw.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Gpu {
    /// Never.
    #[default]
    Never,
    /// Where the machine has one that works.
    Auto,
    /// Always.
    Always,
}

/// A word that says nothing about a GPU.
#[derive(Debug, thiserror::Error)]
#[error("{0:?} is none of auto, true and false")]
pub struct NoSuchGpu(String);

impl FromStr for Gpu {
    type Err = NoSuchGpu;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.trim().to_ascii_lowercase().as_str() {
            "auto" => Ok(Self::Auto),
            "true" | "1" | "on" | "yes" => Ok(Self::Always),
            "" | "false" | "0" | "off" | "no" => Ok(Self::Never),
            _ => Err(NoSuchGpu(text.to_owned())),
        }
    }
}

impl Gpu {
    /// What browsers are started with on this machine: where there is a GPU one is started, a `chromium-headless-shell` at
    /// `executable` or one that is found, and tells whether it draws with it.
    ///
    /// # Errors
    /// `NoGpu` or `IdleGpu` when one is asked for and there is none, or none that works.
    pub async fn graphics(
        self,
        progress: &Progress,
        executable: Option<&Path>,
    ) -> Result<Graphics, RenderError> {
        if self == Self::Never {
            return Ok(Graphics::Software);
        }
        let seen = browser::try_gpu(progress, executable).await;
        let seen = seen.map_err(|error| RenderError::browser("trying the GPU", error))?;
        self.choose(seen)
    }

    fn choose(self, seen: GpuState) -> Result<Graphics, RenderError> {
        match (self, seen) {
            (Self::Never, _) | (Self::Auto, GpuState::None) => Ok(Graphics::Software),
            (_, GpuState::Working { driver, .. }) => Ok(Graphics::Hardware(driver)),
            (Self::Always, GpuState::None) => Err(RenderError::NoGpu),
            (wanted, GpuState::Idle { node, drawn_by }) => {
                let drawn_by = drawn_by.unwrap_or_else(|| SOFTWARE.to_owned());
                if wanted == Self::Always {
                    return Err(RenderError::IdleGpu { node, drawn_by });
                }
                tracing::warn!(node = %node.display(), %drawn_by, "there is a GPU, and browsers do not draw with it");
                Ok(Graphics::Software)
            }
        }
    }
}

/// What draws in a browser, for the results of its jobs.
pub(crate) async fn drawn_by(
    progress: &Progress,
    browser: &Browser,
    graphics: Graphics,
) -> Result<String, RenderError> {
    if !matches!(graphics, Graphics::Hardware(_)) {
        return Ok(SOFTWARE.to_owned());
    }
    let name = browser.renderer(progress).await;
    let name = name.map_err(|error| RenderError::browser("asking what draws", error))?;
    Ok(name
        .filter(|name| !browser::is_processor(name))
        .unwrap_or_else(|| SOFTWARE.to_owned()))
}

#[cfg(test)]
mod tests {
    use browser::Driver;

    use super::*;

    #[test]
    fn three_words_say_whether_a_gpu_draws() {
        let read = |text: &str| text.parse::<Gpu>().ok();
        assert_eq!(read("auto"), Some(Gpu::Auto));
        assert_eq!(read(" True "), Some(Gpu::Always));
        assert_eq!(read("false"), Some(Gpu::Never));
        assert_eq!(read(""), Some(Gpu::Never));
        assert_eq!(read("maybe"), None);
    }

    #[test]
    fn a_gpu_draws_where_it_works_and_is_refused_where_it_must_and_does_not() {
        let working = GpuState::Working {
            name: "ANGLE (NVIDIA, L4)".to_owned(),
            driver: Driver::Vulkan,
        };
        let idle = GpuState::Idle {
            node: "/dev/dri/renderD128".into(),
            drawn_by: Some("llvmpipe".to_owned()),
        };
        let hardware = Graphics::Hardware(Driver::Vulkan);
        for wanted in [Gpu::Auto, Gpu::Always] {
            assert_eq!(wanted.choose(working.clone()).unwrap(), hardware);
        }
        assert_eq!(Gpu::Never.choose(working).unwrap(), Graphics::Software);
        for state in [idle.clone(), GpuState::None] {
            assert_eq!(Gpu::Auto.choose(state).unwrap(), Graphics::Software);
        }
        let said = |state| Gpu::Always.choose(state).unwrap_err().to_string();
        let none = said(GpuState::None);
        assert!(none.contains("/dev/dri/renderD"), "{none}");
        let idle = said(idle);
        for part in ["/dev/dri/renderD128", "llvmpipe", "driver"] {
            assert!(idle.contains(part), "{idle}");
        }
    }

    #[tokio::test]
    async fn nothing_is_started_to_draw_with_the_processor() {
        let progress = Progress::with_timeout(std::time::Duration::ZERO);
        let nowhere = Path::new("/nowhere/chromium");
        let chosen = Gpu::Never.graphics(&progress, Some(nowhere)).await;
        assert_eq!(chosen.unwrap(), Graphics::Software);
    }
}
