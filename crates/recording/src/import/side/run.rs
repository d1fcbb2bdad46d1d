//! Tests that run each other: one includes the other, or has its commands.

use super::command::Command;
use super::read::Reader;
use super::{DEEPEST, Project, Test, read};
use crate::{Include, Limits};

/// A test as a recording that others include.
pub(super) struct Link {
    /// What it is kept under.
    recording: String,
    name: String,
    /// The page that it opens before anything else.
    opens: Option<String>,
}

/// How each test can be included. One that leaves its page's frames or windows in another state than it found them in cannot:
/// the commands behind it count on that.
pub(super) fn links(
    project: &Project,
    limits: Limits,
    word: &dyn Fn(usize, &str) -> String,
) -> Vec<Option<Link>> {
    let link = |(index, test): (usize, &Test)| {
        let is_run = project.tests.iter().any(|other| {
            let mut commands = other.commands.iter();
            commands.any(|command| command.command == "run" && command.target == test.name)
        });
        let reader = read(project, index, limits, &[]);
        if !is_run || !reader.is_where_it_began() {
            return None;
        }
        let url = reader.draft.recording.url;
        Some(Link {
            recording: word(index, &reader.draft.recording.test_name),
            name: reader.draft.recording.test_name,
            opens: Some(url).filter(|url| !url.is_empty()),
        })
    };
    project.tests.iter().enumerate().map(link).collect()
}

impl Reader<'_> {
    /// The recording of another test, or its commands in its place.
    pub(super) fn run(&mut self, tests: &[Test], command: &Command, depth: usize) {
        let named = tests.iter().position(|test| test.name == command.target);
        let links = self.links;
        let link = named.and_then(|test| links.get(test)?.as_ref());
        match (named, link) {
            // What it does in a frame is not what its recording does.
            (Some(_), Some(link)) if self.is_in_page() => self.include(command, link),
            (Some(test), _) if depth < DEEPEST => self.test(tests, test, depth + 1),
            (Some(_), _) => self.keep(command, "tests that run each other in circles have no end"),
            (None, _) => self.keep(command, "the project has no test of that name"),
        }
    }

    fn include(&mut self, command: &Command, link: &Link) {
        if self.draft.is_blank()
            && let Some(url) = &link.opens
        {
            self.draft.recording.url.clone_from(url);
        }
        self.add(
            command,
            Include {
                recording: link.recording.clone(),
                recording_name: Some(link.name.clone()),
                open: link.opens.as_ref().map(|_| true),
                ..Include::default()
            },
        );
    }
}
