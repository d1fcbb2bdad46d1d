//! What the server's log may say of a failure.

/// The text without the names and passwords that stand in its addresses.
pub(super) fn without_credentials(text: &str) -> String {
    let mut told = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("://") {
        told.push_str(before);
        told.push_str("://");
        let ends = |character: char| "/?#\"'".contains(character) || character.is_whitespace();
        let host = &after[..after.find(ends).unwrap_or(after.len())];
        rest = match host.rfind('@') {
            Some(at) => &after[at + 1..],
            None => after,
        };
    }
    told.push_str(rest);
    told
}

#[cfg(test)]
mod tests {
    use super::without_credentials;

    #[test]
    fn names_and_passwords_of_addresses_are_not_told_and_all_else_is() {
        for (text, told) in [
            (
                "http://a:b@c.test/ and http://d.test/?to=e@f.test",
                "http://c.test/ and http://d.test/?to=e@f.test",
            ),
            (
                "could not open https://ada:p@ss@x.test: refused",
                "could not open https://x.test: refused",
            ),
            ("step 2 (type a@b.test)", "step 2 (type a@b.test)"),
        ] {
            assert_eq!(without_credentials(text), told);
        }
    }
}
