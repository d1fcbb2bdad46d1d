//! Functions that exported steps call, each written where it is used. Types stand between `‹` and `›`: TypeScript has
//! them, JavaScript has not.

/// Whether a file has types.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Types {
    Written,
    Unknown,
}

/// The functions that `body` needs. `values` is how the file begins with no values of its own.
pub(in super::super) fn helpers(body: &str, types: Types, values: &str) -> String {
    let mut needed: Vec<&str> = Vec::new();
    let mut text = body.to_owned();
    // Those further down may be called by those further up.
    for (call, helper) in HELPERS {
        if text.contains(call) {
            needed.push(helper);
            text.push_str(helper);
        }
    }
    let keeps = text.contains("values[");
    if text.contains("value(") {
        needed.push(if keeps { KEPT_VALUE } else { VALUE });
    }
    if keeps {
        needed.push(values);
    }
    needed.reverse();
    typed(&needed.concat(), types)
}

fn typed(text: &str, types: Types) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('‹') {
        let (types_of, behind) = after.split_once('›').unwrap_or((after, ""));
        out.push_str(before);
        if types == Types::Written {
            out.push_str(types_of);
        }
        rest = behind;
    }
    out.push_str(rest);
    out
}

/// Values of variables come from where `proscenium run` takes them.
const VALUE: &str = r#"
function value(name‹: string›)‹: string› {
  const given = process.env[`PROSCENIUM_VAR_${name}`];
  if (given === undefined) throw new Error(`set PROSCENIUM_VAR_${name}`);
  return given;
}
"#;

const KEPT_VALUE: &str = r#"
function value(name‹: string›)‹: string› {
  const given = values[name] ?? process.env[`PROSCENIUM_VAR_${name}`];
  if (given === undefined) throw new Error(`set PROSCENIUM_VAR_${name}`);
  return given;
}
"#;

/// What is called, and the function.
const HELPERS: [(&str, &str); 10] = [
    ("truth(", TRUTH),
    ("await list(", LIST),
    ("await result(", RESULT),
    ("filled(", FILLED),
    ("= rounds(", ROUNDS),
    ("await within(", WITHIN),
    ("await says(", SAYS),
    ("await has(", HAS),
    ("await judged(", JUDGED),
    ("Scripted", SCRIPTED),
];

/// What evaluates JavaScript: a page, or an element of a frame.
const SCRIPTED: &str = "‹
interface Scripted {
  evaluate(code: string): Promise<unknown>;
}
›";

const TRUTH: &str = r#"
/** Whether JavaScript gives something true in the page. */
async function truth(where‹: Scripted›, code‹: string›)‹: Promise<boolean>› {
  return (await where.evaluate(`(async () => !!(await (\n${filled(code)}\n)))()`))‹ as boolean›;
}
"#;

const LIST: &str = r#"
/** The items of a list in the page, as texts. */
async function list(where‹: Scripted›, code‹: string›)‹: Promise<string[]>› {
  const items = (await where.evaluate(`(async () => [...(await (\n${filled(code)}\n))])()`))‹ as unknown[]›;
  return items.map((item) => (typeof item === "string" ? item : JSON.stringify(item)));
}
"#;

const RESULT: &str = r#"
/** What JavaScript gives in the page, as a text. */
async function result(where‹: Scripted›, code‹: string›)‹: Promise<string>› {
  const given = await where.evaluate(`(async () => await (\n${filled(code)}\n))()`);
  return given === undefined || given === null ? "" : typeof given === "string" ? given : JSON.stringify(given);
}
"#;

const FILLED: &str = r#"
/** JavaScript with values in the place of their names; any other `${…}` is JavaScript's own. */
function filled(code‹: string›)‹: string› {
  return code.replace(/\$\{([A-Za-z_][A-Za-z_0-9]*)\}/g, (whole, name) => {
    const given = values[name] ?? process.env[`PROSCENIUM_VAR_${name}`];
    if (given === undefined) return whole;
    try {
      return typeof JSON.parse(given) === "string" ? JSON.stringify(given) : given;
    } catch {
      return JSON.stringify(given);
    }
  });
}
"#;

const ROUNDS: &str = r#"
/** A number of rounds. */
function rounds(given‹: string›)‹: number› {
  if (!/^\d+$/.test(given.trim())) throw new Error(`${JSON.stringify(given)} is no number of rounds`);
  return Number(given);
}
"#;

const WITHIN: &str = r#"
/** Whether something becomes true in so many milliseconds. */
async function within(limit‹: number›, judge‹: () => Promise<boolean>›)‹: Promise<boolean>› {
  const end = Date.now() + limit;
  for (;;) {
    if (await judge()) return true;
    if (Date.now() > end) return false;
    await new Promise((resume) => setTimeout(resume, 100));
  }
}
"#;

const SAYS: &str = r#"
/** Whether an element is there and says what it should. */
async function says(element‹: Locator›, judge‹: (text: string) => boolean›)‹: Promise<boolean>› {
  return (await element.count()) > 0 && judge((await element.innerText()).replace(/\s+/g, " ").trim());
}
"#;

const HAS: &str = r#"
/** Whether a field is there and holds what it should. */
async function has(element‹: Locator›, judge‹: (text: string) => boolean›)‹: Promise<boolean>› {
  return (await element.count()) > 0 && judge(await element.inputValue());
}
"#;

const JUDGED: &str = r#"
/** Whether an element is there and is as it should be. */
async function judged‹<Wanted>›(element‹: Locator›, judge‹: (element: any, wanted: Wanted) => boolean›, wanted‹: Wanted›)‹: Promise<boolean>› {
  return (await element.count()) > 0 && (await element.evaluate(judge, wanted));
}
"#;
