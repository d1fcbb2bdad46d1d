//! Approved pictures beside a recording's file: `flow.json` keeps them in `flow.baselines`.

use std::future::Future;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::pin::Pin;

use anyhow::Context as _;
use bytes::Bytes;
use replay::{BaselineKey, Baselines, Pictures, StepResult, Visual, VisualVerdict};
use serde::Serialize;

use super::keep::Written;
use super::origin::Origin;

/// The folder of one recording's baselines.
#[derive(Debug, Clone)]
pub(super) struct Album {
    /// Nothing for a recording from standard input, which has no place.
    folder: Option<PathBuf>,
}

/// What a visual check found, and where its pictures are.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Looked {
    /// The step's id in the recording.
    action_id: String,
    #[serde(flatten)]
    visual: Visual,
    /// The approved picture; it exists unless the verdict is `no-baseline` and it was not approved.
    baseline: Option<PathBuf>,
    expected: Option<PathBuf>,
    actual: Option<PathBuf>,
    difference: Option<PathBuf>,
}

impl Looked {
    /// The pictures of a check that failed.
    pub(super) fn pictures(&self) -> impl Iterator<Item = &Path> {
        [&self.expected, &self.actual, &self.difference]
            .into_iter()
            .filter_map(|path| path.as_deref())
    }
}

impl Album {
    pub(super) fn of(origin: &Origin) -> Self {
        Self {
            folder: origin.baselines(),
        }
    }

    fn place(&self, key: &BaselineKey) -> Option<PathBuf> {
        let BaselineKey {
            step_id,
            engine,
            screen,
        } = key;
        let name = format!("{}.{engine}.{screen}.png", file_name(step_id));
        Some(self.folder.as_ref()?.join(name))
    }

    /// Writes what the visual checks of a step leave, the new baseline or the pictures of a difference; the checks, and
    /// those that failed in lines for whoever watches. The result stays in the report of the step, without its megabytes.
    pub(super) fn keep(
        &self,
        step: &mut StepResult,
        pictures: &Written,
        prefix: &str,
    ) -> anyhow::Result<(Vec<Looked>, Vec<String>)> {
        let (mut all, mut lines) = (Vec::new(), Vec::new());
        let own = step.visual.as_deref_mut().into_iter();
        for (nth, visual) in own.chain(&mut step.visuals_within).enumerate() {
            let prefix = match nth {
                0 => prefix.to_owned(),
                // An included recording may have several.
                nth => format!("{prefix}-{nth}"),
            };
            let taken = std::mem::take(&mut visual.pictures);
            let kept = self.keep_one((&step.id, visual), &taken, pictures, &prefix)?;
            all.push(kept.0);
            lines.extend(kept.1);
        }
        Ok((all, lines))
    }

    fn keep_one(
        &self,
        (id, visual): (&str, &Visual),
        taken: &Pictures,
        pictures: &Written,
        prefix: &str,
    ) -> anyhow::Result<(Looked, Vec<String>)> {
        let mut lines = Vec::new();
        let key = BaselineKey {
            step_id: visual.step_id.clone(),
            engine: visual.engine,
            screen: visual.screen,
        };
        let baseline = self.place(&key);
        if let (true, Some(actual)) = (visual.approved, &taken.actual) {
            let place = baseline.as_deref();
            let place = place.context("there is no place to keep baselines")?;
            write(place, actual)?;
            let what = match visual.verdict {
                VisualVerdict::NoBaseline => "new baseline",
                _ => "changed baseline",
            };
            lines.push(format!("{what}: {}", place.display()));
        }
        let mut written = |word: &str, png: Option<&Bytes>| -> anyhow::Result<Option<PathBuf>> {
            let Some(png) = png.filter(|_| !visual.approved) else {
                return Ok(None);
            };
            let path = pictures.write(&format!("{prefix}.{word}.png"), png)?;
            lines.push(format!("{word}: {}", path.display()));
            Ok(Some(path))
        };
        let looked = Looked {
            action_id: id.to_owned(),
            expected: written("expected", taken.expected.as_ref())?,
            actual: written("actual", taken.actual.as_ref())?,
            difference: written("difference", taken.difference.as_ref())?,
            visual: visual.clone(),
            baseline,
        };
        Ok((looked, lines))
    }
}

impl Baselines for Album {
    fn find<'a>(
        &'a self,
        key: &'a BaselineKey,
    ) -> Pin<Box<dyn Future<Output = Result<Option<Bytes>, String>> + Send + 'a>> {
        Box::pin(async move {
            let Some(place) = self.place(key) else {
                return Ok(None);
            };
            match tokio::fs::read(&place).await {
                Ok(png) => Ok(Some(png.into())),
                Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
                Err(error) => Err(format!("{}: {error}", place.display())),
            }
        })
    }
}

fn write(place: &Path, png: &[u8]) -> anyhow::Result<()> {
    let folder = place.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    std::fs::write(place, png).with_context(|| format!("cannot write {}", place.display()))
}

/// A step's id comes from the recording: two ids are two names, and none leads to another folder.
fn file_name(id: &str) -> String {
    let mut name = String::new();
    for byte in id.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' => name.push(char::from(byte)),
            other => name.push_str(&format!("%{other:02x}")),
        }
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_never_leads_out_of_the_folder_nor_to_another_ids_file() {
        for (id, name) in [
            ("act_003", "act_003"),
            ("../../etc/x", "%2e%2e%2f%2e%2e%2fetc%2fx"),
            ("a b", "a%20b"),
            ("a%20b", "a%2520b"),
        ] {
            assert_eq!(file_name(id), name);
        }
    }

    #[test]
    fn baselines_lie_beside_the_file() {
        let folder = |origin| Album::of(&origin).folder;
        let file = |name: &str| Origin::File(name.into());
        assert_eq!(
            folder(file("flows/cart.json")),
            Some("flows/cart.baselines".into())
        );
        assert_eq!(folder(file("-")), None);
        let server = Origin::Server("01999".to_owned());
        assert_eq!(folder(server), Some("01999.baselines".into()));
    }
}
