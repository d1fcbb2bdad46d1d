//! The screen, language and identity that pages see instead of the machine's own.

use crate::cdp::protocol::dom::RGBA;
use crate::cdp::protocol::emulation::{
    MediaFeature, SetDefaultBackgroundColorOverride, SetDeviceMetricsOverride, SetEmulatedMedia,
    SetLocaleOverride, SetTimezoneOverride, SetTouchEmulationEnabled, SetUserAgentOverride,
};
use crate::cdp::protocol::security::SetIgnoreCertificateErrors;
use crate::cdp::session::Session;
use crate::options::{ColorScheme, ContextOptions, Viewport};

/// What a page is made to see.
#[derive(Debug, Clone, Default)]
pub(crate) struct Emulation {
    pub(crate) viewport: Option<Viewport>,
    user_agent: Option<String>,
    locale: Option<String>,
    timezone: Option<String>,
    ignore_https_errors: bool,
    transparent: bool,
    color_scheme: Option<ColorScheme>,
    /// The browser's own user agent: changing the language alone must repeat it.
    browser_user_agent: String,
}

impl Emulation {
    pub(crate) fn new(options: &ContextOptions, browser_user_agent: &str) -> Self {
        Self {
            viewport: options.viewport,
            user_agent: options.user_agent.clone(),
            locale: options.locale.clone(),
            timezone: options.timezone.clone(),
            ignore_https_errors: options.ignore_https_errors,
            transparent: options.transparent,
            color_scheme: options.color_scheme,
            browser_user_agent: browser_user_agent.to_owned(),
        }
    }

    /// For every session, those of frames in other processes included.
    pub(crate) fn apply(&self, session: &Session) {
        if self.user_agent.is_some() || self.locale.is_some() {
            session.post(&SetUserAgentOverride {
                user_agent: self
                    .user_agent
                    .clone()
                    .unwrap_or_else(|| self.browser_user_agent.clone()),
                accept_language: self.locale.clone(),
                ..SetUserAgentOverride::default()
            });
        }
        if let Some(locale) = &self.locale {
            session.post(&SetLocaleOverride {
                locale: Some(locale.replace('-', "_")),
            });
        }
        if let Some(timezone) = &self.timezone {
            session.post(&SetTimezoneOverride {
                timezone_id: timezone.clone(),
            });
        }
        if let Some(scheme) = self.color_scheme {
            let feature = MediaFeature {
                name: "prefers-color-scheme".to_owned(),
                value: scheme.as_str().to_owned(),
            };
            session.post(&SetEmulatedMedia {
                features: Some(vec![feature]),
                ..SetEmulatedMedia::default()
            });
        }
        if self.ignore_https_errors {
            session.post(&SetIgnoreCertificateErrors { ignore: true });
        }
        if self.viewport.is_some_and(|viewport| viewport.touch) {
            session.post(&touch(true));
        }
    }

    /// For the session of the whole page.
    pub(crate) fn apply_screen(&self, session: &Session) {
        if let Some(viewport) = self.viewport {
            session.post(&screen(viewport));
        }
        if self.transparent {
            session.post(&SetDefaultBackgroundColorOverride {
                color: Some(RGBA {
                    a: Some(0.0),
                    ..RGBA::default()
                }),
            });
        }
    }
}

/// The screen's size and kind.
pub(crate) fn screen(viewport: Viewport) -> SetDeviceMetricsOverride {
    SetDeviceMetricsOverride {
        width: i64::from(viewport.width),
        height: i64::from(viewport.height),
        device_scale_factor: viewport.device_scale_factor,
        mobile: viewport.mobile,
        screen_width: Some(i64::from(viewport.width)),
        screen_height: Some(i64::from(viewport.height)),
        ..SetDeviceMetricsOverride::default()
    }
}

/// Whether the page sees a touch screen.
pub(crate) fn touch(on: bool) -> SetTouchEmulationEnabled {
    SetTouchEmulationEnabled {
        enabled: on,
        max_touch_points: on.then_some(5),
    }
}
