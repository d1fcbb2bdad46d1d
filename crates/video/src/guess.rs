//! What code says about itself: whether it is for p5, for which, and how large its canvas is.

mod tokens;

use crate::job::P5Version;
use tokens::{Token, Tokens};

/// Whether this is a sketch for p5: it has a `setup` or `draw` of its own that everybody sees, or makes a `p5` itself. What
/// stands in comments and strings does not count.
pub fn is_p5(code: &str) -> bool {
    let tokens: Vec<Token<'_>> = Tokens::of(code).collect();
    let makes_one = has(&tokens, &[word("new"), word("p5"), Token::Mark('(')]);
    makes_one || own_functions(&tokens).any(|name| matches!(name, "setup" | "draw"))
}

/// p5 2 is the one whose `setup` may wait.
pub(crate) fn p5_version(code: &str) -> P5Version {
    let tokens: Vec<Token<'_>> = Tokens::of(code).collect();
    if has(&tokens, &[word("async"), word("function"), word("setup")]) {
        P5Version::Two
    } else {
        P5Version::One
    }
}

/// The size that a sketch gives its canvas, when it gives it in numbers.
pub(crate) fn canvas_size(code: &str) -> Option<(u32, u32)> {
    const SIDES: std::ops::RangeInclusive<u32> = 1..=4096;
    let tokens: Vec<Token<'_>> = Tokens::of(code).collect();
    let size = tokens.windows(6).find_map(|window| match window {
        [
            Token::Word("createCanvas"),
            Token::Mark('('),
            Token::Word(width),
            Token::Mark(','),
            Token::Word(height),
            Token::Mark(')' | ','),
        ] => Some((width.parse().ok()?, height.parse().ok()?)),
        _ => None,
    });
    size.filter(|(width, height)| SIDES.contains(width) && SIDES.contains(height))
}

fn word(word: &str) -> Token<'_> {
    Token::Word(word)
}

fn has(tokens: &[Token<'_>], wanted: &[Token<'_>]) -> bool {
    tokens.windows(wanted.len()).any(|window| window == wanted)
}

/// The names of functions that are declared in no other function and no block: p5 looks for its own among those.
fn own_functions<'a>(tokens: &[Token<'a>]) -> impl Iterator<Item = &'a str> {
    let mut depth = 0_usize;
    tokens.windows(2).filter_map(move |window| {
        match window[0] {
            Token::Mark('{' | '(' | '[') => depth += 1,
            Token::Mark('}' | ')' | ']') => depth = depth.saturating_sub(1),
            _ => {}
        }
        match window {
            [Token::Word("function"), Token::Word(name)] if depth == 0 => Some(*name),
            _ => None,
        }
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_canvas_is_as_large_as_the_sketch_says_in_numbers() {
        let cases = [
            (
                "function setup() { createCanvas(400, 300); }",
                Some((400, 300)),
            ),
            ("createCanvas(400,300,WEBGL)", Some((400, 300))),
            (
                "// createCanvas(1, 2)\ncreateCanvas( /* wide */ 40, 30)",
                Some((40, 30)),
            ),
            ("createCanvas(windowWidth, windowHeight)", None),
            ("createCanvas(W, 300)", None),
            ("createCanvas(400 / 2, 300)", None),
            ("createCanvas(0, 300)", None),
            ("say('createCanvas(40, 30)')", None),
            ("createCanvas(", None),
            ("", None),
        ];
        for (code, size) in cases {
            assert_eq!(canvas_size(code), size, "{code}");
        }
    }

    #[test]
    fn sketches_are_told_from_other_scripts() {
        for (code, is_sketch) in [
            ("function draw() {}", true),
            ("let x = {};\nasync function\n  setup () {}", true),
            ("new p5((sketch) => {})", true),
            ("const s = () => { new  p5 (sketch) }", true),
            ("document.body.append('setup')", false),
            ("// function draw() {}\nrun()", false),
            ("/* new p5(sketch) */", false),
            (
                "log('function setup() {}', `new p5(${'function draw'})`)",
                false,
            ),
            ("const tool = () => { function draw() {} }", false),
            ("function drawing() {} function setups() {}", false),
            ("new p5js()", false),
            ("a.replace(/function draw/g, '')", false),
        ] {
            assert_eq!(is_p5(code), is_sketch, "{code}");
        }
        assert_eq!(
            p5_version("async /* 2 */ function setup() {}"),
            P5Version::Two
        );
        assert_eq!(p5_version("// async function setup\n"), P5Version::One);
    }

    /// What changes nothing, wherever there may be a space.
    fn gap() -> impl Strategy<Value = String> {
        let inside = "[^*/\\r\\n\\u{2028}\\u{2029}]{0,12}";
        prop_oneof![
            Just(" ".to_owned()),
            Just("\n\t".to_owned()),
            inside.prop_map(|text| format!("/*{text}*/")),
            inside.prop_map(|text| format!("//{text}\n")),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn any_text_is_read_to_its_end(code in "\\PC{0,200}", marks in "[`'\"/*${}()\\\\\\n a]{0,60}") {
            for code in [&code, &marks] {
                let _ = (is_p5(code), p5_version(code), canvas_size(code));
            }
        }

        #[test]
        fn comments_between_words_hide_no_sketch(gaps in prop::collection::vec(gap(), 4)) {
            let code = format!("{}function{}setup{}() {{{}}}", gaps[0], gaps[1], gaps[2], gaps[3]);
            prop_assert!(is_p5(&code), "{}", code);
        }

        #[test]
        fn what_is_quoted_is_no_sketch(text in "[^\\\\`'\"*/$\\r\\n\\u{2028}\\u{2029}]{0,40}") {
            for quoted in [
                format!("say('{text} function draw() {{}}')"),
                format!("say(`{text}\nnew p5(`)"),
                format!("/* {text} function setup() {{}} */"),
                format!("// {text} function setup() {{}}"),
            ] {
                prop_assert!(!is_p5(&quoted), "{}", quoted);
            }
        }
    }
}
