//! The processes that draw the pages of a browser.

use std::fs;
use std::path::Path;

/// What the system calls such a process: it keeps the first 15 letters of a name.
const NAME: &str = "WebKitWebProces";

/// Whether the browser with this process id has a process that draws pages. `true` where the system does not tell, and
/// where the browser itself has ended: that is told elsewhere.
pub(crate) fn any_draws(browser: u32) -> bool {
    if !runs(&browser.to_string(), "") {
        return true;
    }
    let Ok(threads) = fs::read_dir(format!("/proc/{browser}/task")) else {
        return true;
    };
    threads.flatten().any(|thread| {
        match fs::read_to_string(thread.path().join("children")) {
            Ok(children) => children.split_whitespace().any(|child| runs(child, NAME)),
            // The kernel lists no children, or the thread has ended since.
            Err(_) => thread.path().exists(),
        }
    })
}

/// Whether a process is there, and has not ended, whose name holds this.
fn runs(pid: &str, name: &str) -> bool {
    let stat = fs::read_to_string(Path::new("/proc").join(pid).join("stat"));
    // The name in brackets, then the state.
    stat.is_ok_and(|stat| {
        let state = stat.rsplit(") ").next().unwrap_or_default();
        stat.contains(name) && !state.starts_with(['Z', 'X'])
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
