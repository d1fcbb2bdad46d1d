//! What of a step a run goes by, without what the recorder noted beside it: two steps with the same essence do the same.

use crate::{Map, Selector, Step, StepKind};

/// The step without times, addresses, texts and states that were noted when it was recorded, and without the ways to
/// its element, which are compared on their own.
pub(super) fn of(step: &Step) -> Step {
    let mut step = step.clone();
    step.id.clear();
    step.url.clear();
    step.timestamp = 0.0;
    step.completed_at = None;
    step.context = None;
    step.wait_conditions = None;
    step.element_state = None;
    step.reason = None;
    // Which element it is may be said in other ways, but not left open.
    let has_element = !step.locators().is_empty();
    step.selectors = if has_element {
        vec![Selector::new("css", "*")]
    } else {
        Vec::new()
    };
    step.selector = None;
    step.alternative_selectors.clear();
    step.frames = step.frame_path();
    for frame in &mut step.frames {
        frame.url = None;
        frame.extra = Map::new();
        frame.selectors.truncate(1);
        for selector in &mut frame.selectors {
            selector.priority = None;
            selector.confidence = None;
            selector.extra = Map::new();
        }
    }
    step.frame_id = None;
    step.frame_url = None;
    step.frame_selector = None;
    step.extra = Map::new();
    kind(&mut step.kind);
    step
}

/// Elements in which the place of a click matters and not only the element.
const PLACES: [&str; 6] = ["canvas", "svg", "img", "video", "embed", "object"];

fn kind(kind: &mut StepKind) {
    match kind {
        StepKind::Click(click) => {
            let tag = click.tag_name.take().map(|tag| tag.to_ascii_lowercase());
            click.tag_name = tag.filter(|tag| PLACES.contains(&tag.as_str()));
            if click.tag_name.is_none() {
                click.coordinates = None;
                click.coordinates_relative_to = None;
            }
            click.text = None;
            click.click_type = None;
            click.expects_navigation = None;
            click.extra = Map::new();
            if click.checked.is_none() {
                click.input_type = None;
            }
            if click
                .validation
                .as_ref()
                .is_some_and(|doubt| doubt.is_duplicate != Some(true))
            {
                click.validation = None;
            }
        }
        StepKind::Input(input) => {
            input.tag_name = None;
            input.is_sensitive = None;
            input.extra = Map::new();
            if let Some(name) = input.variable_name.take() {
                input.value = format!("${{{name}}}");
            }
            let is_text = !matches!(
                input.input_type.as_deref(),
                Some("checkbox" | "radio" | "file")
            );
            if is_text {
                input.input_type = None;
                // How it gets there changes nothing of what is there in the end.
                input.simulation_type = None;
                input.typing_delay = None;
            }
        }
        StepKind::Select(select) => {
            select.tag_name = None;
            select.extra = Map::new();
            if select.selected_options.is_empty() {
                select.is_multiple = None;
            }
            // The value is looked for first, then the text.
            if select.selected_value.is_some() {
                select.selected_text = None;
                select.selected_index = None;
            } else if select.selected_text.is_some() {
                select.selected_index = None;
            }
        }
        StepKind::Navigation(navigation) => {
            navigation.from = None;
            navigation.duration = None;
            navigation.extra = Map::new();
        }
        StepKind::Hover(hover) => {
            hover.tag_name = None;
            hover.text = None;
            hover.duration = None;
            hover.extra = Map::new();
        }
        StepKind::Scroll(scroll) => scroll.extra = Map::new(),
        StepKind::Keypress(press) => {
            press.extra = Map::new();
            if !press.key.is_empty() {
                press.code = None;
            }
        }
        StepKind::Checkpoint(check) => {
            check.actual_url = None;
            check.actual_value = None;
            check.passed = None;
            check.auto = None;
            check.extra = Map::new();
            check.negated = check.negated.filter(|is| *is);
            check.soft = check.soft.filter(|is| *is);
            check.full_page = check.full_page.filter(|is| *is);
        }
        StepKind::Dialog(dialog) => {
            dialog.check_message = dialog.check_message.filter(|is| *is);
            if dialog.check_message.is_none() {
                dialog.message = None;
            }
            dialog.extra = Map::new();
        }
        StepKind::Wheel(wheel) => {
            wheel.tag_name = None;
            wheel.extra = Map::new();
        }
        StepKind::Drag(drag) => {
            drag.tag_name = None;
            drag.text = None;
            drag.extra = Map::new();
        }
        _ => {}
    }
}
