//! Who asks: an opaque cookie that names a sign-in, kept in the database as a hash only.

pub(crate) mod cookie;
mod owner;
pub(crate) mod password;
mod token;

pub(crate) use owner::Owner;
pub(crate) use token::new_token;
pub use token::{LinkError, issue_link};
