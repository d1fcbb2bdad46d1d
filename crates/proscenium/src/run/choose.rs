//! Which of the recordings that were found are performed: by tag, by name, by share.

use std::str::FromStr;

use recording::Recording;
use regex::Regex;

use super::origin::Origin;

/// What is wanted of the recordings that were found.
#[derive(Debug, Default)]
pub(crate) struct Wanted {
    /// A recording must have one of these tags; without any, it need have none.
    pub(crate) tags: Vec<String>,
    /// The name of a recording, or where it came from, must match.
    pub(crate) grep: Option<Regex>,
    /// The share of one machine out of several.
    pub(crate) shard: Option<Shard>,
}

/// One share of several, `2/3`: every recording is in exactly one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Shard {
    /// Which, from 1.
    number: usize,
    /// How many there are.
    of: usize,
}

impl FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parsed = text
            .split_once('/')
            .and_then(|(number, of)| Some((number.parse().ok()?, of.parse().ok()?)));
        match parsed {
            Some((number, of)) if (1..=of).contains(&number) => Ok(Self { number, of }),
            _ => Err("write it as 1/3: which share, and of how many".to_owned()),
        }
    }
}

impl Shard {
    /// Dealt out like cards: shares differ by one recording at most, and neighbours, which tend to be alike, part.
    fn has(self, place: usize) -> bool {
        place % self.of == self.number - 1
    }
}

impl Wanted {
    /// Keeps what is wanted, in the order that it had.
    pub(crate) fn among(&self, found: Vec<(Origin, Recording)>) -> Vec<(Origin, Recording)> {
        found
            .into_iter()
            .filter(|(origin, recording)| {
                self.has_tag(recording) && self.is_named(origin, recording)
            })
            .enumerate()
            .filter(|(place, _)| self.shard.is_none_or(|shard| shard.has(*place)))
            .map(|(_, wanted)| wanted)
            .collect()
    }

    fn has_tag(&self, recording: &Recording) -> bool {
        let has = |wanted: &String| recording.tags().contains(&wanted.as_str());
        self.tags.is_empty() || self.tags.iter().any(has)
    }

    fn is_named(&self, origin: &Origin, recording: &Recording) -> bool {
        self.grep.as_ref().is_none_or(|grep| {
            grep.is_match(&recording.test_name) || grep.is_match(&origin.to_string())
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn every_recording_is_in_exactly_one_share(of in 1..20_usize, place in 0..500_usize) {
            let shares = (1..=of).filter(|number| Shard { number: *number, of }.has(place));
            prop_assert_eq!(shares.count(), 1);
        }

        #[test]
        fn any_text_is_a_share_or_refused(text in "[0-9/ -]{0,8}") {
            if let Ok(shard) = text.parse::<Shard>() {
                prop_assert!(shard.number >= 1 && shard.number <= shard.of);
            }
        }
    }
}
