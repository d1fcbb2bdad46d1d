//! The machine: what keeps pages in, and how much of it there is.

use std::fs;
use std::path::Path;

use nix::unistd::geteuid;

use super::Check;

/// A first page takes about 200 MiB, each further one 15 to 60.
const LITTLE_MEMORY_BYTES: u64 = 1 << 30;

/// Chromium keeps pages in by user namespaces, or by a helper that belongs to root.
pub(super) fn sandbox() -> Check {
    const NAME: &str = "Sandbox";
    if geteuid().is_root() {
        return Check::warning(
            NAME,
            "off, because this is root: a page that breaks out of the browser owns the machine",
            "run Proscenium as an ordinary user",
        );
    }
    if setuid_helper() {
        return Check::ok(NAME, "on, by the browser's setuid helper");
    }
    match namespaces_refused_by() {
        None => Check::ok(NAME, "on, by user namespaces"),
        Some((setting, help)) => Check::missing(
            NAME,
            format!("user namespaces are refused ({setting}), and there is no setuid helper"),
            help,
        ),
    }
}

pub(super) fn memory() -> Check {
    const NAME: &str = "Memory";
    let Ok(mut system) = sysinfo::System::new() else {
        return Check::warning(NAME, "unknown", "a browser needs about 1 GiB");
    };
    system.refresh_memory();
    let (free, all) = (system.available_memory(), system.total_memory());
    let gib = |bytes: u64| bytes as f64 / f64::from(1 << 30);
    let detail = format!("{:.1} of {:.1} GiB available", gib(free), gib(all));
    if free < LITTLE_MEMORY_BYTES {
        return Check::warning(
            NAME,
            detail,
            "a browser with one page takes about 200 MiB, each further page 15 to 60",
        );
    }
    Check::ok(NAME, detail)
}

pub(super) fn cores() -> Check {
    const NAME: &str = "Cores";
    match std::thread::available_parallelism().map_or(1, usize::from) {
        1 => Check::warning(
            NAME,
            "1",
            "a live view at 60 frames a second takes most of a core by itself",
        ),
        cores => Check::ok(NAME, cores.to_string()),
    }
}

fn setuid_helper() -> bool {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
    const SETUID: u32 = 0o4000;
    [
        "/usr/lib/chromium/chrome-sandbox",
        "/opt/google/chrome/chrome-sandbox",
        "/opt/microsoft/msedge/msedge-sandbox",
    ]
    .iter()
    .filter_map(|path| fs::metadata(path).ok())
    .any(|helper| helper.uid() == 0 && helper.permissions().mode() & SETUID != 0)
}

/// The setting that refuses user namespaces, with the way to allow them.
fn namespaces_refused_by() -> Option<(&'static str, &'static str)> {
    let value = |name: &str| {
        fs::read_to_string(Path::new("/proc/sys").join(name))
            .unwrap_or_default()
            .trim()
            .to_owned()
    };
    if value("kernel/unprivileged_userns_clone") == "0" {
        return Some((
            "kernel.unprivileged_userns_clone = 0",
            "sysctl kernel.unprivileged_userns_clone=1",
        ));
    }
    if value("user/max_user_namespaces") == "0" {
        return Some((
            "user.max_user_namespaces = 0",
            "sysctl user.max_user_namespaces=15000",
        ));
    }
    if value("kernel/apparmor_restrict_unprivileged_userns") == "1"
        && !Path::new("/etc/apparmor.d/chrome").exists()
    {
        let setting = "kernel.apparmor_restrict_unprivileged_userns = 1";
        return Some((
            setting,
            "install a browser that brings its AppArmor profile, or sysctl kernel.apparmor_restrict_unprivileged_userns=0",
        ));
    }
    None
}
