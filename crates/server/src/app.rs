//! What every handler may reach.

/// A cheap handle on everything that handlers need.
#[derive(Clone, Debug)]
pub struct App;
