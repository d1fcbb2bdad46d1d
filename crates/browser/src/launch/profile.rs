//! Profile folders and the sweeping of those whose owner died.

/// Removes the profiles that dead processes left in the temporary folder; returns how many.
pub fn sweep_orphans() -> usize {
    unimplemented!()
}
