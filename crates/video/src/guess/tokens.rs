//! JavaScript as words and marks: what stands in comments, strings, templates and regular expressions is nobody's code.
//!
//! It is no parser. Where a slash may begin a regular expression or divide, the token before it decides, which is wrong only
//! in code that nobody writes; and a regular expression ends with its line at the latest.

use std::str::Chars;

/// A piece of code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// A name, a keyword or a number.
    Word(&'a str),
    /// Everything else that is one character.
    Mark(char),
    /// A string, a part of a template, a regular expression.
    Literal,
}

/// The tokens of some code, in order.
pub(super) struct Tokens<'a> {
    rest: Chars<'a>,
    last: Option<Token<'a>>,
    /// For each template whose `${` is open, the braces that are open in it.
    templates: Vec<usize>,
}

/// Words after which a slash begins a regular expression.
const BEFORE_REGEX: [&str; 14] = [
    "return",
    "typeof",
    "case",
    "in",
    "of",
    "delete",
    "void",
    "throw",
    "new",
    "else",
    "do",
    "instanceof",
    "yield",
    "await",
];

impl<'a> Tokens<'a> {
    pub(super) fn of(code: &'a str) -> Self {
        Self {
            rest: code.chars(),
            last: None,
            templates: Vec::new(),
        }
    }

    fn take(&mut self) -> Option<Token<'a>> {
        loop {
            let from = self.rest.as_str();
            let next = self.rest.next()?;
            match next {
                '/' if from.starts_with("//") => self.skip_line(),
                '/' if from.starts_with("/*") => self.skip_comment(),
                '/' if self.may_be_regex() && self.skip_regex() => return Some(Token::Literal),
                '"' | '\'' => {
                    self.skip_string(next);
                    return Some(Token::Literal);
                }
                '`' => {
                    self.skip_template();
                    return Some(Token::Literal);
                }
                '}' if self.templates.last() == Some(&0) => {
                    self.templates.pop();
                    self.skip_template();
                    return Some(Token::Literal);
                }
                '{' | '}' => {
                    if let Some(open) = self.templates.last_mut() {
                        *open = if next == '{' { *open + 1 } else { *open - 1 };
                    }
                    return Some(Token::Mark(next));
                }
                _ if is_of_a_word(next) => return Some(Token::Word(self.word(from))),
                _ if next.is_whitespace() => {}
                _ => return Some(Token::Mark(next)),
            }
        }
    }

    fn word(&mut self, from: &'a str) -> &'a str {
        let length = from
            .find(|letter| !is_of_a_word(letter))
            .unwrap_or(from.len());
        let (word, rest) = from.split_at(length);
        self.rest = rest.chars();
        word
    }

    fn skip_line(&mut self) {
        let rest = self.rest.as_str();
        let end = rest.find(is_line_end).unwrap_or(rest.len());
        self.rest = rest[end..].chars();
    }

    fn skip_comment(&mut self) {
        // Behind the star, which is not the one that ends it.
        let inside = &self.rest.as_str()[1..];
        let rest = inside.split_once("*/").map_or("", |(_, rest)| rest);
        self.rest = rest.chars();
    }

    fn skip_string(&mut self, quote: char) {
        while let Some(letter) = self.rest.next() {
            match letter {
                '\\' => drop(self.rest.next()),
                _ if letter == quote || is_line_end(letter) => return,
                _ => {}
            }
        }
    }

    /// To the template's end, or to the code in it.
    fn skip_template(&mut self) {
        while let Some(letter) = self.rest.next() {
            match letter {
                '\\' => drop(self.rest.next()),
                '`' => return,
                '$' if self.rest.as_str().starts_with('{') => {
                    self.rest.next();
                    self.templates.push(0);
                    return;
                }
                _ => {}
            }
        }
    }

    /// Skips a regular expression; nothing when there is none after all.
    fn skip_regex(&mut self) -> bool {
        let (mut rest, mut is_class) = (self.rest.clone(), false);
        while let Some(letter) = rest.next() {
            match letter {
                '\\' => drop(rest.next()),
                '[' => is_class = true,
                ']' => is_class = false,
                '/' if !is_class => {
                    self.rest = rest;
                    return true;
                }
                _ if is_line_end(letter) => return false,
                _ => {}
            }
        }
        false
    }

    fn may_be_regex(&self) -> bool {
        match self.last {
            None => true,
            Some(Token::Word(word)) => BEFORE_REGEX.contains(&word),
            Some(Token::Mark(mark)) => !matches!(mark, ')' | ']'),
            Some(Token::Literal) => false,
        }
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        let token = self.take();
        self.last = token.or(self.last);
        token
    }
}

fn is_of_a_word(letter: char) -> bool {
    letter.is_alphanumeric() || matches!(letter, '_' | '$' | '#')
}

fn is_line_end(letter: char) -> bool {
    matches!(letter, '\n' | '\r' | '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(code: &str) -> Vec<&str> {
        let words = Tokens::of(code).filter_map(|token| match token {
            Token::Word(word) => Some(word),
            Token::Mark(_) | Token::Literal => None,
        });
        words.collect()
    }

    #[test]
    fn only_code_has_words() {
        for (code, found) in [
            ("a // b\nc", vec!["a", "c"]),
            ("a /* b\n * c */ d", vec!["a", "d"]),
            ("a /*/ b */ c", vec!["a", "c"]),
            (r#"a = "b \" c" + 'd // e'"#, vec!["a"]),
            (
                "a `b ${c + `d ${ { e: 1 } }`} f` g",
                vec!["a", "c", "e", "1", "g"],
            ),
            ("a = /b[/'\"]c/i; d", vec!["a", "i", "d"]),
            ("a / b / c", vec!["a", "b", "c"]),
            ("(a) / b; 'c'", vec!["a", "b"]),
            ("return /'/; a", vec!["return", "a"]),
            ("a } / b", vec!["a", "b"]),
            ("'never ended\na", vec!["a"]),
            ("#!", vec!["#"]),
        ] {
            assert_eq!(words(code), found, "{code}");
        }
    }
}
