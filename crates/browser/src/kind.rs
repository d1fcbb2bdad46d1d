//! Which of the two ways an object is driven.

/// Chromium has a client of its own; the other engines share the middle in `drive`.
#[derive(Clone)]
pub(crate) enum Kind<C, D> {
    /// Chromium, over the DevTools protocol.
    Cdp(C),
    /// Another engine.
    Driven(D),
}

/// Does the same on whatever is inside.
macro_rules! each {
    ($kind:expr, $inner:ident => $body:expr) => {
        match &$kind {
            $crate::kind::Kind::Cdp($inner) => $body,
            $crate::kind::Kind::Driven($inner) => $body,
        }
    };
}

pub(crate) use each;
