//! Which step comes next: branches and loops.

use std::collections::HashMap;
use std::ops::Range;

use recording::{Blocks, Control, ControlCommand, Step, StepKind};
use serde_json::Value;

use crate::fault::Fault;
use crate::outcome::ErrorCode;

/// Rounds of one loop; one that wants more will hardly ever end.
const MOST_ROUNDS: u64 = 1_000;

/// What a control step found out.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Decision {
    /// Whether its condition holds.
    Holds(bool),
    /// How often its block is to be performed.
    Times(u64),
    /// What its block is to be performed for.
    Items(Vec<Value>),
}

/// Where it goes after a step.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Next {
    /// Steps that are passed over, and why.
    pub(crate) passed_over: Option<(Range<usize>, &'static str)>,
    /// A variable that a loop sets for its next round.
    pub(crate) variable: Option<(String, String)>,
}

/// A place in a list of steps.
pub(crate) struct Flow<'a> {
    steps: &'a [Step],
    blocks: Blocks,
    at: usize,
    /// The control step was jumped to from the one before it in its block, and not run into at the end of a branch.
    is_jump: bool,
    /// Loops that have begun, by the step that opens them.
    loops: HashMap<usize, Rounds>,
}

#[derive(Default)]
struct Rounds {
    done: u64,
    wanted: u64,
    items: Vec<Value>,
}

impl<'a> Flow<'a> {
    /// Before the first step.
    pub(crate) fn new(steps: &'a [Step]) -> Result<Self, Fault> {
        let blocks = Blocks::of(steps).map_err(|problems| {
            let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
            Fault::new(ErrorCode::Unsupported, told.join("; "))
        })?;
        Ok(Self {
            steps,
            blocks,
            at: 0,
            is_jump: false,
            loops: HashMap::new(),
        })
    }

    /// The step that is to be performed; `None` behind the last one.
    pub(crate) fn step(&self) -> Option<(usize, &'a Step)> {
        Some((self.at, self.steps.get(self.at)?))
    }

    /// Whether the step is the end of a branch that was taken: what follows in its block is passed over.
    pub(crate) fn is_end_of_branch(&self) -> bool {
        let command = self.control().map(|control| &control.command);
        matches!(command, Some(ControlCommand::ElseIf | ControlCommand::Else)) && !self.is_jump
    }

    /// Whether the control step has to look at the page; a loop that has begun knows how often it wants to be performed.
    pub(crate) fn has_to_decide(&self) -> bool {
        self.control().is_some_and(|control| match control.command {
            ControlCommand::Times | ControlCommand::ForEach => !self.loops.contains_key(&self.at),
            ref command => command.has_condition(),
        })
    }

    /// The round that a loop which has begun would begin now, from 1; none when all that it wanted are done.
    pub(crate) fn round(&self) -> Option<u64> {
        let rounds = self.loops.get(&self.at)?;
        // A loop with a condition does not know how many it wants.
        let goes_on = self.has_to_decide() || rounds.done < rounds.wanted;
        goes_on.then_some(rounds.done + 1)
    }

