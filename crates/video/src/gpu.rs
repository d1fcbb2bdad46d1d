//! What draws: the processor, whose pixels are the same on every machine, or a GPU.

use std::str::FromStr;

use browser::{Browser, Graphics, Progress};

use crate::error::RenderError;

/// What is told where no GPU draws.
const SOFTWARE: &str = "software";

/// What browsers draw with in software, by their own names.
const PROCESSORS: [&str; 3] = ["SwiftShader", "llvmpipe", "softpipe"];

/// Whether a GPU is to draw.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Gpu {
    /// Never.
    #[default]
    Never,
    /// Where the machine has one that this process may open.
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
    /// What browsers are started with on this machine.
    ///
    /// # Errors
    /// `NoGpu` when one is asked for and there is none.
    pub fn graphics(self) -> Result<Graphics, RenderError> {
        match (self, browser::find_gpu()) {
            (Self::Never, _) | (Self::Auto, None) => Ok(Graphics::Software),
            (Self::Auto | Self::Always, Some(_)) => Ok(Graphics::Hardware),
            (Self::Always, None) => Err(RenderError::NoGpu),
        }
    }
}

/// What draws in a browser, for the results of its jobs.
pub(crate) async fn drawn_by(
    progress: &Progress,
    browser: &Browser,
    graphics: Graphics,
) -> Result<String, RenderError> {
    if graphics != Graphics::Hardware {
        return Ok(SOFTWARE.to_owned());
    }
    let name = browser.renderer(progress).await;
    let name = name.map_err(|error| RenderError::browser("asking what draws", error))?;
    Ok(name
        .filter(|name| !PROCESSORS.iter().any(|processor| name.contains(processor)))
        .unwrap_or_else(|| SOFTWARE.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_words_say_whether_a_gpu_draws() {
        let read = |text: &str| text.parse::<Gpu>().ok();
        assert_eq!(read("auto"), Some(Gpu::Auto));
        assert_eq!(read(" True "), Some(Gpu::Always));
        assert_eq!(read("false"), Some(Gpu::Never));
        assert_eq!(read(""), Some(Gpu::Never));
        assert_eq!(read("maybe"), None);
        assert_eq!(Gpu::Never.graphics().unwrap(), Graphics::Software);
    }

    #[test]
    fn a_gpu_that_is_asked_for_and_missing_is_refused_with_the_way_out() {
        // A machine with one has nothing to refuse.
        if browser::find_gpu().is_some() {
            assert_eq!(Gpu::Always.graphics().unwrap(), Graphics::Hardware);
            assert_eq!(Gpu::Auto.graphics().unwrap(), Graphics::Hardware);
            return;
        }
        let error = Gpu::Always.graphics().unwrap_err();
        assert!(matches!(error, RenderError::NoGpu), "{error}");
        assert!(error.to_string().contains("/dev/dri/renderD"), "{error}");
        assert_eq!(Gpu::Auto.graphics().unwrap(), Graphics::Software);
    }
}
