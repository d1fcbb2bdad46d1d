//! Is there a GPU, and do browsers draw with it?

use std::time::Duration;

use browser::{BrowserError, GpuState, Progress};

use super::Check;
use super::browsers::causes;

/// A browser starts for each of the two ways to a GPU.
const LIMIT: Duration = Duration::from_secs(60);

/// Renders are drawn by a GPU only when they are told to; without one nothing is missing.
pub(super) async fn works() -> Check {
    let progress = Progress::with_timeout(LIMIT);
    check(browser::try_gpu(&progress, None).await)
}

fn check(seen: Result<GpuState, BrowserError>) -> Check {
    const NAME: &str = "GPU";
    const HELP: &str = "install its driver for EGL or Vulkan (Debian: libegl-mesa0, mesa-vulkan-drivers; NVIDIA: its own, in containers with the capability `graphics`)";
    match seen {
        Ok(GpuState::Working { name, driver }) => Check::ok(
            NAME,
            format!("{name} over {driver}, for renders with PROSCENIUM_GPU=auto"),
        ),
        Ok(GpuState::None) => Check::ok(
            NAME,
            "none that can be opened (/dev/dri/renderD*, /dev/nvidia*): the processor draws",
        ),
        Ok(GpuState::Idle { node, drawn_by }) => {
            let drawn_by = drawn_by.unwrap_or_else(|| "the processor".to_owned());
            let node = node.display();
            Check::warning(
                NAME,
                format!("{node} is there, and browsers draw with {drawn_by} all the same"),
                HELP,
            )
        }
        Err(error) => Check::warning(NAME, format!("not tried: {}", causes(&error)), HELP),
    }
}

#[cfg(test)]
mod tests {
    use browser::Driver;

    use super::*;
    use crate::Status;

    #[test]
    fn a_gpu_that_is_there_and_does_not_draw_is_told_with_the_way_out() {
        let idle = check(Ok(GpuState::Idle {
            node: "/dev/dri/renderD128".into(),
            drawn_by: Some("llvmpipe".to_owned()),
        }));
        assert_eq!(idle.status, Status::Warning);
        assert!(
            idle.detail.contains("renderD128") && idle.detail.contains("llvmpipe"),
            "{idle:?}"
        );
        assert!(idle.help.unwrap().contains("driver"));
        let failed = check(Err(BrowserError::NotFound {
            looked_for: vec!["chromium".to_owned()],
        }));
        assert_eq!(failed.status, Status::Warning);
        assert!(failed.detail.starts_with("not tried: "), "{failed:?}");
    }

    #[test]
    fn nothing_is_missing_without_one_and_one_that_works_is_named() {
        let none = check(Ok(GpuState::None));
        assert_eq!((none.status, none.help), (Status::Ok, None));
        let working = check(Ok(GpuState::Working {
            name: "ANGLE (NVIDIA, L4)".to_owned(),
            driver: Driver::Egl,
        }));
        assert_eq!(working.status, Status::Ok);
        assert!(working.detail.contains("L4") && working.detail.contains("EGL"));
    }
}
