//! Where one file goes: its bucket, its key in it, and its public address.

use object_store::path::Path;
use url::Url;

use crate::config::Config;

/// The longest key, in bytes: what S3 takes.
const LONGEST_KEY: usize = 1024;

/// Where one file goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    pub(crate) bucket: String,
    pub(crate) key: Path,
    pub(crate) url: Url,
}

/// A place that makes no sense.
#[derive(Debug, thiserror::Error)]
#[error("{field}: {problem}")]
pub struct PlaceError {
    /// The field of the job: `bucket`, `prefix` or `filename`.
    pub field: &'static str,
    /// What is wrong and what would be right.
    pub problem: String,
}

impl Place {
    /// The public address.
    #[must_use]
    pub fn url(&self) -> &Url {
        &self.url
    }

    pub(crate) fn of(
        config: &Config,
        bucket: Option<&str>,
        prefix: Option<&str>,
        filename: &str,
    ) -> Result<Self, PlaceError> {
        let bucket = choose_bucket(config, bucket)?;
        let prefix = prefix.unwrap_or_default().trim_matches('/');
        let key = if prefix.is_empty() {
            filename.to_owned()
        } else {
            check("prefix", prefix)?;
            format!("{prefix}/{filename}")
        };
        check("filename", filename)?;
        if key.len() > LONGEST_KEY {
            return Err(wrong(
                "prefix",
                format!(
                    "the key has {} bytes; at most {LONGEST_KEY} are taken",
                    key.len()
                ),
            ));
        }
        let path = Path::parse(&key).map_err(|error| wrong("prefix", error.to_string()))?;
        let url = address(&config.public, &bucket, &key)?;
        Ok(Self {
            bucket,
            key: path,
            url,
        })
    }
}

/// The one that is set up, or the job's own where none is.
fn choose_bucket(config: &Config, wanted: Option<&str>) -> Result<String, PlaceError> {
    let wanted = wanted.filter(|wanted| !wanted.is_empty());
    match (&config.bucket, wanted) {
        (Some(set), Some(wanted)) if set != wanted => Err(wrong(
            "bucket",
            format!("{wanted:?} is not the bucket that this server writes to; leave it out"),
        )),
        (Some(set), _) => Ok(set.clone()),
        (None, Some(wanted)) => {
            let is_plain = (3..=63).contains(&wanted.len())
                && wanted
                    .chars()
                    .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
            if !is_plain || wanted.starts_with('-') || wanted.ends_with('-') {
                return Err(wrong(
                    "bucket",
                    format!("{wanted:?} is no name of a bucket: 3 to 63 of a-z, 0-9 and -"),
                ));
            }
            Ok(wanted.to_owned())
        }
        (None, None) => Err(wrong(
            "bucket",
            "the job has to name one: this server is set up without".to_owned(),
        )),
    }
}

/// No part may mean another folder, and none may have to be written in another way in an address than in a key.
fn check(field: &'static str, text: &str) -> Result<(), PlaceError> {
    for part in text.split('/') {
        if matches!(part, "" | "." | "..") {
            return Err(wrong(field, format!("{text:?} has an empty part, . or ..")));
        }
        let odd = part
            .chars()
            .find(|c| !c.is_alphanumeric() && !"-_.~!$&'()+,;=:@ ".contains(*c));
        if let Some(odd) = odd {
            return Err(wrong(field, format!("{odd:?} cannot stand in an address")));
        }
    }
    Ok(())
}

fn address(public: &str, bucket: &str, key: &str) -> Result<Url, PlaceError> {
    let no_address = |_| wrong("prefix", "it makes no address".to_owned());
    let mut url = Url::parse(&public.replace("{bucket}", bucket)).map_err(no_address)?;
    if let Ok(mut parts) = url.path_segments_mut() {
        parts.pop_if_empty().extend(key.split('/'));
    }
    Ok(url)
}

fn wrong(field: &'static str, problem: String) -> PlaceError {
    PlaceError { field, problem }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::config::Storage;

    fn config(bucket: Option<&str>, public: &str) -> Config {
        Config {
            storage: Storage::Folder("/srv".into()),
            bucket: bucket.map(str::to_owned),
            public: public.to_owned(),
            patience: Duration::ZERO,
            look: Duration::ZERO,
            cache_control: String::new(),
        }
    }

    #[test]
    fn a_key_and_an_address_are_made_of_bucket_prefix_and_name() {
        let of = |set: Option<&str>, public: &str, bucket, prefix| {
            let place = Place::of(&config(set, public), bucket, prefix, "a b.png").unwrap();
            (place.bucket, place.key.to_string(), place.url.to_string())
        };
        let texts = |bucket: &str, key: &str, url: &str| {
            (bucket.to_owned(), key.to_owned(), url.to_owned())
        };
        assert_eq!(
            of(Some("art"), "https://cdn.example", None, Some("u1/s1/")),
            texts(
                "art",
                "u1/s1/a b.png",
                "https://cdn.example/u1/s1/a%20b.png"
            )
        );
        assert_eq!(
            of(None, "https://cdn.example/{bucket}/", Some("own-1"), None),
            texts("own-1", "a b.png", "https://cdn.example/own-1/a%20b.png")
        );
    }

    #[test]
    fn a_place_outside_is_refused_with_its_field() {
        for (set, bucket, prefix, name, field) in [
            (Some("art"), Some("other"), None, "a.png", "bucket"),
            (None, None, None, "a.png", "bucket"),
            (None, Some("../etc"), None, "a.png", "bucket"),
            (Some("art"), None, Some("../up"), "a.png", "prefix"),
            (Some("art"), None, Some("a//b"), "a.png", "prefix"),
            (Some("art"), None, Some("a\\b"), "a.png", "prefix"),
            (Some("art"), None, Some("a%2e"), "a.png", "prefix"),
            (Some("art"), None, None, "a?b.png", "filename"),
            (Some("art"), None, None, "a\n.png", "filename"),
        ] {
            let refused =
                Place::of(&config(set, "https://cdn.example"), bucket, prefix, name).unwrap_err();
            assert_eq!(refused.field, field, "{bucket:?} {prefix:?} {name:?}");
        }
    }
}
