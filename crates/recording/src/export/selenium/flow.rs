//! Blocks, stored values and the functions that they call.

use super::text::{by, expression};
use crate::export::code::{Part, Said};
use crate::export::element::{self, text};
use crate::export::losses::Losses;
use crate::{Step, Store, StoreFrom};

/// What opens, divides or closes a block. A block ends where the lines stand in no more.
pub(super) fn part(part: &Part) -> Said {
    let keeps = |variable: &Option<String>, what: &str| -> Vec<String> {
        let name = variable.as_deref();
        name.map(|name| format!("values[{}] = {what}", text(name)))
            .into_iter()
            .collect()
    };
    match part {
        Part::If(condition) => format!("if {condition}:").into(),
        Part::ElseIf(condition) => format!("elif {condition}:").into(),
        Part::Else => "else:".to_owned().into(),
        Part::While(condition) => format!("while {condition}:").into(),
        Part::Do => "while True:".to_owned().into(),
        Part::RepeatIf(condition) => Said {
            before: vec![format!("if not ({condition}):"), "    break".to_owned()],
            ..Said::default()
        },
        Part::Times { count, variable } => Said {
            after: keeps(variable, "str(turn)"),
            ..format!("for turn in range(1, {count} + 1):").into()
        },
        Part::ForEach { list, variable } => Said {
            after: keeps(variable, "item"),
            ..format!("for item in {list}:").into()
        },
        Part::End => Said::default(),
    }
}

/// Keeps a value for later steps.
pub(super) fn store(
    step: &Step,
    store: &Store,
    losses: &mut Losses,
) -> Result<Vec<String>, String> {
    let given = || store.value.as_deref().ok_or("it does not say what to keep");
    let mut find = || element::first(step, losses, by).map(|by| format!("found(driver, {by})"));
    let kept = match &store.from {
        StoreFrom::Text => format!("\" \".join({}.text.split())", find()?),
        StoreFrom::Value => format!("{}.get_property(\"value\")", find()?),
        // An index: one without the attribute gives nothing, which cannot be read.
        StoreFrom::Attribute => format!("{}.get_dom_attribute({})[:]", find()?, text(given()?)),
        StoreFrom::Count => format!(
            "str(len(driver.find_elements({})))",
            element::first(step, losses, by)?
        ),
        StoreFrom::Title => "driver.title".to_owned(),
        StoreFrom::Url => "driver.current_url".to_owned(),
        StoreFrom::Expression => format!("result(driver, {})", text(given()?)),
        StoreFrom::Literal => expression(given()?),
        StoreFrom::Other(word) => return Err(format!("{word:?} is not known")),
    };
    Ok(vec![format!("values[{}] = {kept}", text(&store.variable))])
}

/// The functions that `body` needs.
pub(super) fn helpers(body: &str) -> String {
    let mut needed = Vec::new();
    let mut text = body.to_owned();
    for (call, helper) in HELPERS {
        if text.contains(call) {
            needed.push(helper);
            text.push_str(helper);
        }
    }
    needed.reverse();
    needed.concat()
}

/// What is called, and the function; those further down may be called by those further up.
const HELPERS: [(&str, &str); 8] = [
    ("truth(driver", TRUTH),
    ("listed(driver", LISTED),
    ("result(driver", RESULT),
    ("filled(", FILLED),
    ("rounds(", ROUNDS),
    ("within(driver", WITHIN),
    ("says(driver", SAYS),
    ("has(driver", HAS),
];

const TRUTH: &str = r#"

def truth(driver, code):
    """Whether JavaScript gives something true in the page."""
    return driver.execute_script(f"return (async () => !!(await (\n{filled(code)}\n)))()")
"#;

const LISTED: &str = r#"

def listed(driver, code):
    """The items of a list in the page, as texts."""
    items = driver.execute_script(f"return (async () => [...(await (\n{filled(code)}\n))])()")
    return [item if isinstance(item, str) else json.dumps(item) for item in items]
"#;

const RESULT: &str = r#"

def result(driver, code):
    """What JavaScript gives in the page, as a text."""
    given = driver.execute_script(f"return (async () => await (\n{filled(code)}\n))()")
    return "" if given is None else given if isinstance(given, str) else json.dumps(given)
"#;

const FILLED: &str = r#"

def filled(code):
    """JavaScript with values in the place of their names; any other ${…} is JavaScript's own."""

    def known(match):
        name = match.group(1)
        given = values.get(name, os.environ.get(f"PROSCENIUM_VAR_{name}"))
        if given is None:
            return match.group(0)
        try:
            return json.dumps(given) if isinstance(json.loads(given), str) else given
        except ValueError:
            return json.dumps(given)

    return re.sub(r"\$\{([A-Za-z_][A-Za-z_0-9]*)\}", known, code)
"#;

const ROUNDS: &str = r#"

def rounds(given):
    """A number of rounds."""
    if not given.strip().isdecimal():
        raise ValueError(f"{given!r} is no number of rounds")
    return int(given)
"#;

const WITHIN: &str = r#"

def within(driver, limit, judge):
    """Whether something becomes true in so many seconds."""
    try:
        return WebDriverWait(driver, limit).until(judge)
    except TimeoutException:
        return False
"#;

const SAYS: &str = r#"

def says(driver, by, selector, judge):
    """Whether an element is there and says what it should."""
    return any(judge(" ".join(one.text.split())) for one in driver.find_elements(by, selector)[:1])
"#;

const HAS: &str = r#"

def has(driver, by, selector, judge):
    """Whether a field is there and holds what it should."""
    return any(judge(one.get_property("value")) for one in driver.find_elements(by, selector)[:1])
"#;
