//! The processes that draw the pages of a browser.

use std::fs;
use std::path::Path;

/// What the system calls such a process: it keeps the first 15 letters of a name.
const NAME: &str = "WebKitWebProces";

/// Whether the browser with this process id has a process that draws pages. `true` where the system does not tell.
pub(crate) fn any_draws(browser: u32) -> bool {
    let Ok(threads) = fs::read_dir(format!("/proc/{browser}/task")) else {
        return true;
    };
    threads.flatten().any(|thread| {
        match fs::read_to_string(thread.path().join("children")) {
            Ok(children) => children.split_whitespace().any(draws),
            // The kernel lists no children, or the thread has ended since.
            Err(_) => thread.path().exists(),
        }
    })
}

fn draws(pid: &str) -> bool {
    let stat = fs::read_to_string(Path::new("/proc").join(pid).join("stat"));
    // The name in brackets, then the state.
    stat.is_ok_and(|stat| {
        let state = stat.rsplit(") ").next().unwrap_or_default();
        stat.contains(NAME) && !state.starts_with(['Z', 'X'])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_processes_of_pages_count() {
        assert!(!any_draws(std::process::id()), "this one has no children");
        assert!(any_draws(0), "nobody knows");
    }
}
