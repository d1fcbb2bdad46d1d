//! The viewports that a session can take.

use browser::Viewport;

use crate::error::{Result, SessionError};
use crate::protocol::{ViewportRequest, ViewportState};

/// A screen by name.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Preset {
    /// What viewers call it.
    pub name: &'static str,
    /// The screen.
    pub viewport: Viewport,
}

/// The presets, in the order in which viewers offer them.
pub const PRESETS: [Preset; 4] = [
    Preset {
        name: "desktop",
        viewport: Viewport::desktop(1280, 720),
    },
    Preset {
        name: "laptop",
        viewport: Viewport::desktop(1366, 768),
    },
    Preset {
        name: "tablet",
        viewport: handheld(820, 1180, 2.0),
    },
    Preset {
        name: "phone",
        viewport: handheld(390, 844, 3.0),
    },
];

/// CSS pixels that a side may have; a larger one costs more memory than a picture is worth.
const SIDES: std::ops::RangeInclusive<u32> = 100..=4096;

const fn handheld(width: u32, height: u32, device_scale_factor: f64) -> Viewport {
    Viewport {
        width,
        height,
        device_scale_factor,
        mobile: true,
        touch: true,
    }
}

/// The viewport that a request means; what it leaves out comes from its preset, else from `current`.
pub(crate) fn resolve(request: &ViewportRequest, current: &ViewportState) -> Result<ViewportState> {
    let preset = match &request.preset {
        None => None,
        Some(name) => {
            let known = PRESETS.iter().find(|preset| preset.name == name.as_str());
            match known {
                Some(preset) => Some(preset),
                // A size with a name of its own is fine; a bare unknown name is not.
                None if request.width.is_some() => None,
                None => {
                    return Err(SessionError::Viewport(format!(
                        "there is no preset “{name}”"
                    )));
                }
            }
        }
    };
    let base = preset.map_or_else(|| to_browser(current), |preset| preset.viewport);
    let viewport = ViewportState {
        width: request.width.unwrap_or(base.width),
        height: request.height.unwrap_or(base.height),
        device_scale_factor: request
            .device_scale_factor
            .unwrap_or(base.device_scale_factor),
        mobile: request.mobile.unwrap_or(base.mobile),
        touch: request.touch.unwrap_or(base.touch),
        preset: preset.map(|preset| preset.name.to_owned()),
    };
    if !SIDES.contains(&viewport.width) || !SIDES.contains(&viewport.height) {
        let (least, most) = (SIDES.start(), SIDES.end());
        return Err(SessionError::Viewport(format!(
            "a viewport is {least} to {most} CSS pixels wide and high"
        )));
    }
    if !(0.5..=4.0).contains(&viewport.device_scale_factor) {
        return Err(SessionError::Viewport(
            "a device scale factor is 0.5 to 4".to_owned(),
        ));
    }
    Ok(viewport)
}

/// The first preset, as a state.
pub(crate) fn default_state() -> ViewportState {
    let preset = &PRESETS[0];
    let Viewport {
        width,
        height,
        device_scale_factor,
        mobile,
        touch,
    } = preset.viewport;
    ViewportState {
        width,
        height,
        device_scale_factor,
        mobile,
        touch,
        preset: Some(preset.name.to_owned()),
    }
}

pub(crate) fn to_browser(state: &ViewportState) -> Viewport {
    Viewport {
        width: state.width,
        height: state.height,
        device_scale_factor: state.device_scale_factor,
        mobile: state.mobile,
        touch: state.touch,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(preset: Option<&str>, width: Option<u32>) -> ViewportRequest {
        ViewportRequest {
            preset: preset.map(str::to_owned),
            width,
            height: width,
            device_scale_factor: None,
            mobile: None,
            touch: None,
        }
    }

    #[test]
    fn a_preset_fills_what_is_not_given() {
        let phone = resolve(&request(Some("phone"), None), &default_state()).unwrap();
        assert_eq!(
            (phone.width, phone.height, phone.device_scale_factor),
            (390, 844, 3.0)
        );
        assert!(phone.mobile && phone.touch);
        let wide = resolve(&request(None, Some(800)), &default_state()).unwrap();
        assert_eq!((wide.width, wide.touch, wide.preset), (800, false, None));
    }

    #[test]
    fn senseless_sizes_and_unknown_presets_are_refused() {
        assert!(resolve(&request(None, Some(10)), &default_state()).is_err());
        assert!(resolve(&request(None, Some(50_000)), &default_state()).is_err());
        assert!(resolve(&request(Some("watch"), None), &default_state()).is_err());
    }
}
