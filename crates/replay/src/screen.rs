//! The screen that a recording is performed on.

use browser::{Engine, Viewport};
use recording::Recording;

/// The recorded page's size. How dense its screen was is kept on the engine that recordings are made with: elsewhere it
/// would only say how another browser draws. A phone stays one everywhere, and is `Unsupported` where there is none.
#[must_use]
pub fn screen(recording: &Recording, engine: Engine) -> Viewport {
    let (width, height) = recording.page_size();
    let density = match engine {
        Engine::Chromium => recording.device_pixel_ratio.unwrap_or(1.0),
        Engine::Firefox | Engine::WebKit => 1.0,
    };
    Viewport {
        device_scale_factor: density,
        mobile: recording.is_mobile.unwrap_or_default(),
        touch: recording.has_touch.unwrap_or_default(),
        ..Viewport::desktop(width, height)
    }
}

/// The recorded user agent, where pages have to be told it: it is one of a phone or a tablet, and of the same engine. Any
/// other would only say that the recording is older, or pretend that the browser is another one.
#[must_use]
pub fn user_agent(recording: &Recording, engine: Engine) -> Option<String> {
    let recorded = recording.user_agent.as_deref()?;
    let says = |words: &[&str]| words.iter().any(|word| recorded.contains(word));
    // WebKit's name is in all of them, and Safari's in Chromium's: the engine is told by what only it says.
    let of = if says(&["Firefox/"]) {
        Engine::Firefox
    } else if says(&["Chrome/", "Chromium/", "HeadlessChrome/"]) {
        Engine::Chromium
    } else if says(&["AppleWebKit/"]) {
        Engine::WebKit
    } else {
        return None;
    };
    let is_handheld = says(&["Mobile", "Android", "iPhone", "iPad", "Tablet"]);
    (of == engine && is_handheld).then(|| recorded.to_owned())
}

#[cfg(test)]
mod tests {
    use recording::Size;

    use super::*;

    #[test]
    fn the_user_agent_of_a_phone_is_told_on_its_own_engine() {
        let told = |agent: &str, engine| {
            let recording = Recording::new("Phone", "http://a.test/", Size::new(800, 600), agent);
            user_agent(&recording, engine).is_some()
        };
        let pixel = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36";
        let iphone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1";
        let desktop = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";
        let fennec = "Mozilla/5.0 (Android 14; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0";
        for (agent, on) in [
            (pixel, Some(Engine::Chromium)),
            (iphone, Some(Engine::WebKit)),
            (fennec, Some(Engine::Firefox)),
            (desktop, None),
            ("Teapot Mobile", None),
        ] {
            for engine in [Engine::Chromium, Engine::Firefox, Engine::WebKit] {
                assert_eq!(
                    told(agent, engine),
                    on == Some(engine),
                    "{agent} on {engine:?}"
                );
            }
        }
    }
}
