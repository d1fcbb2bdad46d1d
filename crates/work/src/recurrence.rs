//! When something happens again and again: a cron expression, read by the clock of a place.
//!
//! Twice a year such a clock jumps. What happens at certain hours then happens once that day all the same: a moment that the
//! clock leaves out comes as much later, one that it shows twice counts the first time. What happens in every hour goes on in
//! even steps.

use cronexpr::{Crontab, MakeTimestamp};
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};
use store::Time;

/// Longer than any field needs: nobody's request keeps the parser busy.
const LONGEST: usize = 200;

/// How far the crate looks ahead for a day: the 29th of February comes in four years.
const YEARS: i64 = 4;

/// The fields in their order, what each may say, and an example.
const FIELDS: [(&str, &str); 5] = [
    ("minute", "0-59, such as 30 or */15"),
    ("hour", "0-23, such as 7 or 9-17"),
    ("day of the month", "1-31, such as 1, or L for the last one"),
    ("month", "1-12 or JAN-DEC"),
    ("day of the week", "0-7 or SUN-SAT, such as MON-FRI"),
];

/// Moments that follow each other without end.
#[derive(Clone, Debug)]
pub struct Recurrence {
    /// Read by a clock that never jumps. What follows a moment is never asked of a zone's own clock: the search turns round and
    /// round where a clock is put back by less than the hour that it steps over.
    wall: Crontab,
    /// Whether each hour counts, and not what the clock shows.
    even: bool,
    zone: TimeZone,
}

/// Why a text is no recurrence: what to write in its place.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum RecurrenceError {
    /// More or fewer fields.
    #[error(
        "a cron expression has five fields, “minute hour day month weekday”, such as 0 7 * * MON-FRI; this has {found}. \
         Once a minute is the most often"
    )]
    Fields {
        /// So many.
        found: usize,
    },
    /// A field says what it cannot.
    #[error("the {field} “{value}” cannot be read: write {wanted}")]
    Field {
        /// Which one, in words.
        field: &'static str,
        /// What stands there.
        value: String,
        /// What may stand there.
        wanted: &'static str,
    },
    /// A word with an `@` that nobody knows.
    #[error(
        "there is no “{word}”: write @hourly, @daily, @weekly or @monthly, or five fields such as 0 7 * * *"
    )]
    Word {
        /// What stands there.
        word: String,
    },
    /// A place that is not in the list of time zones.
    #[error(
        "there is no time zone “{name}”: write a name such as Europe/Berlin, America/New_York or UTC"
    )]
    Zone {
        /// What stands there.
        name: String,
    },
    /// Each field alone makes sense; there is no such day.
    #[error("this never happens: there is no such day in the next four years")]
    Never,
}

impl RecurrenceError {
    /// What of the two is wrong, as requests name it.
    #[must_use]
    pub fn subject(&self) -> &'static str {
        match self {
            Self::Zone { .. } => "timeZone",
            _ => "cron",
        }
    }
}

impl Recurrence {
    /// Reads a cron expression of five fields, `@hourly`, `@daily`, `@weekly` or `@monthly`, by the clock of a time zone
    /// that is named as in `Europe/Berlin`.
    ///
    /// # Errors
    /// [`RecurrenceError`] says what to write.
    pub fn new(cron: &str, zone: &str) -> Result<Self, RecurrenceError> {
        let short = |text: &str| text.chars().take(40).collect::<String>();
        let zone = TimeZone::get(zone).map_err(|_| RecurrenceError::Zone { name: short(zone) })?;
        let cron = cron.trim();
        let cron = match cron.to_ascii_lowercase().as_str() {
            "@hourly" => "0 * * * *",
            "@daily" | "@midnight" => "0 0 * * *",
            "@weekly" => "0 0 * * 0",
            "@monthly" => "0 0 1 * *",
            word if word.starts_with('@') => {
                return Err(RecurrenceError::Word { word: short(cron) });
            }
            _ => cron,
        };
        let fields: Vec<&str> = cron.split_ascii_whitespace().collect();
        if fields.len() != FIELDS.len() || cron.len() > LONGEST {
            return Err(RecurrenceError::Fields {
                found: fields.len(),
            });
        }
        for (at, (field, wanted)) in FIELDS.into_iter().enumerate() {
            let mut alone = ["*"; FIELDS.len()];
            alone[at] = fields[at];
            if parse(&alone).is_none() {
                return Err(RecurrenceError::Field {
                    field,
                    value: short(fields[at]),
                    wanted,
                });
            }
        }
        let wall = parse(&fields).ok_or(RecurrenceError::Never)?;
        let even = fields[1].starts_with('*');
        let recurrence = Self { wall, even, zone };
        // A field alone is always right some day; all of them together need not be.
        match recurrence.after(Time::now()) {
            Some(_) => Ok(recurrence),
            None => Err(RecurrenceError::Never),
        }
    }

