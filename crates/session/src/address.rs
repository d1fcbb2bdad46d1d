//! What a person types into the address field becomes an address, or a sentence why not.

use url::{Host, Url};

use crate::error::{Result, SessionError};

/// Schemes that a session opens; the others reach the machine that the browser runs on, or the browser itself.
const SCHEMES: [&str; 3] = ["http", "https", "data"];

/// Reads an address; one without a scheme is opened over https, or over http when it names this network.
pub fn read_address(text: &str) -> Result<Url> {
    let text = text.trim();
    if text.is_empty() {
        return Err(refused("Type an address, such as example.com."));
    }
    if text.eq_ignore_ascii_case("about:blank") {
        return Url::parse("about:blank")
            .map_err(|error| refused(format!("{text} is not an address: {error}.")));
    }
    let url = if has_scheme(text) {
        Url::parse(text)
    } else {
        guess(text)
    };
    let url = url.map_err(|error| refused(format!("“{text}” is not an address: {error}.")))?;
    if !SCHEMES.contains(&url.scheme()) {
        return Err(refused(format!(
            "{}: addresses cannot be opened here; use http or https.",
            url.scheme()
        )));
    }
    if url.scheme() != "data" && url.host().is_none() {
        return Err(refused(format!("“{text}” has no host.")));
    }
    Ok(url)
}

fn refused(sentence: impl Into<String>) -> SessionError {
    SessionError::Address(sentence.into())
}

/// `host:8080` has a colon and no scheme.
fn has_scheme(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else {
        return false;
    };
    let named = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    let port = rest.split(['/', '?', '#']).next().unwrap_or_default();
    named && (port.is_empty() || !port.chars().all(|c| c.is_ascii_digit()))
}

fn guess(text: &str) -> Result<Url, url::ParseError> {
    let plain = Url::parse(&format!("http://{text}"))?;
    let local = match plain.host() {
        Some(Host::Domain(name)) => !name.contains('.') || name.ends_with(".localhost"),
        Some(Host::Ipv4(_) | Host::Ipv6(_)) => true,
        None => true,
    };
    if local || plain.port().is_some() {
        Ok(plain)
    } else {
        Url::parse(&format!("https://{text}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_completed_as_a_browser_would() {
        for (typed, opened) in [
            ("example.com", "https://example.com/"),
            (" example.com/a b?q=1 ", "https://example.com/a%20b?q=1"),
            ("localhost:3000", "http://localhost:3000/"),
            ("127.0.0.1/x", "http://127.0.0.1/x"),
            ("[::1]:80/x", "http://[::1]/x"),
            ("example.com:8080/path", "http://example.com:8080/path"),
            ("HTTP://Example.COM", "http://example.com/"),
            ("about:blank", "about:blank"),
            ("data:text/html,hi", "data:text/html,hi"),
            ("bücher.example", "https://xn--bcher-kva.example/"),
        ] {
            let url = read_address(typed).map(String::from);
            assert_eq!(url.ok().as_deref(), Some(opened), "{typed}");
        }
    }

    #[test]
    fn addresses_that_reach_the_machine_are_refused_with_a_sentence() {
        for typed in [
            "",
            "file:///etc/passwd",
            "chrome://version",
            "javascript:alert(1)",
            "http://",
            "view-source:x",
        ] {
            let error = read_address(typed).expect_err(typed).to_string();
            assert!(error.ends_with('.'), "{typed}: {error}");
        }
    }
}
