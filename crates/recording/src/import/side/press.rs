//! The pointer's button goes down and up by commands of their own: together they are a click or a drag.

use super::command::Command;
use super::locator::selector;
use super::read::Reader;
use super::step::point;
use crate::{Click, Drag, DragTarget, Hover, Point, RelativeTo, Step};

/// What the pointer does from where its button goes down.
struct Presses<'a> {
    moves: Vec<&'a Command>,
    up: &'a Command,
}

/// The commands up to the one that lets the button go; `None` when another comes between.
fn presses(following: &[Command]) -> Option<Presses<'_>> {
    let moves = following.iter().take_while(|command| {
        matches!(
            command.command.as_str(),
            "mouseMove" | "mouseMoveAt" | "mouseOver" | "mouseOut"
        )
    });
    let moves: Vec<&Command> = moves.collect();
    let up = following.get(moves.len())?;
    matches!(up.command.as_str(), "mouseUp" | "mouseUpAt").then_some(Presses { moves, up })
}

/// Where in its element a command is; `None` for its middle.
fn place(command: &Command) -> Result<Option<Point>, String> {
    if !command.command.ends_with("At") {
        return Ok(None);
    }
    let at = point(&command.value).ok_or("its place is no pair of numbers")?;
    Ok(Some(at))
}

impl Reader<'_> {
    /// A press with what follows it, as one step. Gives the number of commands behind it that are part of it.
    pub(super) fn press(&mut self, down: &Command, following: &[Command]) -> usize {
        let Some(Presses { moves, up }) = presses(following) else {
            self.keep(down, "no command lets the button go where the pointer is");
            return 0;
        };
        let selectors = self.selectors(down);
        if selectors.is_empty() {
            self.keep(down, "names no element");
            return 0;
        }
        match self.pressed(down, &moves, up) {
            Ok(mut step) => {
                step.selectors = selectors;
                self.push(down, step);
                moves.len() + 1
            }
            Err(why) => {
                self.keep(down, &why);
                0
            }
        }
    }

    fn pressed(
        &mut self,
        down: &Command,
        moves: &[&Command],
        up: &Command,
    ) -> Result<Step, String> {
        let (from, to) = (place(down)?, place(up)?);
        let relative = |at: &Option<Point>| at.as_ref().map(|_| RelativeTo::Element);
        let is_within = |command: &Command| command.target == down.target;
        if moves.is_empty() && is_within(up) && from == to {
            return Ok(Step::new(Click {
                coordinates_relative_to: relative(&from),
                coordinates: from,
                click_count: 1,
                ..Click::default()
            }));
        }
        let way = moves.iter().map(|command| place(command).ok().flatten());
        let way: Option<Vec<Point>> = way.collect();
        // The way is measured from the element in which it began, and only there.
        let is_there =
            moves.is_empty() || from.is_some() && moves.iter().all(|command| is_within(command));
        let path = way.filter(|_| is_there).unwrap_or_else(|| {
            let straight = "the pointer goes straight to where its button is let go";
            self.draft.lose("command", straight);
            Vec::new()
        });
        let ends_at =
            selector(&up.target).ok_or("where it ends is not named in a way that is known here")?;
        Ok(Step::new(Drag {
            coordinates_relative_to: relative(&from),
            coordinates: from,
            path,
            target: DragTarget {
                selectors: vec![ends_at],
                coordinates_relative_to: relative(&to),
                coordinates: to,
                ..DragTarget::default()
            },
            ..Drag::default()
        }))
    }

    /// The pointer moves and no button is down.
    pub(super) fn moved(&mut self, command: &Command) -> Result<Step, String> {
        if place(command)?.is_some() {
            self.draft
                .lose("value", "the pointer rests in the middle of the element");
        }
        Ok(Step::new(Hover::default()))
    }
}
