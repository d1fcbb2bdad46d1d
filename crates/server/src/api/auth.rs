//! Who asks.

use ids::UserId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A person who may sign in.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct User {
    pub(crate) id: UserId,
    pub(crate) name: String,
    /// Whether the person can sign in with a password, beside one-time links.
    pub(crate) has_password: bool,
}

/// Who the server believes is asking.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Me {
    /// Nobody when not signed in.
    pub(crate) user: Option<User>,
    /// No owner exists yet: the one-time link that the server printed creates it.
    pub(crate) setup_required: bool,
}

/// A one-time token from a printed link.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Claim {
    pub(crate) token: String,
}

/// A new password.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct NewPassword {
    /// 8 to 256 characters.
    #[schema(min_length = 8, max_length = 256)]
    pub(crate) password: String,
}

/// A name and a password.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Login {
    pub(crate) name: String,
    pub(crate) password: String,
}

impl From<store::User> for User {
    fn from(user: store::User) -> Self {
        Self {
            id: user.id,
            name: user.name,
            has_password: user.password_hash.is_some(),
        }
    }
}
