//! Pages by their addresses are fetched through the network door, one for each render.

use egress::{EgressPolicy, EgressProxy};
use store::RenderDone;
use video::{FramesDone, RenderError};

use super::NotMade;
use super::make::Making;

/// What such pages may reach.
pub(super) struct Door {
    pub(super) egress: EgressPolicy,
    /// The port of a server in another process, which no page may talk to.
    pub(super) server: Box<dyn Fn() -> Option<u16> + Send + Sync>,
}

impl Default for Door {
    fn default() -> Self {
        Self {
            egress: EgressPolicy::public_only(),
            server: Box::new(|| None),
        }
    }
}

impl Door {
    /// Renders through a door of its own, which knows why a page was not reached.
    pub(super) async fn make(
        &self,
        making: &Making<'_>,
        wanted: &video::RenderJob,
        url: &str,
        tell: &mut (dyn FnMut(FramesDone) + Send),
    ) -> Result<RenderDone, NotMade> {
        let policy = (self.server)()
            .into_iter()
            .fold(self.egress.clone(), EgressPolicy::own_port);
        let proxy = EgressProxy::start(policy)
            .await
            .map_err(|error| NotMade::Machine(format!("the network door did not open: {error}")))?;
        let wanted = video::RenderJob {
            door: Some(proxy.address()),
            ..wanted.clone()
        };
        let made = making.make(&wanted, tell).await;
        let reason = match &made {
            Err(NotMade::Render(RenderError::Site { .. })) => {
                crate::jobs::run::unreachable(&proxy, url)
            }
            // The door's own page has a status as well.
            Err(NotMade::Render(RenderError::Refused { url, .. })) => {
                crate::jobs::run::unreachable(&proxy, url)
            }
            _ => None,
        };
        proxy.shutdown().await;
        match reason {
            Some(reason) => Err(NotMade::Unreachable(reason)),
            None => made,
        }
    }
}
