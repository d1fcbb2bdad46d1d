//! Cookies, which WebKit tells and takes per page.

use std::sync::Arc;

use serde::Deserialize;
use serde_json::{Value, json};

use crate::drive::driver::Answer;
use crate::options::Cookie;
use crate::webkit::wire::Wire;

#[derive(Deserialize)]
struct Told {
    cookies: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Entry {
    name: String,
    value: String,
    domain: String,
    path: String,
    #[serde(default)]
    expires: f64,
    #[serde(default)]
    session: bool,
    #[serde(default)]
    http_only: bool,
    #[serde(default)]
    secure: bool,
    same_site: Option<String>,
}

/// The cookies that the open pages and what they load can see: the browser tells no others.
pub(crate) fn read(wires: Vec<Arc<Wire>>) -> Answer<Vec<Cookie>> {
    Box::pin(async move {
        let mut cookies: Vec<Cookie> = Vec::new();
        for wire in wires.iter().filter(|wire| wire.target.borrow().is_some()) {
            let told = wire.send::<Told>("Page.getCookies", &json!({})).await?;
            for cookie in told.cookies.into_iter().map(read_one) {
                let key = |cookie: &Cookie| {
                    let Cookie {
                        name, domain, path, ..
                    } = cookie;
                    (name.clone(), domain.clone(), path.clone())
                };
                if cookies.iter().all(|known| key(known) != key(&cookie)) {
                    cookies.push(cookie);
                }
            }
        }
        Ok(cookies)
    })
}

fn read_one(entry: Entry) -> Cookie {
    Cookie {
        name: entry.name,
        value: entry.value,
        domain: entry.domain,
        path: entry.path,
        // The inspector counts in milliseconds, everybody else in seconds.
        expires: (!entry.session).then_some(entry.expires / 1000.0),
        http_only: entry.http_only,
        secure: entry.secure,
        same_site: entry.same_site,
    }
}

/// Adds or replaces cookies of any site.
pub(crate) fn add(wire: Arc<Wire>, cookies: &[Cookie]) -> Answer<()> {
    let added: Vec<_> = cookies
        .iter()
        .map(|cookie| {
            let params = json!({"browsingContextHandle": wire.handle(), "cookie": {
                "name": cookie.name,
                "value": cookie.value,
                "domain": cookie.domain,
                "path": cookie.path,
                "expires": cookie.expires.unwrap_or_default(),
                "session": cookie.expires.is_none(),
                "size": cookie.name.len() + cookie.value.len(),
                "httpOnly": cookie.http_only,
                "secure": cookie.secure,
                "sameSite": cookie.same_site.as_deref().unwrap_or("None"),
            }});
            wire.automate::<Value>("Automation.addSingleCookie", &params)
        })
        .collect();
    Box::pin(async move {
        for one in added {
            one.await?;
        }
        Ok(())
    })
}
