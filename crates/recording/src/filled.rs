//! Values of variables in the ways to an element: in a loop, each round means another one.

use std::borrow::Cow;

use crate::selector::SelectorValue;
use crate::{Selector, Step, StepKind, Variables};

impl Step {
    /// The step with values in the place of every `${NAME}` in its selectors. Names without a value stay as they are:
    /// a page may well say `${NAME}`.
    pub fn with_values(&self, variables: &Variables) -> Cow<'_, Self> {
        let asks = |selectors: &[Selector]| {
            selectors.iter().any(|selector| {
                matches!(&selector.value, SelectorValue::Text(text) if Variables::names_in(text).any(|name| variables.get(name).is_some()))
            })
        };
        let frames_ask = self.frames.iter().any(|frame| asks(&frame.selectors));
        let target_asks =
            matches!(&self.kind, StepKind::Drag(drag) if asks(&drag.target.selectors));
        if !asks(&self.selectors) && !frames_ask && !target_asks {
            return Cow::Borrowed(self);
        }
        let mut step = self.clone();
        fill(&mut step.selectors, variables);
        for frame in &mut step.frames {
            fill(&mut frame.selectors, variables);
        }
        if let StepKind::Drag(drag) = &mut step.kind {
            fill(&mut drag.target.selectors, variables);
        }
        Cow::Owned(step)
    }
}

fn fill(selectors: &mut [Selector], variables: &Variables) {
    for selector in selectors {
        if let SelectorValue::Text(text) = &mut selector.value {
            *text = variables.substitute_known(text).into_owned();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Click;

    #[test]
    fn known_names_are_filled_in_and_others_stay() {
        let mut step = Step::new(Click::default());
        step.selectors = vec![
            Selector::new("role", "button[name=\"Delete ${ITEM}\"]"),
            Selector::new("text", "costs ${PRICE}"),
        ];
        let mut variables = Variables::new();
        assert!(matches!(step.with_values(&variables), Cow::Borrowed(_)));
        variables.store("ITEM", "mug");
        let filled = step.with_values(&variables);
        let values: Vec<String> = filled
            .selectors
            .iter()
            .map(|selector| selector.value.to_string())
            .collect();
        assert_eq!(values, ["button[name=\"Delete mug\"]", "costs ${PRICE}"]);
    }
}
