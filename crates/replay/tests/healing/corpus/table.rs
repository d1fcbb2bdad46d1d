//! What the corpus says in figures.

use std::fmt;

use super::{Did, Tried};

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

    /// Cases in which something else was acted on, each in a line.
    pub(crate) fn wrong(&self) -> Vec<String> {
        self.tried
            .iter()
            .filter(|tried| matches!(tried.did, Did::LocatedWrong | Did::HealedWrong))
            .map(ToString::to_string)
            .collect()
    }

    /// Of the healed cases, the share in which the element was the recorded one; 1 when none was healed.
    pub(crate) fn precision(&self) -> f64 {
        let right = self.count(|tried| tried.did == Did::Healed);
        let wrong = self.count(|tried| tried.did == Did::HealedWrong);
        share(right, right + wrong)
    }

    /// Of the cases in which the element is there and no old selector finds it, the share that was healed.
    pub(crate) fn recall(&self) -> f64 {
        let healed = self.count(|tried| tried.did == Did::Healed);
        let missed = self.count(|tried| tried.case.mutation.keeps && tried.did == Did::Failed);
        share(healed, healed + missed)
    }
}

fn share(part: usize, whole: usize) -> f64 {
    #[expect(
        clippy::cast_precision_loss,
        reason = "a corpus has fewer cases than a float has digits"
    )]
    let share = if whole == 0 {
        1.0
    } else {
        part as f64 / whole as f64
    };
    share
}

impl fmt::Display for Tried {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (case, did) = (&self.case, self.did);
        write!(
            f,
            "{:<12} {:<28} {:<38} {:<12} {}",
            case.page.name,
            case.target.css,
            case.mutation.name,
            format!("{did:?}"),
            self.told
        )
    }
}

/// Every case in a line, then a line for each change, then the three figures.
impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for tried in &self.tried {
            writeln!(f, "{tried}")?;
        }
        writeln!(
            f,
            "\n{:<40} {:>6} {:>8} {:>7} {:>7} {:>6}",
            "change", "cases", "located", "healed", "failed", "wrong"
        )?;
        for mutation in &super::MUTATIONS {
            let of = |is: &[Did]| {
                self.count(|tried| {
                    tried.case.mutation.name == mutation.name && is.contains(&tried.did)
                })
            };
            let wrong = of(&[Did::LocatedWrong, Did::HealedWrong]);
            let (located, healed, failed) =
                (of(&[Did::Located]), of(&[Did::Healed]), of(&[Did::Failed]));
            let gone = if mutation.keeps { "" } else { " (gone)" };
            writeln!(
                f,
                "{:<40} {:>6} {located:>8} {healed:>7} {failed:>7} {wrong:>6}",
                format!("{}{gone}", mutation.name),
                wrong + located + healed + failed
            )?;
        }
        let all = self.tried.len();
        writeln!(f, "\ncases {all}")?;
        let least = |of: fn(&(f64, f64)) -> f64| {
            let scores = self.tried.iter().filter_map(|tried| tried.score.as_ref());
            scores.map(of).fold(f64::INFINITY, f64::min)
        };
        writeln!(
            f,
            "lowest score of a healed element {:.3}",
            least(|(score, _)| *score)
        )?;
        writeln!(f, "smallest lead {:.3}", least(|(_, lead)| *lead))?;
        writeln!(f, "precision of healing {:.3}", self.precision())?;
        writeln!(f, "recall of healing {:.3}", self.recall())?;
        writeln!(
            f,
            "wrong elements {} of {all} ({:.3})",
            self.wrong().len(),
            share(self.wrong().len(), all)
        )
    }
}
