//! Names that the browser gives to its things. They are cheap to clone and mean nothing outside one browser.

use std::fmt;
use std::sync::Arc;

macro_rules! browser_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(Arc<str>);

        impl $name {
            /// The browser's own text for it.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.into())
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self(text.into())
            }
        }

        impl std::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

browser_id! {
    /// A page: one tab or popup window.
    PageId
}
browser_id! {
    /// A frame. It stays the same when a navigation moves the frame to another process.
    FrameId
}
browser_id! {
    /// A network request; a redirect keeps the id of the first request.
    RequestId
}
