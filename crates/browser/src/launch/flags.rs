//! The command line. Every flag is here for a reason that its group states.

use std::path::Path;

use crate::cdp::pipe::Wire;
use crate::launch::find::BrowserKind;
use crate::launch::process::SandboxState;
use crate::options::{Drawing, Driver, Graphics, Headless, LaunchOptions};

/// The browser neither calls home nor asks nor updates, and keeps no state outside its profile.
const QUIET: [&str; 15] = [
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-component-extensions-with-background-pages",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-extensions",
    "--disable-sync",
    "--disable-breakpad",
    "--disable-crash-reporter",
    "--disable-client-side-phishing-detection",
    "--disable-prompt-on-repost",
    "--password-store=basic",
    "--use-mock-keychain",
];

/// Pages that are not in front run as if they were, so that every live view keeps its frames.
const AWAKE: [&str; 4] = [
    "--disable-background-timer-throttling",
    "--disable-backgrounding-occluded-windows",
    "--disable-renderer-backgrounding",
    "--disable-hang-monitor",
];

/// Nothing goes around the proxy: no QUIC, no peer-to-peer UDP. Pages restored from memory would skip events.
const CONTAINED: [&str; 4] = [
    "--disable-quic",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--disable-back-forward-cache",
    "--disable-dev-shm-usage",
];

/// Frames come when they are asked for, each with all of its stages done and nothing drawn ahead or put off.
const ON_COMMAND: [&str; 6] = [
    "--enable-begin-frame-control",
    "--run-all-compositor-stages-before-draw",
    "--disable-new-content-rendering-timeout",
    "--disable-threaded-animation",
    "--disable-threaded-scrolling",
    "--disable-checker-imaging",
];

/// Without one of these Chromium would start its GPU process twice only to find that there is no GPU.
const GPU: &str = "/dev/dri";

/// The GPU draws although there is no screen, whatever Chromium thinks of its driver.
const HARDWARE: [&str; 2] = ["--use-gl=angle", "--ignore-gpu-blocklist"];

/// The way to the GPU. Nothing is shown in a window of Vulkan's, for which servers have no extensions.
const EGL: [&str; 1] = ["--use-angle=gl-egl"];
const VULKAN: [&str; 2] = ["--use-angle=vulkan", "--disable-vulkan-surface"];

/// Features that cost memory and time and serve nobody here. Only the last `--disable-features` of a command line
/// counts, so there is one. The two omnibox popups are renderers that each window of new headless would preload.
const FEATURES_OFF: [&str; 10] = [
    "WebUIOmniboxPopup",
    "WebUIOmniboxAimPopup",
    "Translate",
    "MediaRouter",
    "OptimizationHints",
    "AutofillServerCommunication",
    "CertificateTransparencyComponentUpdater",
    "DestroyProfileOnBrowserClose",
    "GlobalMediaControls",
    "HttpsUpgrades",
];

/// How the browser is spoken to. Who draws on command takes a picture of each frame.
pub(crate) fn wire(drawing: Drawing) -> Wire {
    match drawing {
        Drawing::OnCommand => Wire::Cbor,
        Drawing::Freely => Wire::Json,
    }
}

