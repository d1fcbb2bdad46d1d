//! How much elements are worth showing, and which must be left alone.

use super::element::Element;

/// What elements are worth by their kind.
const BASE: [(&str, f64); 11] = [
    ("button", 1.0),
    ("a", 0.9),
    ("h1", 0.9),
    ("video", 0.9),
    ("input", 0.8),
    ("form", 0.8),
    ("h2", 0.8),
    ("nav", 0.7),
    ("h3", 0.7),
    ("img", 0.6),
    ("section", 0.5),
];
const OTHERS: f64 = 0.3;

/// Words of what a page wants its visitors to do, and what they add.
const INVITATIONS: [&str; 16] = [
    "get started",
    "start",
    "sign up",
    "try",
    "demo",
    "learn more",
    "contact",
    "join",
    "subscribe",
    "download",
    "explore",
    "discover",
    "features",
    "testen",
    "mehr erfahren",
    "kontakt",
];
const INVITATION: f64 = 0.3;
/// In the part of the page that is seen at first.
const IN_VIEW: f64 = 0.2;
/// Larger than [`LARGE_AREA`].
const LARGE: f64 = 0.1;
/// Square CSS pixels.
const LARGE_AREA: f64 = 10_000.0;

/// What this is worth draws a box; less is only pointed at.
pub(super) const BOXED: f64 = 0.7;

/// Words of what cannot be undone, costs money or ends the session. Such controls are not even pointed at.
const DESTRUCTIVE: [&str; 36] = [
    "delete",
    "remove",
    "erase",
    "destroy",
    "reset",
    "clear all",
    "empty",
    "discard",
    "log out",
    "logout",
    "log-out",
    "sign out",
    "signout",
    "sign-out",
    "pay",
    "payment",
    "buy",
    "purchase",
    "checkout",
    "check out",
    "order now",
    "place order",
    "unsubscribe",
    "deactivate",
    "close account",
    "cancel subscription",
    "terminate",
    "revoke",
    "löschen",
    "entfernen",
    "abmelden",
    "bezahlen",
    "kaufen",
    "kündigen",
    "supprimer",
    "eliminar",
];

/// Whether an element does something that a film must not do.
pub(super) fn is_destructive(element: &Element) -> bool {
    let words = element.words.to_lowercase();
    DESTRUCTIVE.iter().any(|word| has_word(&words, word))
}

/// What an element is worth.
#[derive(Debug, Clone, Copy)]
pub(super) struct Worth {
    /// 0 to 1.
    pub(super) capped: f64,
    /// With everything that is beyond.
    pub(super) sum: f64,
}

/// What an element is worth on a screen of this height.
pub(super) fn score(element: &Element, height: f64) -> Worth {
    let base = BASE
        .iter()
        .find(|(tag, _)| *tag == element.tag)
        .map_or(OTHERS, |(_, base)| *base);
    let words = element.words.to_lowercase();
    let mut score = base;
    if INVITATIONS.iter().any(|word| has_word(&words, word)) {
        score += INVITATION;
    }
    if element.area.y < height {
        score += IN_VIEW;
    }
    if element.area.width * element.area.height > LARGE_AREA {
        score += LARGE;
    }
    Worth {
        capped: score.min(1.0),
        sum: score,
    }
}

/// Whether the word stands in the text by itself: "pay" is not in "display".
fn has_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + word.len()..].chars().next();
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_and_what_is_added_are_worth_what_the_table_says() {
        let cases = [
            ("section", "Rest", (2000.0, 50.0, 50.0), 0.5),
            ("section", "Rest", (2000.0, 500.0, 50.0), 0.6),
            ("section", "Rest", (10.0, 500.0, 50.0), 0.8),
            ("h3", "Contact us", (2000.0, 50.0, 50.0), 1.0),
            ("img", "Boat", (10.0, 50.0, 50.0), 0.8),
            ("button", "Get started", (10.0, 50.0, 50.0), 1.0),
            ("select", "Plan", (2000.0, 50.0, 50.0), 0.3),
        ];
        for (tag, name, area, expected) in cases {
            let found = score(&Element::example(tag, name, area), 720.0).capped;
            assert!((found - expected).abs() < 1e-9, "{tag} {name}: {found}");
        }
    }

    #[test]
    fn what_cannot_be_undone_is_known_by_its_words() {
        let is = |words: &str| is_destructive(&Element::example("button", words, (0.0, 1.0, 1.0)));
        for words in [
            "Delete my account",
            "LOG OUT",
            "Pay now",
            "/session/logout",
            "Konto löschen",
            "Empty the basket",
        ] {
            assert!(is(words), "{words}");
        }
        for words in [
            "Display",
            "Payroll features",
            "Get started",
            "Buyer's guide to boats",
        ] {
            assert!(!is(words), "{words}");
        }
    }
}
