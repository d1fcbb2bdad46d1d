//! An input made of a file: bytes of it are changed, or nodes of its tree when it is JSON.

use fastrand::Rng;
use serde_json::{Map, Value, json};

/// Words that mean something to one of the formats, and texts that are awkward for any.
const WORDS: [&str; 36] = [
    "",
    " ",
    "${A}",
    "${",
    "}",
    "\u{0}",
    "\u{feff}",
    "\u{202e}",
    "👩‍👩‍👧",
    "\n",
    "\"",
    "'",
    "`",
    "\\",
    "//",
    "*/",
    "</script>",
    "css=",
    "xpath=//",
    "id=",
    "index=-1",
    "NaN",
    "1e999",
    "-0",
    "0x10",
    "true",
    "null",
    "~",
    "&a",
    "*a",
    "end",
    "click",
    "http://[",
    "javascript:1",
    "data:,",
    "..",
];

/// A changed file; now and then a mixture of two.
pub(crate) fn changed(seeds: &[Vec<u8>], random: &mut Rng) -> Vec<u8> {
    let mut input = any(seeds, random).to_vec();
    if random.u8(..8) == 0 {
        let other = any(seeds, random);
        let (here, there) = (random.usize(..=input.len()), random.usize(..=other.len()));
        input.truncate(here);
        input.extend_from_slice(other.get(there..).unwrap_or_default());
    }
    let as_lines =
        !input.starts_with(b"[") && input.iter().filter(|byte| **byte == b'{').count() > 0;
    if random.u8(..4) > 0 && as_lines {
        let text = String::from_utf8_lossy(&input).into_owned();
        if let Ok(mut tree) = serde_json::from_str::<Value>(&text) {
            for _ in 0..random.usize(1..=6) {
                change_tree(&mut tree, random);
            }
            return tree.to_string().into_bytes();
        }
        // A document on each line.
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        for _ in 0..random.usize(1..=4) {
            change_line(&mut lines, random);
        }
        return lines.join("\n").into_bytes();
    }
    for _ in 0..random.usize(1..=8) {
        change_bytes(&mut input, random);
    }
    input
}

fn any<'s>(seeds: &'s [Vec<u8>], random: &mut Rng) -> &'s [u8] {
    random.choice(seeds).map_or(&[], Vec::as_slice)
}

fn word(random: &mut Rng) -> &'static str {
    random.choice(WORDS).unwrap_or_default()
}

fn change_line(lines: &mut Vec<String>, random: &mut Rng) {
    if lines.is_empty() {
        return;
    }
    let at = random.usize(..lines.len());
    let line = lines.remove(at);
    match random.u8(..4) {
        0 => {}
        1 => lines.extend([line.clone(), line]),
        _ => match serde_json::from_str::<Value>(&line) {
            Ok(mut tree) => {
                change_tree(&mut tree, random);
                lines.insert(at, tree.to_string());
            }
            Err(_) => lines.insert(at, line + word(random)),
        },
    }
}

fn change_bytes(input: &mut Vec<u8>, random: &mut Rng) {
    let at = random.usize(..=input.len());
    let end = (at + random.usize(..64)).min(input.len());
    match random.u8(..7) {
        0 => input.truncate(at),
        1 => drop(input.drain(at..end)),
        2 => drop(input.splice(at..at, word(random).bytes())),
        3 => {
            let piece: Vec<u8> = input.get(at..end).unwrap_or_default().to_vec();
            let most = if random.u8(..20) == 0 { 3_000 } else { 4 };
            let times = random.usize(1..=most);
            drop(input.splice(at..at, piece.repeat(times)));
        }
        4 => {
            if let Some(byte) = input.get_mut(at) {
                *byte ^= 1 << random.u8(..8);
            }
        }
        5 => drop(input.splice(at..at, [random.u8(..)])),
        _ => {
            let deep = random.usize(1..400);
            let opener = if random.bool() { "[" } else { "{\"a\":" };
            drop(input.splice(at..at, opener.repeat(deep).bytes()));
        }
    }
}

fn change_tree(tree: &mut Value, random: &mut Rng) {
    // Down to a node at random; each level is as likely to be the one.
    match tree {
        Value::Object(map) if !map.is_empty() && random.u8(..5) > 0 => {
            let at = random.usize(..map.len());
            if let Some(inner) = map.values_mut().nth(at) {
                return change_tree(inner, random);
            }
        }
        Value::Array(items) if !items.is_empty() && random.u8(..5) > 0 => {
            let at = random.usize(..items.len());
            if let Some(inner) = items.get_mut(at) {
                return change_tree(inner, random);
            }
        }
        _ => {}
    }
    match tree {
        Value::Object(map) => change_map(map, random),
        Value::Array(items) => match random.u8(..4) {
            0 => items.clear(),
            1 => random.shuffle(items),
            2 => items.push(leaf(random)),
            _ => {
                let most = if random.u8(..20) == 0 { 500 } else { 3 };
                let times = random.usize(1..=most);
                *items = items
                    .iter()
                    .cycle()
                    .take(items.len() * times)
                    .cloned()
                    .collect();
            }
        },
        Value::String(text) if random.bool() => {
            let mut at = random.usize(..=text.len());
            while !text.is_char_boundary(at) {
                at -= 1;
            }
            text.insert_str(at, word(random));
        }
        _ => *tree = leaf(random),
    }
}

fn change_map(map: &mut Map<String, Value>, random: &mut Rng) {
    let at = random.usize(..=map.len());
    let key = map.keys().nth(at).cloned();
    match (random.u8(..4), key) {
        (0, Some(key)) => drop(map.remove(&key)),
        (1, Some(key)) => drop(map.insert(key, leaf(random))),
        (2, Some(key)) => {
            let value = map.remove(&key).unwrap_or_default();
            map.insert(key + word(random), value);
        }
        _ => drop(map.insert(word(random).to_owned(), leaf(random))),
    }
}

fn leaf(random: &mut Rng) -> Value {
    match random.u8(..10) {
        0 => Value::Null,
        1 => json!(random.bool()),
        2 => json!(random.i64(..)),
        3 => json!(-random.f64() * 1e12),
        4 => json!({}),
        5 => json!([]),
        6 => json!({ word(random): word(random) }),
        7 => json!([word(random), random.u8(..)]),
        8 => json!(word(random).repeat(random.usize(1..2_000))),
        _ => json!(word(random)),
    }
}