/// Builds the command line and says what becomes of the sandbox.
pub(crate) fn build(
    kind: BrowserKind,
    options: &LaunchOptions,
    profile: &Path,
    root: bool,
) -> (Vec<String>, SandboxState) {
    let mut flags: Vec<String> = [&QUIET[..], &AWAKE, &CONTAINED]
        .concat()
        .into_iter()
        .map(str::to_owned)
        .collect();
    if options.drawing == Drawing::OnCommand {
        flags.extend(ON_COMMAND.map(str::to_owned));
    }
    flags.push(match wire(options.drawing) {
        Wire::Json => "--remote-debugging-pipe".to_owned(),
        Wire::Cbor => "--remote-debugging-pipe=cbor".to_owned(),
    });
    if options.loudspeaker.is_none() {
        // Nobody who works beside it has to hear its pages.
        flags.push("--mute-audio".to_owned());
    }
    flags.push(format!("--user-data-dir={}", profile.display()));
    flags.push("--window-size=1280,720".to_owned());
    flags.push("--hide-scrollbars".to_owned());
    let has_none = options.headless != Headless::Headed && !Path::new(GPU).exists();
    match options.graphics {
        Graphics::Hardware(driver) => {
            let way = match driver {
                Driver::Egl => &EGL[..],
                Driver::Vulkan => &VULKAN,
            };
            flags.extend([&HARDWARE[..], way].concat().into_iter().map(str::to_owned));
        }
        Graphics::Found if !has_none => {}
        Graphics::Found | Graphics::Software => flags.push("--disable-gpu".to_owned()),
    }
    if options.headless == Headless::Headed {
        flags.retain(|flag| flag != "--hide-scrollbars");
    } else if kind != BrowserKind::HeadlessShell {
        flags.push("--headless=new".to_owned());
    }
    if kind != BrowserKind::HeadlessShell {
        flags.push("--no-startup-window".to_owned());
    }

    let mut features: Vec<&str> = FEATURES_OFF.to_vec();
    let mut extra = Vec::new();
    for argument in &options.extra_args {
        match argument.strip_prefix("--disable-features=") {
            Some(more) => features.extend(more.split(',').filter(|name| !name.is_empty())),
            None => extra.push(argument.clone()),
        }
    }
    flags.push(format!("--disable-features={}", features.join(",")));

    let by_argument = extra.iter().any(|argument| argument == "--no-sandbox");
    let sandbox = match (by_argument, root) {
        (true, _) => SandboxState::OffByArgument,
        (false, true) => {
            flags.push("--no-sandbox".to_owned());
            SandboxState::OffBecauseRoot
        }
        (false, false) => SandboxState::On,
    };
    flags.extend(extra);
    (flags, sandbox)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flags(options: &LaunchOptions, root: bool) -> (Vec<String>, SandboxState) {
        build(BrowserKind::Chromium, options, Path::new("/profile"), root)
    }

    #[test]
    fn there_is_one_list_of_disabled_features_and_it_holds_the_callers_too() {
        let options = LaunchOptions {
            extra_args: vec!["--disable-features=Mine,Yours".to_owned()],
            ..LaunchOptions::default()
        };
        let (flags, _) = flags(&options, false);
        let lists: Vec<_> = flags
            .iter()
            .filter(|flag| flag.starts_with("--disable-features"))
            .collect();
        assert_eq!(lists.len(), 1);
        assert!(
            lists[0].contains("WebUIOmniboxPopup,") && lists[0].ends_with("Mine,Yours"),
            "{lists:?}"
        );
    }

    #[test]
    fn the_sandbox_is_off_only_as_root_or_when_an_argument_says_so() {
        let options = LaunchOptions::default();
        assert_eq!(flags(&options, false).1, SandboxState::On);
        assert_eq!(flags(&options, true).1, SandboxState::OffBecauseRoot);
        assert!(
            !flags(&options, false)
                .0
                .contains(&"--no-sandbox".to_owned())
        );
        let options = LaunchOptions {
            extra_args: vec!["--no-sandbox".to_owned()],
            ..options
        };
        assert_eq!(flags(&options, false).1, SandboxState::OffByArgument);
    }

    #[test]
    fn a_gpu_is_left_alone_or_asked_for_as_the_options_say() {
        let with = |graphics| {
            let options = LaunchOptions {
                graphics,
                ..LaunchOptions::default()
            };
            flags(&options, false).0
        };
        let off = "--disable-gpu".to_owned();
        assert!(with(Graphics::Software).contains(&off));
        for (driver, way) in [
            (Driver::Egl, "--use-angle=gl-egl"),
            (Driver::Vulkan, "--use-angle=vulkan"),
        ] {
            let hardware = with(Graphics::Hardware(driver));
            assert!(!hardware.contains(&off), "{hardware:?}");
            assert!(hardware.contains(&"--use-gl=angle".to_owned()));
            assert!(hardware.contains(&way.to_owned()));
        }
    }

    #[test]
    fn web_security_stays_on() {
        let (flags, _) = flags(&LaunchOptions::default(), true);
        assert!(!flags.iter().any(|flag| flag.contains("web-security")));
    }
}
