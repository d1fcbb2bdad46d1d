//! The order of things in an exported test: what is expected before it happens, what stops it, which lines stand in
//! which block.

use std::collections::BTreeMap;

use super::super::losses::Losses;
use super::include::{Function, Functions};
use super::{
    Coming, Language, Part, Said, dialogs_after, gives_download, goes_there_itself, has_happened,
    is_double, opens_tab, part,
};
use crate::{Blocks, Control, ControlCommand, Problem, Recording, Step, StepKind};

/// A whole recording, line by line.
pub(in super::super) struct Script {
    pub(in super::super) lines: Vec<String>,
    /// The recordings that it includes, those that others call first.
    pub(in super::super) functions: Vec<Function>,
    /// What it does not say.
    pub(in super::super) losses: Vec<Problem>,
}

/// Where steps stand.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Level {
    Test,
    Included,
}

pub(super) struct Writer<'a> {
    pub(super) recordings: &'a BTreeMap<String, Recording>,
    pub(super) functions: Functions,
    pub(super) losses: Losses,
}

/// The recording and those of `recordings` that it includes.
pub(in super::super) fn script<L: Language>(
    recording: &Recording,
    recordings: &BTreeMap<String, Recording>,
) -> Script {
    let mut writer = Writer {
        recordings,
        functions: Functions::default(),
        losses: Losses::default(),
    };
    writer.losses.head(recording);
    let mut language = L::default();
    let mut lines = language.expect(&Coming {
        dialogs: dialogs_after(recording, 0),
        opens_tab: false,
        gives_download: false,
    });
    if !goes_there_itself(recording) {
        lines.extend(language.open(&recording.url));
    }
    lines.extend(writer.steps(recording, &mut language, Level::Test));
    Script {
        lines,
        functions: writer.functions.list,
        losses: writer.losses.into_list(),
    }
}