    /// Goes to the next step. `decision` is that of the control step; a step that failed and is not the end of the run
    /// has none, and its block is not performed. A loop that wants more rounds than any may have is a fault: there is no
    /// next step.
    pub(crate) fn go_on(&mut self, decision: Option<Decision>) -> Result<Next, Fault> {
        let at = self.at;
        let was_jump = std::mem::take(&mut self.is_jump);
        let (Some(control), Some(place)) = (self.control(), self.blocks.place(at)) else {
            self.at += 1;
            return Ok(Next::step());
        };
        let holds = decision == Some(Decision::Holds(true));
        match control.command {
            ControlCommand::If | ControlCommand::ElseIf
                if was_jump || control.command == ControlCommand::If =>
            {
                if holds {
                    self.at += 1;
                    return Ok(Next::step());
                }
                self.at = place.next;
                self.is_jump = true;
                Ok(Next::over(
                    at + 1..place.next,
                    "the condition of its branch does not hold",
                ))
            }
            ControlCommand::Else if was_jump => {
                self.at += 1;
                Ok(Next::step())
            }
            ControlCommand::ElseIf | ControlCommand::Else => {
                self.at = place.closes;
                Ok(Next::over(at..place.closes, "another branch was taken"))
            }
            ControlCommand::While => {
                if holds {
                    self.count(at)?;
                    self.at += 1;
                    return Ok(Next::step());
                }
                self.loops.remove(&at);
                self.at = place.closes + 1;
                Ok(Next::over(
                    at + 1..self.at,
                    "the condition of its loop does not hold",
                ))
            }
            ControlCommand::Times | ControlCommand::ForEach => {
                self.next_round(at, place.closes, decision)
            }
            ControlCommand::RepeatIf => {
                if holds {
                    self.count(place.opens)?;
                    self.at = place.opens + 1;
                } else {
                    self.loops.remove(&place.opens);
                    self.at += 1;
                }
                Ok(Next::step())
            }
            ControlCommand::End => {
                let opener = self.control_at(place.opens).map(|control| &control.command);
                self.at = match opener {
                    Some(ControlCommand::If) => at + 1,
                    _ => place.opens,
                };
                Ok(Next::step())
            }
            ControlCommand::If | ControlCommand::Do | ControlCommand::Other(_) => {
                self.at += 1;
                Ok(Next::step())
            }
        }
    }

    fn next_round(
        &mut self,
        at: usize,
        closes: usize,
        decision: Option<Decision>,
    ) -> Result<Next, Fault> {
        let rounds = self.loops.entry(at).or_insert_with(|| match decision {
            Some(Decision::Times(wanted)) => Rounds {
                wanted,
                ..Rounds::default()
            },
            Some(Decision::Items(items)) => Rounds {
                wanted: items.len() as u64,
                items,
                ..Rounds::default()
            },
            Some(Decision::Holds(_)) | None => Rounds::default(),
        });
        if rounds.wanted > MOST_ROUNDS {
            return Err(endless(format!(
                "the loop wants {} rounds, the limit is {MOST_ROUNDS}",
                rounds.wanted
            )));
        }
        if rounds.done == rounds.wanted {
            self.loops.remove(&at);
            self.at = closes + 1;
            return Ok(Next::over(at + 1..self.at, "its loop has no round"));
        }
        let item = usize::try_from(rounds.done)
            .ok()
            .and_then(|nth| rounds.items.get(nth));
        let value = match item {
            Some(Value::String(text)) => text.clone(),
            Some(other) => other.to_string(),
            None => (rounds.done + 1).to_string(),
        };
        rounds.done += 1;
        self.at += 1;
        let name = self
            .control_at(at)
            .and_then(|control| control.variable.clone());
        Ok(Next {
            passed_over: None,
            variable: name.map(|name| (name, value)),
        })
    }

    fn count(&mut self, opens: usize) -> Result<(), Fault> {
        let rounds = self.loops.entry(opens).or_default();
        rounds.done += 1;
        if rounds.done > MOST_ROUNDS {
            return Err(endless(format!(
                "the loop has not ended after {MOST_ROUNDS} rounds"
            )));
        }
        Ok(())
    }

    fn control(&self) -> Option<&'a Control> {
        self.control_at(self.at)
    }

    fn control_at(&self, index: usize) -> Option<&'a Control> {
        match &self.steps.get(index)?.kind {
            StepKind::Control(control) => Some(control),
            _ => None,
        }
    }
}

impl Next {
    fn step() -> Self {
        Self::default()
    }

    fn over(range: Range<usize>, why: &'static str) -> Self {
        Self {
            passed_over: Some((range, why)),
            variable: None,
        }
    }
}

