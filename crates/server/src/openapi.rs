//! The OpenAPI document, made from the handlers.

use utoipa::openapi::security::{ApiKey, ApiKeyValue, SecurityScheme};
use utoipa::{Modify, OpenApi};
use utoipa_axum::router::OpenApiRouter;

use crate::app::App;
use crate::routes;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Proscenium",
        description = "A self-hosted studio for real browsers: live sessions, recordings, runs.",
        license(name = "Apache-2.0", identifier = "Apache-2.0"),
        contact()
    ),
    modifiers(&CookieAuth),
    security(("session" = [])),
    tags(
        (name = "auth", description = "Who asks"),
        (name = "sessions", description = "Real browsers, live"),
        (name = "recordings", description = "What was done, kept as a document"),
        (name = "runs", description = "Recordings, performed"),
        (name = "schedules", description = "Runs, again and again"),
        (name = "renders", description = "Code, made into pictures and films"),
        (name = "films", description = "Pages, filmed"),
        (name = "sounds", description = "What is heard in films"),
        (name = "pictures", description = "What is laid over films"),
        (name = "artifacts", description = "Stored files"),
        (name = "errors", description = "What went wrong, with evidence"),
        (name = "system", description = "The server itself")
    )
)]
struct Description;

struct CookieAuth;

impl Modify for CookieAuth {
    fn modify(&self, openapi: &mut utoipa::openapi::OpenApi) {
        let scheme = SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::new("proscenium_session")));
        openapi
            .components
            .get_or_insert_default()
            .add_security_scheme("session", scheme);
    }
}

/// The API's routes and the document that describes them.
pub(crate) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::with_openapi(Description::openapi()).nest("/api/v1", routes::api())
}

/// The OpenAPI 3.1 document of this version, as formatted JSON with a final newline.
#[must_use]
pub fn openapi() -> String {
    let (_, document) = router().split_for_parts();
    let mut text = document
        .to_pretty_json()
        .expect("an OpenAPI document made of plain structures is always JSON");
    text.push('\n');
    text
}
