//! A context of Firefox: a user context with its own cookies, storage, proxy and downloads.

use std::sync::{Arc, Mutex, PoisonError, Weak};

use serde_json::{Value, json};

use crate::bidi::connection::Connection;
use crate::bidi::process::FirefoxInner;
use crate::bidi::seat::Seated;
use crate::bidi::standing::Standing;
use crate::capability::Capability;
use crate::drive::driver::{Answer, ContextDriver, now, unsupported};
use crate::drive::page::DrivenPage;
use crate::error::BrowserError;
use crate::options::{Cookie, Engine};

/// The driver of a context.
pub(crate) struct FirefoxContext {
    pub(crate) connection: Connection,
    pub(crate) browser: Weak<FirefoxInner>,
    pub(crate) id: Arc<str>,
    pub(crate) standing: Arc<Standing>,
    /// The right to the process, until it is closed.
    pub(crate) seat: Mutex<Option<Seated>>,
}

impl FirefoxContext {
    fn partition(&self) -> Value {
        json!({ "type": "storageKey", "userContext": &*self.id })
    }
}

impl ContextDriver for FirefoxContext {
    fn new_page(&self) -> Answer<DrivenPage> {
        // A window of its own: a tab that is not in front draws nothing.
        let params = json!({ "type": "window", "userContext": &*self.id });
        let creating = self.connection.send("browsingContext.create", &params);
        let browser = self.browser.clone();
        Box::pin(async move {
            let created = creating.await?;
            let id = created.get("context").and_then(Value::as_str);
            let browser = browser.upgrade().ok_or(BrowserError::Disconnected)?;
            // The news of the page comes before the answer.
            id.and_then(|id| browser.page(id))
                .map(DrivenPage::new)
                .ok_or(BrowserError::PageClosed)
        })
    }

    fn cookies(&self) -> Answer<Vec<Cookie>> {
        let params = json!({ "partition": self.partition() });
        let reading = self.connection.send("storage.getCookies", &params);
        Box::pin(async move {
            let answer = reading.await?;
            let cookies = answer.get("cookies").and_then(Value::as_array);
            Ok(cookies.into_iter().flatten().filter_map(cookie).collect())
        })
    }

    fn set_cookies(&self, cookies: &[Cookie]) -> Answer<()> {
        let written: Vec<_> = cookies
            .iter()
            .map(|cookie| {
                let params = json!({ "cookie": to_wire(cookie), "partition": self.partition() });
                self.connection.send("storage.setCookie", &params)
            })
            .collect();
        Box::pin(async move {
            for one in written {
                one.await?;
            }
            Ok(())
        })
    }

    fn cancel_download(&self, _: &str) -> Answer<()> {
        unsupported(Engine::Firefox, Capability::CancelDownload)
    }

    fn close(&self) -> Answer<()> {
        let Some(browser) = self.browser.upgrade() else {
            return now(Ok(()));
        };
        browser.forget_context(&self.id);
        let params = json!({ "userContext": &*self.id });
        let closing = self.connection.send("browser.removeUserContext", &params);
        // What the pages do last is still told.
        let standing = Arc::clone(&self.standing);
        let mut seat = self.seat.lock().unwrap_or_else(PoisonError::into_inner);
        let seat = seat.take();
        Box::pin(async move {
            let closed = closing.await.map(drop);
            standing.end();
            drop(seat);
            closed
        })
    }
}

fn cookie(value: &Value) -> Option<Cookie> {
    let text = |name: &str| value.get(name).and_then(Value::as_str).map(str::to_owned);
    let flag = |name: &str| value.get(name).and_then(Value::as_bool).unwrap_or_default();
    Some(Cookie {
        name: text("name")?,
        value: value.pointer("/value/value")?.as_str()?.to_owned(),
        domain: text("domain")?,
        path: text("path").unwrap_or_else(|| "/".to_owned()),
        expires: value.get("expiry").and_then(Value::as_f64),
        http_only: flag("httpOnly"),
        secure: flag("secure"),
        same_site: match text("sameSite")?.as_str() {
            "strict" => Some("Strict".to_owned()),
            "lax" => Some("Lax".to_owned()),
            "none" => Some("None".to_owned()),
            _ => None,
        },
    })
}

fn to_wire(cookie: &Cookie) -> Value {
    let mut wire = json!({
        "name": cookie.name,
        "value": { "type": "string", "value": cookie.value },
        "domain": cookie.domain,
        "path": cookie.path,
        "httpOnly": cookie.http_only,
        "secure": cookie.secure,
    });
    if let Value::Object(wire) = &mut wire {
        if let Some(kind) = &cookie.same_site {
            wire.insert("sameSite".to_owned(), json!(kind.to_ascii_lowercase()));
        }
        if let Some(expires) = cookie.expires {
            #[expect(clippy::cast_possible_truncation, reason = "seconds fit for aeons")]
            wire.insert("expiry".to_owned(), json!(expires as i64));
        }
    }
    wire
}
