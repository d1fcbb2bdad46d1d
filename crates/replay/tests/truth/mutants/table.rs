//! What the runs say in figures.

use std::fmt;

use replay::Healing;

use super::{Did, MUTATIONS, Tried};

/// Everything that was tried.
pub(crate) struct Table {
    tried: Vec<Tried>,
}

impl Table {
    pub(super) fn of(tried: Vec<Tried>) -> Self {
        Self { tried }
    }

    fn count(&self, is: impl Fn(&Tried) -> bool) -> usize {
        self.tried.iter().filter(|tried| is(tried)).count()
    }

    /// Runs with what must never happen, each in a line.
    pub(crate) fn untrue(&self) -> Vec<String> {
        self.told(|tried| matches!(tried.did, Did::Wrong | Did::FalsePass))
    }

    /// Runs that failed for a reason which the change does not give, each in a line.
    pub(crate) fn unexplained(&self) -> Vec<String> {
        self.told(|tried| tried.did == Did::RedElse)
    }

    fn told(&self, is: impl Fn(&Tried) -> bool) -> Vec<String> {
        let told = self.tried.iter().filter(|tried| is(tried));
        told.map(ToString::to_string).collect()
    }
}

impl fmt::Display for Tried {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (case, did) = (&self.case, self.did);
        let healing = match case.healing {
            Healing::On => "heals",
            Healing::Off => "plain",
        };
        write!(
            f,
            "{:<7} {:<8} {:<29} {healing} {:<9} {}",
            case.page.name,
            case.target.who,
            case.mutation.name,
            format!("{did:?}"),
            self.told
        )
    }
}

/// Every case in a line, then a line for each change, then the figures.
impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for tried in &self.tried {
            writeln!(f, "{tried}")?;
        }
        writeln!(
            f,
            "\n| change | runs | right | healed | red | too late | red for another reason | wrong element | false pass |\n|---|--:|--:|--:|--:|--:|--:|--:|--:|"
        )?;
        for mutation in &MUTATIONS {
            self.row(f, mutation.name, &|tried| {
                tried.case.mutation.name == mutation.name
            })?;
        }
        self.row(f, "all, healing on", &|tried| {
            tried.case.healing == Healing::On
        })?;
        self.row(f, "all, healing off", &|tried| {
            tried.case.healing == Healing::Off
        })?;
        self.row(f, "all", &|_| true)
    }
}

impl Table {
    fn row(
        &self,
        f: &mut fmt::Formatter<'_>,
        name: &str,
        is: &dyn Fn(&Tried) -> bool,
    ) -> fmt::Result {
        if self.count(is) == 0 {
            return Ok(());
        }
        let of = |did: Did| self.count(|tried| tried.did == did && is(tried));
        writeln!(
            f,
            "| {name} | {} | {} | {} | {} | {} | {} | {} | {} |",
            self.count(is),
            of(Did::Right),
            of(Did::Healed),
            of(Did::Red),
            of(Did::Late),
            of(Did::RedElse),
            of(Did::Wrong),
            of(Did::FalsePass)
        )
    }
}
