//! The preferences of a profile. Each group says why.

use serde_json::{Value, json};

/// What a fresh profile's `user.js` says, of a browser that has a loudspeaker or none.
pub(crate) fn user_js(is_heard: bool) -> String {
    // Nobody who works beside it has to hear its pages.
    let volume = if is_heard { "1.0" } else { "0.0" };
    let lines = groups()
        .into_iter()
        .flatten()
        .chain([("media.volume_scale", json!(volume))])
        .map(|(name, value)| format!("user_pref({}, {value});\n", Value::String(name.to_owned())));
    lines.collect()
}

type Group = Vec<(&'static str, Value)>;

fn groups() -> [Group; 6] {
    [
        quiet(),
        contained(),
        awake(),
        unasked(),
        quick(),
        // The page sees what a person's browser would show it.
        vec![
            ("dom.events.testing.asyncClipboard", json!(true)),
            // Scrollbars that take no room, as in the other engines.
            ("ui.useOverlayScrollbars", json!(1)),
            // Input arrives at the window, so that it reaches frames of other processes too.
            ("remote.events.async.enabled", json!(true)),
        ],
    ]
}

/// The browser neither calls home nor updates. The remote agent's recommended preferences do the rest.
fn quiet() -> Group {
    vec![
        ("app.update.auto", json!(false)),
        ("app.update.enabled", json!(false)),
        ("app.update.disabledForTesting", json!(true)),
        ("app.normandy.enabled", json!(false)),
        ("browser.region.network.url", json!("")),
        ("browser.safebrowsing.malware.enabled", json!(false)),
        ("browser.safebrowsing.phishing.enabled", json!(false)),
        ("browser.safebrowsing.downloads.enabled", json!(false)),
        ("browser.safebrowsing.update.enabled", json!(false)),
        ("browser.search.update", json!(false)),
        (
            "browser.contentblocking.report.lockwise.enabled",
            json!(false),
        ),
        ("captivedetect.canonicalURL", json!("")),
        ("datareporting.healthreport.uploadEnabled", json!(false)),
        ("datareporting.policy.dataSubmissionEnabled", json!(false)),
        ("dom.push.connection.enabled", json!(false)),
        ("extensions.getAddons.cache.enabled", json!(false)),
        ("extensions.systemAddon.update.enabled", json!(false)),
        ("extensions.update.enabled", json!(false)),
        ("media.gmp-manager.updateEnabled", json!(false)),
        ("media.gmp-provider.enabled", json!(false)),
        ("network.captive-portal-service.enabled", json!(false)),
        ("network.connectivity-service.enabled", json!(false)),
        (
            "services.settings.server",
            json!("data:,#remote-settings-off"),
        ),
        (
            "security.remote_settings.crlite_filters.enabled",
            json!(false),
        ),
        ("security.OCSP.enabled", json!(0)),
        ("toolkit.telemetry.enabled", json!(false)),
        ("toolkit.telemetry.server", json!("")),
        ("toolkit.telemetry.unified", json!(false)),
        (
            "privacy.globalprivacycontrol.functionality.enabled",
            json!(false),
        ),
    ]
}

/// Nothing goes around the proxy of a context: loopback addresses take it too, there is no QUIC, no resolver of the
/// browser's own, no connection on a guess, no peer-to-peer UDP.
fn contained() -> Group {
    vec![
        ("network.proxy.allow_hijacking_localhost", json!(true)),
        ("network.proxy.failover_direct", json!(false)),
        ("network.proxy.no_proxies_on", json!("")),
        ("network.http.http3.enable", json!(false)),
        ("network.trr.mode", json!(5)),
        ("network.dns.disablePrefetch", json!(true)),
        ("network.dns.disablePrefetchFromHTTPS", json!(true)),
        ("network.prefetch-next", json!(false)),
        ("network.predictor.enabled", json!(false)),
        ("network.http.speculative-parallel-limit", json!(0)),
        ("browser.urlbar.speculativeConnect.enabled", json!(false)),
        ("browser.places.speculativeConnect.enabled", json!(false)),
        ("media.peerconnection.ice.proxy_only", json!(true)),
        ("dom.security.https_only_mode", json!(false)),
        ("dom.security.https_first", json!(false)),
        ("dom.security.https_first_schemeless", json!(false)),
    ]
}

/// Pages that are not in front run as if they were, and none is kept in memory to be shown again without its events.
fn awake() -> Group {
    vec![
        ("dom.timeout.enable_budget_timer_throttling", json!(false)),
        ("dom.min_background_timeout_value", json!(4)),
        ("dom.ipc.processPriorityManager.enabled", json!(false)),
        (
            "widget.windows.window_occlusion_tracking.enabled",
            json!(false),
        ),
        ("browser.tabs.unloadOnLowMemory", json!(false)),
        ("browser.sessionhistory.max_total_viewers", json!(0)),
        ("fission.bfcacheInParent", json!(false)),
        ("dom.disable_open_during_load", json!(false)),
        ("dom.max_script_run_time", json!(0)),
        ("dom.ipc.reportProcessHangs", json!(false)),
    ]
}

/// Nothing asks the person that is not there.
fn unasked() -> Group {
    vec![
        ("browser.aboutwelcome.enabled", json!(false)),
        ("browser.shell.checkDefaultBrowser", json!(false)),
        ("browser.startup.homepage", json!("about:blank")),
        ("browser.startup.page", json!(0)),
        ("browser.startup.homepage_override.mstone", json!("ignore")),
        ("browser.newtabpage.enabled", json!(false)),
        ("browser.translations.enable", json!(false)),
        ("browser.download.panel.shown", json!(true)),
        ("browser.download.alwaysOpenPanel", json!(false)),
        ("browser.warnOnQuit", json!(false)),
        ("browser.tabs.warnOnClose", json!(false)),
        ("browser.uitour.enabled", json!(false)),
        (
            "datareporting.policy.dataSubmissionPolicyBypassNotification",
            json!(true),
        ),
        ("termsofuse.bypassNotification", json!(true)),
        ("signon.rememberSignons", json!(false)),
        ("signon.autofillForms", json!(false)),
        ("extensions.formautofill.creditCards.enabled", json!(false)),
        ("extensions.formautofill.addresses.enabled", json!(false)),
        ("permissions.default.desktop-notification", json!(2)),
        ("permissions.default.geo", json!(2)),
    ]
}

/// Nothing is done at the start that nobody needs, and nothing is faded in.
fn quick() -> Group {
    vec![
        ("browser.cache.disk.enable", json!(false)),
        ("browser.pagethumbnails.capturing_disabled", json!(true)),
        ("browser.topsites.contile.enabled", json!(false)),
        ("browser.sessionstore.resume_from_crash", json!(false)),
        ("browser.startup.preXulSkeletonUI", json!(false)),
        ("dom.ipc.processPrelaunch.delayMs", json!(0)),
        ("extensions.enabledScopes", json!(0)),
        ("general.smoothScroll", json!(false)),
        ("toolkit.cosmeticAnimations.enabled", json!(false)),
        ("focusmanager.testmode", json!(true)),
        ("toolkit.startup.max_resumed_crashes", json!(-1)),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_preference_is_said_once() {
        let text = user_js(false);
        let mut names: Vec<&str> = text
            .lines()
            .filter_map(|line| line.split('"').nth(1))
            .collect();
        assert_eq!(names.len(), text.lines().count());
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), all);
    }
}
