//! Asking for films: an order is checked, kept with the script that it means, and queued.

use std::collections::BTreeMap;

use bytes::Bytes;
use delivery::Delivery;
use ids::{FilmId, RecordingId, UserId};
use recording::{Format, Recording, Unresolved, Variables};
use replay::PlayOptions;
use serde_json::{Map, Value};
use session::read_address;
use store::{Film, FilmParts, NewFilm, Store, StoreError};
use url::Url;
use video::{Action, Clock, Edit, Storyboard};

use super::request::{FilmRequest, WrongOrder};
use super::{NotFilmable, Played, pictures_of, sounds_of, storyboard_of};
use super::{edit, place, values};
use crate::FILM_QUEUE;
use crate::jobs::run::included;

/// A film is begun at most so often: a browser or a worker that dies three times in it is no accident.
const MAX_ATTEMPTS: u32 = 3;

/// Bytes of a name.
const LONGEST_NAME: usize = 200;

/// Takes orders for films.
#[derive(Clone, Debug)]
pub struct FilmDesk {
    store: Store,
    delivery: Option<Delivery>,
}

/// Why an order was not taken.
#[derive(Debug, thiserror::Error)]
pub enum FilmAskError {
    /// A field makes no sense.
    #[error("the film cannot be made")]
    Order(#[source] WrongOrder),
    /// The recording has a step that films cannot perform.
    #[error("the recording cannot be filmed")]
    Recording(#[source] NotFilmable),
    /// The recording needs values that the order does not have.
    #[error("the film cannot be made")]
    Values(#[from] Unresolved),
    /// The order could not be kept, or what it names is not there.
    #[error("the order could not be kept")]
    Store(#[from] StoreError),
}

impl From<WrongOrder> for FilmAskError {
    fn from(wrong: WrongOrder) -> Self {
        Self::Order(wrong)
    }
}

impl FilmDesk {
    /// A desk that keeps orders here.
    #[must_use]
    pub fn new(store: Store) -> Self {
        Self {
            store,
            delivery: None,
        }
    }

    /// The same, for films that are delivered: an order's `bucket` and `prefix` say where to.
    #[must_use]
    pub fn delivering(self, delivery: Option<Delivery>) -> Self {
        Self { delivery, ..self }
    }

    /// Checks an order and queues it.
    ///
    /// # Errors
    /// Says which field makes no sense, which step of a recording cannot be filmed, or that the store failed.
    pub async fn ask(
        &self,
        mut request: FilmRequest,
        user: Option<UserId>,
    ) -> Result<Film, FilmAskError> {
        if let Some(delivery) = &self.delivery {
            place::check(delivery, &request.extra)
                .map_err(|wrong| WrongOrder::new(wrong.field, wrong.problem))?;
        }
        values::must_be_for_a_recording(&request)?;
        request.look()?;
        request.pace()?;
        request.must_not_ask_for_captions_in_vain()?;
        if let Some(edit) = request.edit()? {
            return self.ask_edit(request, &edit, user).await;
        }
        let setup = request.setup()?;
        request.duration()?;
        request.must_be_drawn(setup)?;
        let recorded = match self.recorded(&request).await? {
            Some(recording) => {
                let included = included::fetch(&self.store, &recording).await?;
                Some(take_in(&mut request, recording, included)?)
            }
            None => None,
        };
        let script = request.script()?;
        request.must_be_shown(script.as_ref())?;
        if request.clock() == Clock::Virtual
            && let Some(index) = script.as_ref().and_then(Storyboard::first_of_tabs)
        {
            let problem = "only one tab is drawn frame by frame: leave out this step, or `perfect`";
            return Err(WrongOrder::new(format!("storyboard.steps[{index}].tab"), problem).into());
        }
        let of_script = script.as_ref().and_then(|script| script.sound.as_ref());
        let track = request.track(of_script.map(|sound| ("storyboard.sound", sound)))?;
        if let Some(track) = track.as_ref().filter(|_| request.clock() == Clock::Virtual) {
            track.must_not_hear_page(
                "what a page plays keeps real time: leave out `page`, or `perfect`",
            )?;
        }
        let sounds = sounds_of(&self.store, track.as_ref()).await?;
        let (recorded, url, performed) = match recorded {
            Some(Recorded {
                name,
                played: Some((url, steps)),
            }) => (Some(name), url, steps),
            recorded => {
                request.variables = Variables::new();
                let url = begins_at(&mut request, script.as_ref())?;
                (recorded.map(|recorded| recorded.name), url, 0)
            }
        };
        let name = name(&request, recorded, script.as_ref(), &url)?;
        let document = serde_json::to_vec(&request)
            .map_err(|error| WrongOrder::new("the order", error.to_string()))?;
        let document = self.store.blobs().put(Bytes::from(document)).await?;
        let steps = script.map_or(performed, |script| script.steps.len());
        let new = NewFilm {
            user,
            again_of: request.again_of,
            recording: request.recording_id,
            demo: request.demo_id.clone(),
            lead: request.lead_id.clone(),
            name,
            url,
            document_key: document.key,
            setup: request.kept_setup(setup),
            parts: FilmParts {
                sounds: sounds.ids(),
                ..FilmParts::default()
            },
            values: values::to_store(&request.variables),
            steps: u32::try_from(steps).unwrap_or(u32::MAX),
            queue: FILM_QUEUE.to_owned(),
            max_attempts: MAX_ATTEMPTS,
        };
        Ok(self.store.films().create(new).await?)
    }

    /// Queues a film that is made of others.
    async fn ask_edit(
        &self,
        request: FilmRequest,
        edit: &Edit,
        user: Option<UserId>,
    ) -> Result<Film, FilmAskError> {
        let films = edit::films_of(&self.store, edit).await?;
        let first = films
            .first()
            .and_then(|film| Some((film, film.made.as_ref()?)));
        let Some((first, made)) = first else {
            return Err(WrongOrder::new("edit.clips", "there is none").into());
        };
        let kept_setup = edit::setup(&request, edit, made)?;
        let pictures = pictures_of(&self.store, edit).await?;
        edit::check(edit, &films, &pictures)?;
        let track = request.track(edit.sound.as_ref().map(|sound| ("edit.sound", sound)))?;
        if let Some(track) = &track {
            track.must_not_hear_page(
                "an edit has no page; its films keep the sound that they have",
            )?;
        }
        let sounds = sounds_of(&self.store, track.as_ref()).await?;
        let named = edit.title.clone().unwrap_or_else(|| first.name.clone());
        let name = name(&request, Some(named), None, &first.url)?;
        let document = serde_json::to_vec(&request)
            .map_err(|error| WrongOrder::new("the order", error.to_string()))?;
        let document = self.store.blobs().put(Bytes::from(document)).await?;
        let new = NewFilm {
            user,
            again_of: request.again_of,
            recording: None,
            demo: request.demo_id.clone().or_else(|| first.demo.clone()),
            lead: request.lead_id.clone().or_else(|| first.lead.clone()),
            name,
            url: first.url.clone(),
            document_key: document.key,
            setup: kept_setup,
            parts: FilmParts {
                films: films.iter().map(|film| film.id).collect(),
                sounds: sounds.ids(),
                pictures: pictures.iter().map(|picture| picture.id).collect(),
            },
            values: BTreeMap::new(),
            steps: u32::try_from(edit.clips.len()).unwrap_or(u32::MAX),
            queue: FILM_QUEUE.to_owned(),
            max_attempts: MAX_ATTEMPTS,
        };
        Ok(self.store.films().create(new).await?)
    }

    /// Asks for the same film with other settings: fields of `changes` take the place of the film's own. The same recording
    /// has the same values, as far as `changes` has no others.
    ///
    /// # Errors
    /// As [`FilmDesk::ask`].
    pub async fn ask_again(
        &self,
        film: &Film,
        changes: Map<String, Value>,
        user: Option<UserId>,
    ) -> Result<Film, FilmAskError> {
        let document = self.store.blobs().read(&film.document_key).await?;
        let mut order: Map<String, Value> = serde_json::from_slice(&document)
            .map_err(|error| WrongOrder::new("the order", error.to_string()))?;
        let is_other_script = ["storyboard", "url", "recordingId", "edit"]
            .iter()
            .any(|script| changes.contains_key(*script));
        if is_other_script {
            // Another script takes the place of the whole script.
            for script in [
                "storyboard",
                "url",
                "recordingId",
                "recording",
                "leftOut",
                "edit",
                "captions",
            ] {
                order.remove(script);
            }
        }
        order.extend(changes);
        order.insert("againOf".to_owned(), film.id.to_string().into());
        let merged = serde_json::to_vec(&order)
            .map_err(|error| WrongOrder::new("the order", error.to_string()))?;
        let mut request = FilmRequest::read(&merged)?;
        if !is_other_script {
            let before = self.store.films().values(film);
            let before = before.map_err(|error| WrongOrder::new("variables", error.to_string()))?;
            let given = values::to_store(&request.variables);
            request.variables = before.into_iter().chain(given).collect();
        }
        self.ask(request, user).await
    }

    /// The recording that is to be performed, when it is one.
    async fn recorded(&self, request: &FilmRequest) -> Result<Option<Recording>, FilmAskError> {
        if request.storyboard.is_some() {
            return Ok(None);
        }
        // What is filmed is what was asked for, also when somebody edits the recording meanwhile.
        if let Some(recording) = request.recorded()? {
            return Ok(Some(recording));
        }
        match request.recording_id {
            Some(id) => Ok(Some(self.recording(id).await?)),
            None => Ok(None),
        }
    }

    /// Asks for a film that is whole to be brought to its place once more. Answers `false` when it is not whole, or there is
    /// no place to bring films to.
    ///
    /// # Errors
    /// What the store says.
    pub async fn deliver_again(&self, id: FilmId) -> Result<bool, StoreError> {
        if self.delivery.is_none() {
            return Ok(false);
        }
        let films = self.store.films();
        films.deliver_again(id, FILM_QUEUE, MAX_ATTEMPTS).await
    }

    async fn recording(&self, id: RecordingId) -> Result<Recording, FilmAskError> {
        let kept = self.store.recordings().get(id).await?;
        let text = self.store.recordings().document(id, kept.revision).await?;
        Recording::parse(text, Format::Json)
            .map_err(|error| WrongOrder::new("recordingId", error.to_string()).into())
    }
}

/// What a recording means for an order.
struct Recorded {
    /// What it is called.
    name: String,
    /// Where the film begins and how many steps it has, when the player performs it.
    played: Option<(String, usize)>,
}

/// Puts a recording into its order: as it is, or as a storyboard where the film's clock waits, which it does for those
/// only.
fn take_in(
    request: &mut FilmRequest,
    recording: Recording,
    recordings: BTreeMap<String, Recording>,
) -> Result<Recorded, FilmAskError> {
    let name = recording.test_name.clone();
    if request.perfect == Some(true) {
        let filmable = storyboard_of(&recording).map_err(FilmAskError::Recording)?;
        request.storyboard = Some(filmable.storyboard.to_value());
        request.recording = None;
        request.left_out = filmable.left_out;
        let played = None;
        return Ok(Recorded { name, played });
    }
    values::must_be_enough(&recording, &recordings, &request.variables)?;
    let document = recording.to_value();
    let wrong = |error: &dyn std::error::Error| WrongOrder::new("recording", error.to_string());
    request.recording = Some(document.map_err(|error| wrong(&error))?);
    let options = PlayOptions {
        variables: request.variables.clone(),
        recordings,
        ..PlayOptions::default()
    };
    let (played, left_out) = Played::new(recording, options);
    request.left_out = left_out;
    let url = read_address(&played.url()).map_err(|error| {
        let problem = played.masked(error.to_string());
        WrongOrder::new("recording", problem)
    })?;
    Ok(Recorded {
        name,
        played: Some((played.masked(url.to_string()), played.steps())),
    })
}

/// The address that the film begins at, once every address in the order is one that may be opened.
fn begins_at(request: &mut FilmRequest, script: Option<&Storyboard>) -> Result<String, WrongOrder> {
    let read = |field: &str, text: &str| {
        let url = read_address(text).map_err(|error| WrongOrder::new(field, error.to_string()))?;
        Ok::<_, WrongOrder>(url.to_string())
    };
    let Some(script) = script else {
        let Some(url) = &request.url else {
            let problem = "a film needs a url, a storyboard or a recordingId";
            return Err(WrongOrder::new("the order", problem));
        };
        let url = read("url", url)?;
        request.url = Some(url.clone());
        return Ok(url);
    };
    for (index, step) in script.steps.iter().enumerate() {
        if let Action::Goto(goto) = &step.action
            && Url::parse(&goto.0).is_ok()
        {
            read(&format!("storyboard.steps[{index}].goto"), &goto.0)?;
        }
    }
    match &script.url {
        Some(url) => read("storyboard.url", url),
        None => Err(WrongOrder::new(
            "storyboard.url",
            "a film needs the address that it begins at",
        )),
    }
}

fn name(
    request: &FilmRequest,
    recorded: Option<String>,
    script: Option<&Storyboard>,
    url: &str,
) -> Result<String, WrongOrder> {
    let title = || Some(script?.title.as_ref()?.text.clone());
    let site = || {
        let url = Url::parse(url).ok()?;
        Some(url.host_str()?.to_owned())
    };
    let given = request.name.clone().filter(|name| !name.trim().is_empty());
    if given.as_ref().is_some_and(|name| name.len() > LONGEST_NAME) {
        let problem = format!("it has at most {LONGEST_NAME} bytes");
        return Err(WrongOrder::new("name", problem));
    }
    let name = given.or(recorded).or_else(title).or_else(site);
    let mut name = name.unwrap_or_else(|| "film".to_owned());
    while name.len() > LONGEST_NAME {
        name.pop();
    }
    Ok(name)
}