impl Writer<'_> {
    pub(super) fn steps<L: Language>(
        &mut self,
        recording: &Recording,
        language: &mut L,
        level: Level,
    ) -> Vec<String> {
        let blocks = Blocks::of(&recording.steps).unwrap_or_default();
        let mut page = Lines::new(L::INDENT, L::NOTHING);
        let mut index = 0;
        while let Some(step) = recording.steps.get(index) {
            self.losses.at(index);
            self.losses.common(step);
            index = match &step.kind {
                StepKind::Control(control) => {
                    self.control(language, &blocks, &mut page, (index, step, control))
                }
                _ => {
                    // Which tab is open behind a branch depends on the branch.
                    let is_fixed = level == Level::Test && page.depth() == 0;
                    let lines = self.plain(recording, language, index, is_fixed);
                    page.comment(language.comment(index, &step.title()));
                    page.extend(lines);
                    index + 1
                }
            };
        }
        page.lines
    }

    /// A step that neither opens nor closes a block.
    fn plain<L: Language>(
        &mut self,
        recording: &Recording,
        language: &mut L,
        index: usize,
        is_fixed: bool,
    ) -> Vec<String> {
        let step = &recording.steps[index];
        if is_double(step) {
            let why = "the same click was recorded twice; no run performs it";
            self.losses.lose("validation", why);
            return Vec::new();
        }
        if has_happened(recording, index) {
            let why = "the step before it is taken to have submitted the form";
            self.losses.lose("type", why);
            return Vec::new();
        }
        let mut lines = Vec::new();
        if !matches!(step.kind, StepKind::Dialog(_)) {
            let is_look = matches!(
                step.kind,
                StepKind::Checkpoint(_)
                    | StepKind::Wait(_)
                    | StepKind::Screenshot(_)
                    | StepKind::Download(_)
            );
            lines.extend(language.expect(&Coming {
                dialogs: dialogs_after(recording, index + 1),
                opens_tab: is_fixed && opens_tab(recording, index),
                gives_download: !is_look && gives_download(recording, index),
            }));
        }
        let said = match &step.kind {
            StepKind::Include(include) => self.include(include, language),
            StepKind::Tab(_) if !is_fixed => Err(
                "which tabs are open is not known in a block or an included recording".to_owned(),
            ),
            _ => language.step(step, &mut self.losses),
        };
        lines.extend(match said {
            Ok(said) if step.is_optional == Some(true) || step.skip_if_not_found == Some(true) => {
                language.optional(said)
            }
            Ok(said) => said,
            Err(why) => vec![self.stop(language, (index, step), &why)],
        });
        lines
    }

    /// Writes a control step and gives the place of the step that comes next in the file: the block of one that cannot
    /// be said is left out.
    fn control<L: Language>(
        &mut self,
        language: &mut L,
        blocks: &Blocks,
        page: &mut Lines,
        (index, step, control): (usize, &Step, &Control),
    ) -> usize {
        let place = blocks.place(index);
        let part = match place {
            Some(_) => part::of(step, control, language, &mut self.losses),
            None => Err("its block is not closed, or it closes none".to_owned()),
        };
        if step.is_optional == Some(true) || step.skip_if_not_found == Some(true) {
            let why = "a branch or a loop that cannot be decided ends the test";
            self.losses.lose("isOptional", why);
        }
        let opens = matches!(&part, Ok(part) if part.borders() == (false, true));
        if opens || part.is_err() {
            page.comment(language.comment(index, &step.title()));
        }
        match (part, place) {
            (Ok(part), _) => {
                page.part(&part, language.part(&part));
                index + 1
            }
            (Err(why), None) => {
                page.extend([self.stop(language, (index, step), &why)]);
                index + 1
            }
            (Err(why), Some(place)) => {
                let stop = self.stop(language, (index, step), &why);
                match control.command {
                    ControlCommand::ElseIf => {
                        page.part(&Part::Else, language.part(&Part::Else));
                        page.extend([stop]);
                        place.closes
                    }
                    ControlCommand::RepeatIf => {
                        page.extend([stop]);
                        let never = Part::RepeatIf(L::FALSE.to_owned());
                        page.part(&never, language.part(&never));
                        index + 1
                    }
                    _ => {
                        page.extend([stop]);
                        place.closes + 1
                    }
                }
            }
        }
    }

    fn stop<L: Language>(
        &mut self,
        language: &L,
        (index, step): (usize, &Step),
        why: &str,
    ) -> String {
        let kind = step.kind.type_name();
        self.losses
            .lose("type", format!("{kind}: {why}; the test stops there"));
        language.stop(&format!(
            "Step {} ({kind}) cannot be said here: {why}",
            index + 1
        ))
    }
}

/// Lines in blocks.
struct Lines {
    indent: &'static str,
    nothing: Option<&'static str>,
    lines: Vec<String>,
    /// For each block that is open, whether something is done in it.
    open: Vec<bool>,
}

impl Lines {
    fn new(indent: &'static str, nothing: Option<&'static str>) -> Self {
        Self {
            indent,
            nothing,
            lines: Vec::new(),
            open: Vec::new(),
        }
    }

    fn depth(&self) -> usize {
        self.open.len()
    }

    fn comment(&mut self, line: String) {
        let indent = self.indent.repeat(self.depth());
        self.lines.push(format!("{indent}{line}"));
    }

    fn extend(&mut self, lines: impl IntoIterator<Item = String>) {
        for line in lines {
            self.comment(line);
            if let Some(block) = self.open.last_mut() {
                *block = true;
            }
        }
    }

    fn part(&mut self, part: &Part, said: Said) {
        let (closes, opens) = part.borders();
        self.extend(said.before);
        if closes && self.open.last() == Some(&false) {
            self.extend(self.nothing.map(str::to_owned));
        }
        if closes {
            self.open.pop();
        }
        self.extend(said.line);
        if opens {
            self.open.push(false);
        }
        self.extend(said.after);
    }
}