fn endless(message: String) -> Fault {
    Fault::new(ErrorCode::EndlessLoop, message)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use recording::Scroll;

    use super::*;

    fn steps(words: &[&str]) -> Vec<Step> {
        words
            .iter()
            .map(|word| match *word {
                "." => Step::new(Scroll::default()),
                word => Step::new(Control {
                    command: word.into(),
                    variable: Some("I".to_owned()),
                    ..Control::default()
                }),
            })
            .collect()
    }

    /// The places that are performed, when the conditions answer so, one after the other.
    fn walk(
        words: &str,
        decisions: &mut dyn Iterator<Item = Decision>,
    ) -> (Vec<usize>, Vec<String>) {
        let steps = steps(&words.split_whitespace().collect::<Vec<_>>());
        let mut flow = Flow::new(&steps).unwrap();
        let (mut places, mut values) = (Vec::new(), Vec::new());
        while let Some((at, _)) = flow.step() {
            let decision = if flow.is_end_of_branch() {
                None
            } else {
                places.push(at);
                flow.has_to_decide().then(|| decisions.next().unwrap())
            };
            let Ok(next) = flow.go_on(decision) else {
                break;
            };
            values.extend(next.variable.map(|(_, value)| value));
        }
        (places, values)
    }

    fn truth(answers: &str) -> Vec<Decision> {
        answers.chars().map(|c| Decision::Holds(c == '1')).collect()
    }

    #[test]
    fn branches_take_the_first_that_holds() {
        let words = "if . elseIf . else . end .";
        let walked = |answers| walk(words, &mut truth(answers).into_iter()).0;
        assert_eq!(walked("1"), [0, 1, 6, 7]);
        assert_eq!(walked("01"), [0, 2, 3, 6, 7]);
        assert_eq!(walked("00"), [0, 2, 4, 5, 6, 7]);
    }

    #[test]
    fn loops_go_round_and_begin_anew_when_they_are_entered_again() {
        let walked = |words, answers| walk(words, &mut truth(answers).into_iter()).0;
        assert_eq!(walked("while . end .", "110"), [0, 1, 2, 0, 1, 2, 0, 3]);
        assert_eq!(walked("do . repeatIf .", "10"), [0, 1, 2, 1, 2, 3]);
        let inner = vec![
            Decision::Items(vec!["a".into(), 2.into()]),
            Decision::Times(2),
            Decision::Times(0),
        ];
        let (places, values) = walk("forEach times . end end .", &mut inner.into_iter());
        assert_eq!(places, [0, 1, 2, 3, 1, 2, 3, 1, 4, 0, 1, 4, 0, 5]);
        assert_eq!(values, ["a", "1", "2", "2"]);
    }

    #[test]
    fn a_loop_without_an_end_is_stopped() {
        let (places, _) = walk("while . end", &mut std::iter::repeat(Decision::Holds(true)));
        assert_eq!(places.iter().filter(|at| **at == 1).count(), 1_000);
        let (places, _) = walk("times . end", &mut std::iter::once(Decision::Times(1_001)));
        assert_eq!(places, [0]);
    }

    proptest! {
        #[test]
        fn every_good_list_comes_to_its_end(
            words in proptest::collection::vec(prop_oneof![Just("if"), Just("elseIf"), Just("else"), Just("while"),
                Just("do"), Just("repeatIf"), Just("times"), Just("end"), Just(".")], 0..14),
            answers in proptest::collection::vec(any::<bool>(), 0..60)) {
            let steps = steps(&words);
            if let Ok(mut flow) = Flow::new(&steps) {
                let mut answers = answers.into_iter();
                let mut performed = 0;
                while let Some((at, step)) = flow.step() {
                    performed += 1;
                    prop_assert!(performed < 100_000, "never ends");
                    let is_times = matches!(&step.kind, StepKind::Control(c) if c.command == ControlCommand::Times);
                    let decision = (!flow.is_end_of_branch() && flow.has_to_decide()).then(|| match is_times {
                        true => Decision::Times(2),
                        false => Decision::Holds(answers.next().unwrap_or(false)),
                    });
                    let next = flow.go_on(decision);
                    prop_assert!(next.is_ok());
                    if let Some((over, _)) = next.unwrap().passed_over {
                        prop_assert!(over.start >= at && over.end <= steps.len());
                    }
                }
            }
        }
    }
}
