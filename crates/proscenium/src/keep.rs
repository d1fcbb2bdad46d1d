//! How long films and outputs of renders stay, by the arguments.

use std::time::Duration;

use work::{Keep, Rule};

/// How long films and outputs of renders stay; for ever when nothing is said.
#[derive(clap::Args)]
pub(crate) struct KeepArgs {
    /// How long a film's files stay after it was made: 30d, 12h. For ever when left out.
    ///
    /// Films that are kept for good stay in any case; of the others the row, the figures and the storyboard stay.
    #[arg(long, value_name = "TIME", env = "PROSCENIUM_KEEP_FILMS", value_parser = days)]
    keep_films: Option<Duration>,
    /// How much room the files of all films may take: 50GB, 800MB. The oldest go first. All that there is when left out.
    #[arg(long, value_name = "SIZE", env = "PROSCENIUM_FILMS_ROOM", value_parser = bytes)]
    films_room: Option<u64>,
    /// How long the output of a render stays after it was made: 30d, 12h. For ever when left out.
    ///
    /// Outputs that are kept for good stay in any case; of the others the row, the figures and the job stay. An equal job is
    /// then rendered anew.
    #[arg(long, value_name = "TIME", env = "PROSCENIUM_KEEP_RENDERS", value_parser = days)]
    keep_renders: Option<Duration>,
    /// How much room the outputs of all renders may take: 50GB, 800MB. The oldest go first. All that there is when left out.
    #[arg(long, value_name = "SIZE", env = "PROSCENIUM_RENDERS_ROOM", value_parser = bytes)]
    renders_room: Option<u64>,
}

impl KeepArgs {
    /// What they say.
    pub(crate) fn keep(&self) -> Keep {
        Keep {
            films: Rule {
                stay: self.keep_films,
                room: self.films_room,
            },
            renders: Rule {
                stay: self.keep_renders,
                room: self.renders_room,
            },
        }
    }
}

fn days(text: &str) -> Result<Duration, String> {
    let wrong = || format!("{text:?} is no time that files are kept: write 30d or 12h");
    let (number, seconds) = match (text.strip_suffix('d'), text.strip_suffix('h')) {
        (Some(days), _) => (days, 24 * 3600),
        (None, Some(hours)) => (hours, 3600),
        (None, None) => return Err(wrong()),
    };
    let number: u32 = number.trim().parse().map_err(|_| wrong())?;
    if number == 0 {
        return Err(
            "files stay for an hour at least: 0 would remove each as soon as it is made".to_owned(),
        );
    }
    Ok(Duration::from_secs(u64::from(number) * seconds))
}

/// A size with its unit: 50GB, 800MB.
pub(crate) fn bytes(text: &str) -> Result<u64, String> {
    let wrong = || format!("{text:?} is no size: write 50GB or 800MB");
    let units = [
        ("TB", 1_000_000_000_000),
        ("GB", 1_000_000_000),
        ("MB", 1_000_000),
    ];
    let (number, unit) = units
        .into_iter()
        .find_map(|(name, unit)| Some((text.strip_suffix(name)?, unit)))
        .ok_or_else(wrong)?;
    let number: u64 = number.trim().parse().map_err(|_| wrong())?;
    number.checked_mul(unit).ok_or_else(wrong)
}

#[cfg(test)]
mod tests {
    use super::{bytes, days};

    #[test]
    fn times_and_sizes_have_units() {
        assert_eq!(days("30d").unwrap().as_secs(), 30 * 24 * 3600);
        assert_eq!(days("12h").unwrap().as_secs(), 12 * 3600);
        assert_eq!(bytes("2GB").unwrap(), 2_000_000_000);
        assert_eq!(bytes("0MB").unwrap(), 0);
        for wrong in ["30", "d", "0d", "-1d", "1.5d", "soon"] {
            assert!(days(wrong).is_err(), "{wrong}");
        }
        for wrong in ["30", "GB", "-1GB", "99999999999999TB", "much"] {
            assert!(bytes(wrong).is_err(), "{wrong}");
        }
    }
}
