//! Which control steps belong together.

use crate::{ControlCommand, Problem, Step, StepKind};

/// Deeper blocks than this are taken for a mistake.
const DEEPEST: usize = 32;

/// The blocks of a list of steps.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Blocks {
    places: Vec<Option<Place>>,
    depths: Vec<usize>,
}

/// Where a control step stands in its block. All places are indexes into the list of steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// What opens the block.
    pub opens: usize,
    /// The next control step of the same block; for the one that closes it, itself.
    pub next: usize,
    /// What closes the block.
    pub closes: usize,
}

impl Blocks {
    /// Finds the blocks of `steps`.
    ///
    /// # Errors
    /// What is open, out of place or too deep, with the paths in the document.
    pub fn of(steps: &[Step]) -> Result<Self, Vec<Problem>> {
        let mut blocks = Self {
            places: vec![None; steps.len()],
            depths: vec![0; steps.len()],
        };
        let mut problems = Vec::new();
        // The control steps of each block that is open, its opener first.
        let mut open: Vec<Vec<usize>> = Vec::new();
        for (index, step) in steps.iter().enumerate() {
            blocks.depths[index] = open.len();
            let Some(command) = command_of(step) else {
                continue;
            };
            let mut wrong = |why: String| {
                problems.push(Problem::error(format!("actions[{index}].command"), why));
            };
            let opener = open
                .last()
                .and_then(|block| block.first())
                .and_then(|first| command_of(&steps[*first]));
            match command {
                ControlCommand::If
                | ControlCommand::While
                | ControlCommand::Do
                | ControlCommand::Times
                | ControlCommand::ForEach => {
                    if open.len() == DEEPEST {
                        wrong(format!("blocks are more than {DEEPEST} deep"));
                    }
                    open.push(vec![index]);
                    continue;
                }
                ControlCommand::ElseIf | ControlCommand::Else => {
                    let after_else = open.last().is_some_and(|block| {
                        block
                            .iter()
                            .any(|at| command_of(&steps[*at]) == Some(&ControlCommand::Else))
                    });
                    match (opener, open.last_mut()) {
                        (Some(ControlCommand::If), Some(block)) if !after_else => {
                            blocks.depths[index] -= 1;
                            block.push(index);
                        }
                        _ => wrong(format!("“{command}” stands in no open “if”")),
                    }
                    continue;
                }
                ControlCommand::End | ControlCommand::RepeatIf => {
                    let fits = match opener {
                        None => false,
                        Some(ControlCommand::Do) => *command == ControlCommand::RepeatIf,
                        Some(_) => *command == ControlCommand::End,
                    };
                    if !fits {
                        wrong(match opener {
                            None => format!("“{command}” closes nothing"),
                            Some(other) => format!("“{command}” does not close “{other}”"),
                        });
                        continue;
                    }
                    blocks.depths[index] -= 1;
                    if let Some(mut block) = open.pop() {
                        block.push(index);
                        blocks.close(&block);
                    }
                }
                // A word that is not known is told by the check of the step itself.
                ControlCommand::Other(_) => {}
            }
        }
        for block in open {
            if let Some(opener) = block.first() {
                problems.push(Problem::error(
                    format!("actions[{opener}].command"),
                    "the block is never closed",
                ));
            }
        }
        if problems.is_empty() {
            Ok(blocks)
        } else {
            Err(problems)
        }
    }

    fn close(&mut self, block: &[usize]) {
        let (Some(opens), Some(closes)) = (block.first(), block.last()) else {
            return;
        };
        for (nth, at) in block.iter().enumerate() {
            self.places[*at] = Some(Place {
                opens: *opens,
                next: *block.get(nth + 1).unwrap_or(closes),
                closes: *closes,
            });
        }
    }

    /// Where the control step at `index` stands; `None` for any other step.
    pub fn place(&self, index: usize) -> Option<Place> {
        self.places.get(index).copied().flatten()
    }

    /// How many blocks the step at `index` stands in; what opens, divides or closes a block stands outside of it.
    pub fn depth(&self, index: usize) -> usize {
        self.depths.get(index).copied().unwrap_or_default()
    }
}

fn command_of(step: &Step) -> Option<&ControlCommand> {
    match &step.kind {
        StepKind::Control(control) => Some(&control.command),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::Control;

    fn steps(words: &str) -> Vec<Step> {
        words
            .split_whitespace()
            .map(|word| match word {
                "." => Step::new(crate::Scroll::default()),
                word => Step::new(Control {
                    command: word.into(),
                    ..Control::default()
                }),
            })
            .collect()
    }

    #[test]
    fn blocks_know_their_parts() {
        let blocks =
            Blocks::of(&steps("if . elseIf while . end else . end do . repeatIf")).unwrap();
        let at = |index| {
            blocks
                .place(index)
                .map(|place| (place.opens, place.next, place.closes))
        };
        assert_eq!(at(0), Some((0, 2, 8)));
        assert_eq!(at(2), Some((0, 6, 8)));
        assert_eq!(at(3), Some((3, 5, 5)));
        assert_eq!(at(5), Some((3, 5, 5)));
        assert_eq!(at(6), Some((0, 8, 8)));
        assert_eq!(at(9), Some((9, 11, 11)));
        assert_eq!(at(1), None);
        let depths: Vec<usize> = (0..12).map(|index| blocks.depth(index)).collect();
        assert_eq!(depths, [0, 1, 0, 1, 2, 1, 0, 1, 0, 0, 1, 0]);
    }

    #[test]
    fn what_is_out_of_place_is_told_with_its_path() {
        let problems = |words| {
            Blocks::of(&steps(words))
                .unwrap_err()
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>()
                .join("; ")
        };
        for (words, wanted) in [
            ("if .", "actions[0].command: the block is never closed"),
            ("end", "actions[0].command: “end” closes nothing"),
            ("do . end", "actions[2].command: “end” does not close “do”"),
            (
                "while repeatIf end",
                "actions[1].command: “repeatIf” does not close “while”",
            ),
            (
                "while else end",
                "actions[1].command: “else” stands in no open “if”",
            ),
            (
                "if else elseIf end",
                "actions[2].command: “elseIf” stands in no open “if”",
            ),
        ] {
            assert!(
                problems(words).contains(wanted),
                "{words}: {}",
                problems(words)
            );
        }
    }

    proptest! {
        #[test]
        fn any_list_is_read_without_a_panic_and_good_blocks_nest(words in proptest::collection::vec(
            prop_oneof![Just("if"), Just("elseIf"), Just("else"), Just("while"), Just("do"), Just("repeatIf"),
                Just("times"), Just("forEach"), Just("end"), Just("."), Just("other")], 0..40)) {
            let steps = steps(&words.join(" "));
            if let Ok(blocks) = Blocks::of(&steps) {
                for index in 0..steps.len() {
                    if let Some(place) = blocks.place(index) {
                        prop_assert!(place.opens <= index && index <= place.closes);
                        prop_assert!(place.next > index || index == place.closes);
                        prop_assert_eq!(blocks.depth(place.opens), blocks.depth(place.closes));
                    }
                }
            }
        }
    }
}
