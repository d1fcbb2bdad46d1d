//! The storyboard of a tour that nobody films yet, to be changed by hand.

use std::path::PathBuf;
use std::time::Duration;

use browser::Progress;
use egress::{EgressError, EgressPolicy, EgressProxy};
use session::read_address;
use video::{FilmError, Storyboard, TourOrder};

use super::request::{FilmRequest, WrongOrder};
use crate::error::chain;
use crate::jobs::run::unreachable;

/// How long looking at a page may take, with its browser's start.
const TIME_LIMIT: Duration = Duration::from_secs(60);

/// Why there is no storyboard.
#[derive(Debug, thiserror::Error)]
pub enum PlanError {
    /// A field of the order makes no sense, or it has a script already.
    #[error(transparent)]
    Order(#[from] WrongOrder),
    /// The page cannot be opened; a sentence says why.
    #[error("{0}")]
    Page(String),
    /// The machine could not look at it.
    #[error("the page could not be looked at")]
    Machine(#[source] FilmError),
    /// The network door did not open.
    #[error("the network door did not open")]
    Door(#[source] EgressError),
}

impl FilmRequest {
    /// Writes into a tour what it was made for, so that it stays so when it is filmed by itself: its title and its pace.
    pub(crate) fn dress(&self, storyboard: &mut Storyboard) -> Result<(), WrongOrder> {
        self.entitle(storyboard);
        storyboard.pace = Some(self.pace()?).filter(|pace| *pace != video::Pace::default());
        Ok(())
    }

    /// The tour that it asks for, of a page that is reached through this door.
    pub(crate) fn tour(
        &self,
        executable: Option<PathBuf>,
        proxy: std::net::SocketAddr,
    ) -> Result<TourOrder, WrongOrder> {
        Ok(TourOrder {
            url: self.url.clone().unwrap_or_default(),
            template: self.template(),
            duration: self.duration()?,
            seed: self.seed.unwrap_or(1),
            setup: self.setup()?,
            look: self.look()?,
            pace: self.pace()?,
            executable,
            proxy: Some(proxy),
        })
    }
}

/// Looks at the page of an order and makes the storyboard that its film would have. Nothing is kept.
///
/// # Errors
/// Says which field makes no sense, why the page cannot be opened, or what the machine lacks; after a minute, that it is late.
pub async fn plan(
    mut request: FilmRequest,
    policy: EgressPolicy,
    executable: Option<PathBuf>,
) -> Result<Storyboard, PlanError> {
    let has_script = request.storyboard.is_some()
        || request.edit.is_some()
        || request.recording.is_some()
        || request.recording_id.is_some();
    if has_script {
        let problem = "only the tour of an address is planned; this has a script already";
        return Err(WrongOrder::new("url", problem).into());
    }
    let Some(text) = &request.url else {
        return Err(WrongOrder::new("url", "the page is needed that is to be toured").into());
    };
    let url = read_address(text).map_err(|error| WrongOrder::new("url", error.to_string()))?;
    request.url = Some(url.to_string());
    // What filming would refuse is refused now, before anything is started.
    let setup = request.setup()?;
    request.must_be_drawn(setup)?;
    request.must_be_shown(None)?;
    let proxy = EgressProxy::start(policy).await.map_err(PlanError::Door)?;
    let order = request.tour(executable, proxy.address());
    let planned = match order {
        Ok(order) => {
            let progress = Progress::with_timeout(TIME_LIMIT);
            video::tour(&progress, &order).await.map_err(|error| {
                let reason = unreachable(&proxy, &order.url);
                match reason {
                    Some(reason) => PlanError::Page(reason),
                    None if error.is_of_the_script() => PlanError::Page(chain(&error)),
                    None => PlanError::Machine(error),
                }
            })
        }
        Err(wrong) => Err(wrong.into()),
    };
    proxy.shutdown().await;
    let mut storyboard = planned?;
    request.dress(&mut storyboard)?;
    Ok(storyboard)
}
