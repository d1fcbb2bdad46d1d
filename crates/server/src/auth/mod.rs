//! Who asks: an opaque cookie, or a bearer token for programs, that names a sign-in, kept in the database as a hash only.

pub(crate) mod cookie;
mod owner;
pub(crate) mod password;
mod token;

pub(crate) use owner::Owner;
pub(crate) use token::new_token;
pub use token::{LinkError, issue_link, issue_token};
