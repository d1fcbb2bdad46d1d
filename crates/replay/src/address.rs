//! Addresses: another deployment of the same site, and whether a page arrived where it should.

use url::Url;

/// How an address compares with the recorded one.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Arrival {
    /// The same.
    Same,
    /// The same page with other parameters or other ids in its path.
    Alike,
    /// Another page.
    Elsewhere,
}

/// Compares an address with the recorded one. Numbers, UUIDs and long hexadecimal parts of a path count as ids: they
/// differ from run to run while the page is the same.
pub(crate) fn compare(recorded: &str, actual: &str) -> Arrival {
    if recorded == actual {
        return Arrival::Same;
    }
    let (Ok(recorded), Ok(actual)) = (Url::parse(recorded), Url::parse(actual)) else {
        return Arrival::Elsewhere;
    };
    if recorded.origin() != actual.origin() || recorded.scheme() != actual.scheme() {
        return Arrival::Elsewhere;
    }
    let (recorded_path, actual_path) = (path(&recorded), path(&actual));
    let same_path = recorded_path == actual_path;
    if same_path && recorded.query() == actual.query() && recorded.fragment() == actual.fragment() {
        return Arrival::Same;
    }
    let alike = recorded_path.len() == actual_path.len()
        && recorded_path
            .iter()
            .zip(&actual_path)
            .all(|(a, b)| a == b || (is_id(a) && is_id(b)));
    if !alike {
        return Arrival::Elsewhere;
    }
    // A router that keeps its pages in the fragment has its pages there and not in the path.
    match (recorded.fragment(), actual.fragment()) {
        (Some(a), b) if a.starts_with(['/', '!']) && Some(a) != b => Arrival::Elsewhere,
        (a, Some(b)) if b.starts_with(['/', '!']) && a != Some(b) => Arrival::Elsewhere,
        _ => Arrival::Alike,
    }
}

fn path(url: &Url) -> Vec<&str> {
    url.path().trim_end_matches('/').split('/').collect()
}

fn is_id(segment: &str) -> bool {
    let digits = !segment.is_empty() && segment.chars().all(|c| c.is_ascii_digit());
    let hex = segment.len() >= 8
        && segment.chars().all(|c| c.is_ascii_hexdigit() || c == '-')
        && segment.chars().any(|c| c.is_ascii_digit());
    digits || hex
}

/// Takes addresses of the recording's own origin to another deployment.
#[derive(Debug, Clone, Default)]
pub(crate) struct Rebase {
    pair: Option<(Url, Url)>,
}

impl Rebase {
    pub(crate) fn new(recorded: &str, base: Option<&Url>) -> Self {
        let recorded = Url::parse(recorded).ok().filter(|url| url.has_host());
        Self {
            pair: recorded.zip(base.cloned()),
        }
    }

    /// The address in the other deployment; one of another origin, or none at all, stays as it is.
    pub(crate) fn apply(&self, address: &str) -> String {
        let (Some((recorded, base)), Ok(url)) = (&self.pair, Url::parse(address)) else {
            return address.to_owned();
        };
        if url.origin() != recorded.origin() {
            return address.to_owned();
        }
        let mut moved = base.clone();
        let prefix = base.path().trim_end_matches('/').to_owned();
        moved.set_path(&format!("{prefix}{}", url.path()));
        moved.set_query(url.query());
        moved.set_fragment(url.fragment());
        moved.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_the_same_alike_or_elsewhere() {
        let cases = [
            ("http://a.test/cart", "http://a.test/cart", Arrival::Same),
            ("http://a.test/cart", "http://a.test/cart/", Arrival::Same),
            ("http://a.test", "http://a.test/", Arrival::Same),
            (
                "http://a.test/cart",
                "http://a.test/cart?session=1",
                Arrival::Alike,
            ),
            (
                "http://a.test/orders/41",
                "http://a.test/orders/42",
                Arrival::Alike,
            ),
            (
                "http://a.test/o/0199a6c2-aaaa-7bbb",
                "http://a.test/o/0199a6c2-cccc-7ddd",
                Arrival::Alike,
            ),
            ("http://a.test/a#top", "http://a.test/a", Arrival::Alike),
            (
                "http://a.test/orders/41",
                "http://a.test/orders/new",
                Arrival::Elsewhere,
            ),
            (
                "http://a.test/cart",
                "http://a.test/login",
                Arrival::Elsewhere,
            ),
            (
                "http://a.test/cart",
                "http://b.test/cart",
                Arrival::Elsewhere,
            ),
            (
                "http://a.test/cart",
                "https://a.test/cart",
                Arrival::Elsewhere,
            ),
            (
                "http://a.test/#/cart",
                "http://a.test/#/login",
                Arrival::Elsewhere,
            ),
            ("http://a.test/#/cart", "http://a.test/", Arrival::Elsewhere),
            ("not an address", "http://a.test/", Arrival::Elsewhere),
        ];
        for (recorded, actual, expected) in cases {
            assert_eq!(
                compare(recorded, actual),
                expected,
                "{recorded} and {actual}"
            );
        }
    }

    #[test]
    fn only_addresses_of_the_recordings_origin_move() {
        let base = Url::parse("http://127.0.0.1:8080/stage/").unwrap();
        let rebase = Rebase::new("https://shop.test/start", Some(&base));
        let cases = [
            (
                "https://shop.test/cart?a=1#b",
                "http://127.0.0.1:8080/stage/cart?a=1#b",
            ),
            ("https://pay.test/cart", "https://pay.test/cart"),
            ("http://shop.test/cart", "http://shop.test/cart"),
            ("/cart", "/cart"),
        ];
        for (address, expected) in cases {
            assert_eq!(rebase.apply(address), expected);
        }
        assert_eq!(
            Rebase::new("https://shop.test/", None).apply("https://shop.test/x"),
            "https://shop.test/x"
        );
    }
}
