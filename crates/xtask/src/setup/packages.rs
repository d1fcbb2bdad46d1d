//! The system's packages: browsers, ffmpeg, fonts, and what only the tests start. Debian and Ubuntu install them by apt;
//! elsewhere they are named.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Result, bail};

use super::Purpose;
use super::ask::agree;
use crate::shell::{find, program, run};

/// Something that is needed from the system, and the package that brings it.
struct Need {
    package: &'static str,
    what: &'static str,
    present: fn() -> bool,
}

const NEEDS: [Need; 11] = [
    Need {
        package: "chromium",
        what: "a Chromium, Chrome or Edge browser",
        present: has_browser,
    },
    Need {
        package: "chromium-headless-shell",
        what: "the fast headless Chromium",
        present: has_headless_shell,
    },
    Need {
        package: "chromium-sandbox",
        what: "the sandbox for Chromium",
        present: sandbox_works,
    },
    Need {
        package: "firefox-esr",
        what: "Firefox",
        present: || find(&["firefox-esr", "firefox"]).is_some_and(|path| !is_snap(&path)),
    },
    Need {
        // Its library package brings MiniBrowser, the WebKitGTK browser that is driven.
        package: "webkit2gtk-driver",
        what: "WebKit's MiniBrowser",
        present: has_mini_browser,
    },
    Need {
        package: "xvfb",
        what: "Xvfb, the screen of browsers that need one",
        present: || find(&["Xvfb"]).is_some(),
    },
    Need {
        package: "pulseaudio",
        what: "PulseAudio, through which pages in films are heard",
        present: || find(&["pulseaudio"]).is_some(),
    },
    Need {
        package: "ffmpeg",
        what: "ffmpeg",
        present: || find(&["ffmpeg"]).is_some(),
    },
    Need {
        // Tests start one of their own on a socket; the product needs none.
        package: "redis-server",
        what: "Redis, for tests of jobs from its lists",
        present: || find(&["redis-server"]).is_some(),
    },
    Need {
        package: "fonts-liberation",
        what: "fonts for Latin text",
        present: || has_font("Liberation"),
    },
    Need {
        package: "fonts-noto-color-emoji",
        what: "a font for emoji",
        present: || has_font("NotoColorEmoji"),
    },
];

/// What the tests start beside the product.
const OF_TESTS: [Need; 4] = [
    Need {
        package: "chromium-driver",
        what: "chromedriver, by which other tools' runners start a browser",
        present: || find(&["chromedriver"]).is_some(),
    },
    Need {
        package: "libegl1",
        what: "EGL, one of two ways to a GPU",
        present: || has_any("/usr/share/glvnd/egl_vendor.d"),
    },
    Need {
        package: "libgl1-mesa-dri",
        what: "Mesa's OpenGL, which stands in for a GPU's driver",
        present: || {
            has_any(&format!(
                "/usr/lib/{}-linux-gnu/dri",
                std::env::consts::ARCH
            ))
        },
    },
    Need {
        package: "mesa-vulkan-drivers",
        what: "Mesa's Vulkan, which stands in for a GPU's driver",
        present: || has_any("/usr/share/vulkan/icd.d"),
    },
];

pub(crate) fn install_missing(purpose: Purpose) -> Result<()> {
    let of_tests = OF_TESTS.iter().filter(|_| purpose == Purpose::Tests);
    let missing: Vec<&Need> = NEEDS
        .iter()
        .chain(of_tests)
        .filter(|need| !(need.present)())
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    let list: Vec<&str> = missing.iter().map(|need| need.what).collect();
    let list = list.join(", ");
    if find(&["apt-get"]).is_none() {
        return explain(
            &list,
            "This system has no apt-get: install them with its own package manager.",
        );
    }
    if chromium_is_a_snap() && !has_browser() {
        return explain(
            &list,
            "Ubuntu has Chromium only as a snap, whose confinement keeps it from the profile folders that Proscenium \
             makes: install Google Chrome from https://www.google.com/chrome, then run this again.",
        );
    }
    let packages: Vec<&str> = missing
        .iter()
        .map(|need| need.package)
        .filter(|package| available(package))
        .collect();
    if packages.is_empty() {
        return Ok(());
    }
    let packages_line = packages.join(" ");
    if !agree(&format!("Missing: {list}. Install {packages_line} by apt?"))? {
        eprintln!("Nothing was installed; `proscenium doctor` tells what does not work without.");
        return Ok(());
    }
    run(&mut apt(&["update", "--quiet"])?)?;
    let mut arguments = vec!["install", "--yes", "--quiet", "--no-install-recommends"];
    // Looked up again: before the first update, a fresh machine knows no packages.
    arguments.extend(
        missing
            .iter()
            .map(|need| need.package)
            .filter(|package| available(package)),
    );
    run(&mut apt(&arguments)?)
}