    /// The first moment after this one; `None` when there is none in four years.
    #[must_use]
    pub fn after(&self, time: Time) -> Option<Time> {
        let after = Timestamp::from_microsecond(time.as_micros()).ok()?;
        let found = if self.even {
            self.after_in_even_steps(after)
        } else {
            self.after_on_the_wall(after)
        };
        found.map(Time::from)
    }

    /// The first moments after this one, at most so many.
    #[must_use]
    pub fn some_after(&self, time: Time, count: usize) -> Vec<Time> {
        std::iter::successors(self.after(time), |time| self.after(*time))
            .take(count)
            .collect()
    }

    /// Goes from one jump of the clock to the next: between two of them, it is a clock like any other.
    fn after_in_even_steps(&self, after: Timestamp) -> Option<Timestamp> {
        let years = Span::new().years(YEARS);
        let last = after
            .to_zoned(TimeZone::UTC)
            .checked_add(years)
            .ok()?
            .timestamp();
        let mut offset = self.zone.to_offset(after);
        let mut after = after;
        let mut jumps = self.zone.following(after);
        while after <= last {
            let jump = jumps.next();
            let shown = utc(offset.to_datetime(after))?;
            if let Some(found) = next(&self.wall, shown) {
                let wall = found.to_zoned(TimeZone::UTC).datetime();
                let moment = offset.to_timestamp(wall).ok()?;
                if jump.as_ref().is_none_or(|jump| moment < jump.timestamp()) {
                    return Some(moment);
                }
            }
            let jump = jump?;
            // The moment of the jump itself counts; what is found is always later than where the search begins.
            after = jump.timestamp().checked_sub(Span::new().seconds(1)).ok()?;
            offset = jump.offset();
        }
        None
    }

    /// Goes by what the clock on the wall shows, from a day earlier on: where it was put forward, what it left out comes later
    /// than what follows it.
    fn after_on_the_wall(&self, after: Timestamp) -> Option<Timestamp> {
        let day = Span::new().days(1);
        let shown = after.to_zoned(self.zone.clone()).datetime();
        let mut wall = shown.checked_sub(day).ok()?;
        let mut best: Option<Timestamp> = None;
        loop {
            let Some(following) = next(&self.wall, utc(wall)?) else {
                return best;
            };
            wall = following.to_zoned(TimeZone::UTC).datetime();
            let moment = wall.to_zoned(self.zone.clone()).ok()?.timestamp();
            if moment > after {
                best = Some(best.map_or(moment, |best| best.min(moment)));
            }
            let Some(best) = best else { continue };
            if wall >= best.to_zoned(self.zone.clone()).datetime() {
                return Some(best);
            }
        }
    }
}

fn utc(wall: DateTime) -> Option<Timestamp> {
    Some(wall.to_zoned(TimeZone::UTC).ok()?.timestamp())
}

fn next(cron: &Crontab, after: Timestamp) -> Option<Timestamp> {
    Some(cron.find_next(MakeTimestamp(after)).ok()?.timestamp())
}

fn parse(fields: &[&str]) -> Option<Crontab> {
    cronexpr::parse_crontab(&format!("{} UTC", fields.join(" "))).ok()
}

#[cfg(test)]
mod tests;