/// Fails only when there is no browser at all: the rest limits the product, it does not stop it.
fn explain(list: &str, way_out: &str) -> Result<()> {
    if has_browser() || has_headless_shell() {
        eprintln!("Missing: {list}. {way_out}");
        return Ok(());
    }
    bail!("missing: {list}. {way_out}")
}

fn apt(arguments: &[&str]) -> Result<Command> {
    let is_root =
        fs::metadata("/proc/self").is_ok_and(|own| std::os::unix::fs::MetadataExt::uid(&own) == 0);
    if is_root {
        let mut command = program("apt-get", arguments);
        command.env("DEBIAN_FRONTEND", "noninteractive");
        return Ok(command);
    }
    if find(&["sudo"]).is_none() {
        bail!(
            "not root, and there is no sudo: run `apt-get {}` as root",
            arguments.join(" ")
        );
    }
    let mut command = program("sudo", &["DEBIAN_FRONTEND=noninteractive", "apt-get"]);
    command.args(arguments);
    Ok(command)
}

fn has_browser() -> bool {
    find(&[
        "chromium",
        "google-chrome",
        "google-chrome-stable",
        "chrome",
        "microsoft-edge",
        "microsoft-edge-stable",
    ])
    .or_else(|| find(&["chromium-browser"]).filter(|_| !chromium_is_a_snap()))
    .is_some_and(|path| !is_snap(&path))
}

/// Chromium keeps pages in by user namespaces; where the kernel refuses them, by a helper that belongs to root.
fn sandbox_works() -> bool {
    let namespaces = || {
        Command::new("unshare")
            .args(["--user", "true"])
            .output()
            .is_ok_and(|output| output.status.success())
    };
    !has_debian_chromium() || Path::new("/usr/lib/chromium/chrome-sandbox").exists() || namespaces()
}

/// Before the first setup there is no Chromium yet, but the one that apt brings will be Debian's.
fn has_debian_chromium() -> bool {
    Path::new("/usr/lib/chromium").exists() || !has_browser()
}

fn has_headless_shell() -> bool {
    find(&["chromium-headless-shell", "chrome-headless-shell"]).is_some()
}

fn has_mini_browser() -> bool {
    // Each architecture has a library folder of its own.
    let folders = fs::read_dir("/usr/lib").into_iter().flatten().flatten();
    folders
        .map(|folder| folder.path().join("webkit2gtk-4.1/MiniBrowser"))
        .any(|program| program.is_file())
}

fn is_snap(path: &Path) -> bool {
    path.starts_with("/snap") || fs::canonicalize(path).is_ok_and(|target| target.ends_with("snap"))
}

fn chromium_is_a_snap() -> bool {
    fs::read_to_string("/etc/os-release")
        .is_ok_and(|text| text.lines().any(|line| line == "ID=ubuntu"))
}

/// Whether anything is in a folder.
fn has_any(folder: &str) -> bool {
    fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some())
}

fn has_font(name: &str) -> bool {
    fn holds(folder: &Path, name: &str) -> bool {
        fs::read_dir(folder)
            .into_iter()
            .flatten()
            .flatten()
            .any(|entry| {
                entry.file_name().to_string_lossy().starts_with(name)
                    || entry.file_type().is_ok_and(|kind| kind.is_dir())
                        && holds(&entry.path(), name)
            })
    }
    ["/usr/share/fonts", "/usr/local/share/fonts"]
        .iter()
        .any(|folder| holds(Path::new(folder), name))
}

/// Whether apt can install it; everything counts as available while apt knows nothing at all.
fn available(package: &str) -> bool {
    if package == "chromium" && chromium_is_a_snap() {
        return false;
    }
    let known = |name: &str| {
        Command::new("apt-cache")
            .args(["show", name])
            .output()
            .is_ok_and(|output| !output.stdout.is_empty())
    };
    known(package) || !known("ffmpeg")
}
