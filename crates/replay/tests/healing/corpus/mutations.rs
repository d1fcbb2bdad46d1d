//! What the makers of a page do to it between the recording and the run, as scripts of the page.

use super::pages::Target;

/// A change of the page.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Mutation {
    pub(crate) name: &'static str,
    /// The script; `t` is the recorded element, `LABEL` what it may be called now.
    script: &'static [&'static str],
    /// Whether the recorded element is still there in any form.
    pub(crate) keeps: bool,
}

const IDS: &str = "renameIds();";
const TEST_IDS: &str = "all('[data-testid]').forEach((e, i) => e.dataset.testid = 'qa-' + i);";
const NAMES: &str = "all('input,select,textarea').forEach((e, i) => e.name && (e.name = 'f' + i));";
const CLASSES: &str = "all('[class]').forEach((e, i) => e.className = 'c' + i + 'x');";
const WRAP: &str = "const outer = make('div'); t.replaceWith(outer); outer.append(make('div')); outer.firstChild.append(t);";
const FRAME: &str = "const main = make('div'); main.append(...[...document.body.childNodes].filter((n) => n.localName !== 'script')); const shell = make('div'); shell.append(main); document.body.prepend(make('aside'), shell);";
const RELABEL: &str = "say(t, LABEL);";
const SWAP: &str =
    "if (/^(A|BUTTON)$/.test(t.tagName)) become(t, t.tagName === 'A' ? 'button' : 'a');";
const REVERSE: &str = "t.parentElement.append(...[...t.parentElement.children].reverse());";
const TRANSLATE_AROUND: &str = "texts().filter((n) => !holds(n)).forEach((n) => n.data = n.data.replace(/[a-z]+/gi, (w) => [...w].reverse().join('')));";
const TRANSLATE: &str = "texts().forEach((n) => n.data = n.data.replace(/[a-z]+/gi, (w) => [...w].reverse().join(''))); all('[aria-label],[placeholder]').forEach((e) => { e.ariaLabel = e.ariaLabel && 'gsd'; e.placeholder &&= 'xyz'; });";
const ADD_ROWS: &str = "const item = itemOf(t); if (item) { const more = item.cloneNode(true); plain(more); texts(more).forEach((n) => n.data = n.data.replace(/[A-Z][a-z]+/, 'Zora')); item.before(more); }";
const DELETE: &str = "(t.closest('label') ?? t).remove();";
const DELETE_ITEM: &str = "(itemOf(t) ?? t.closest('label') ?? t).remove();";
const DELETE_OTHERS: &str = "const own = itemOf(t); if (own) [...own.parentElement.children].filter((e) => e !== own).slice(1).forEach((e) => e.remove()); (own ?? t.closest('label') ?? t).remove();";
const TWIN: &str =
    "const twin = t.cloneNode(true); plain(twin); other(twin); t.parentElement.append(twin);";
const OTHER_WORD: &str = "say(t, 'Delete everything'); other(t); plain(t);";
const OPPOSITE: &str =
    "say(t, 'Do not ' + (t.ariaLabel || t.innerText || 'use').toLowerCase()); other(t); plain(t);";
const HIDE: &str = "(t.closest('label') ?? t).style.display = 'none'; plain(t);";
const DISABLE: &str = "t.disabled = true; t.ariaDisabled = 'true'; plain(t);";
const STRIP: &str = "all('*').forEach((e) => ['id', 'class', 'data-testid', 'title', 'data-id'].forEach((a) => (a === 'id' && forLabel(e)) || e.removeAttribute(a)));";

const fn keeps(name: &'static str, script: &'static [&'static str]) -> Mutation {
    Mutation {
        name,
        script,
        keeps: true,
    }
}

const fn ends(name: &'static str, script: &'static [&'static str]) -> Mutation {
    Mutation {
        name,
        script,
        keeps: false,
    }
}

/// Single changes, redesigns that make all of them at once, and changes after which the element is no more.
pub(crate) const MUTATIONS: [Mutation; 26] = [
    keeps("ids renamed", &[IDS]),
    keeps(
        "test ids, names, classes renamed",
        &[TEST_IDS, NAMES, CLASSES],
    ),
    keeps("wrapped", &[WRAP]),
    keeps("siblings reversed", &[REVERSE]),
    keeps("tag swapped", &[SWAP]),
    keeps("relabelled", &[RELABEL]),
    keeps("rows added", &[ADD_ROWS]),
    keeps("around it translated", &[TRANSLATE_AROUND]),
    keeps("relabelled, ids renamed", &[RELABEL, IDS, TEST_IDS]),
    keeps("relabelled, names kept", &[RELABEL, IDS, TEST_IDS, WRAP]),
    keeps("redesigned", &[IDS, TEST_IDS, NAMES, CLASSES, FRAME, WRAP]),
    keeps(
        "redesigned, relabelled",
        &[RELABEL, IDS, TEST_IDS, NAMES, CLASSES, FRAME, WRAP],
    ),
    keeps(
        "redesigned, relabelled, tag swapped",
        &[RELABEL, SWAP, IDS, TEST_IDS, NAMES, CLASSES, FRAME],
    ),
    keeps(
        "redesigned, relabelled, reversed",
        &[RELABEL, IDS, TEST_IDS, NAMES, CLASSES, REVERSE, FRAME],
    ),
    keeps(
        "redesigned, relabelled, rows added",
        &[RELABEL, ADD_ROWS, IDS, TEST_IDS, NAMES, FRAME],
    ),
    keeps("stripped, relabelled", &[RELABEL, STRIP, WRAP]),
    keeps("everything translated", &[TRANSLATE, IDS, NAMES]),
    ends("deleted", &[DELETE]),
    ends(
        "deleted, redesigned",
        &[DELETE, IDS, TEST_IDS, NAMES, CLASSES, FRAME],
    ),
    ends("item deleted", &[DELETE_ITEM]),
    ends(
        "item deleted, redesigned",
        &[DELETE_ITEM, IDS, TEST_IDS, NAMES, CLASSES, FRAME],
    ),
    ends("item deleted, one left", &[DELETE_OTHERS, IDS, TEST_IDS]),
    ends(
        "became another, same place",
        &[OTHER_WORD, IDS, TEST_IDS, NAMES],
    ),
    ends("became its opposite", &[OPPOSITE, IDS, TEST_IDS, NAMES]),
    ends(
        "hidden, twin of another name",
        &[
            TWIN,
            "say(t.parentElement.lastElementChild, 'Quick ' + LABEL);",
            HIDE,
            IDS,
            TEST_IDS,
            NAMES,
        ],
    ),
    ends(
        "disabled, redesigned",
        &[DISABLE, RELABEL, IDS, TEST_IDS, NAMES, CLASSES, FRAME],
    ),
];

/// What the scripts share: the marked element is the recorded one, `plain` takes the mark away.
const TOOLS: &str = r#"
const t = document.querySelector('[data-is]');
const all = (css) => [...document.body.querySelectorAll(css)];
const make = (tag) => document.createElement(tag);
const forLabel = (e) => e.id && document.querySelector(`label[for="${e.id}"]`);
const plain = (e) => [e, ...e.querySelectorAll('[data-is]')].forEach((one) => one.removeAttribute('data-is'));
const texts = (root = document.body) => {
  const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT), found = [];
  while (walk.nextNode()) if (walk.currentNode.data.trim() && walk.currentNode.parentElement.localName !== 'script') found.push(walk.currentNode);
  return found;
};
// What leads elsewhere or asks for something else is another element, whatever else it keeps.
const other = (e) => {
  if (e.href) e.href = '/elsewhere';
  if (e.placeholder) e.placeholder = 'Something else';
};
const labelOf = (e) => e.labels?.[0] ?? null;
const holds = (n) => t.contains(n) || labelOf(t)?.contains(n);
const itemOf = (e) => e.closest('tbody tr, li, article');
const renameIds = () => all('[id]').forEach((e, i) => {
  const label = forLabel(e);
  e.id = 'el-' + i;
  if (label) label.htmlFor = e.id;
});
const say = (e, word) => {
  if (!word) return;
  const label = labelOf(e);
  if (label && e.localName !== 'button') texts(label)[0].data = ' ' + word + ' ';
  else if (e.ariaLabel) e.ariaLabel = word;
  else if (e.placeholder) e.placeholder = word;
  else if (e.localName === 'input') e.value = word;
  else e.textContent = word;
};
const become = (e, tag) => {
  const other = make(tag);
  for (const { name, value } of e.attributes) if (name !== 'href' && name !== 'type') other.setAttribute(name, value);
  if (tag === 'a') other.href = '/elsewhere';
  other.append(...e.childNodes);
  e.replaceWith(other);
};
"#;

impl Mutation {
    /// The script for one element, as it stands at the end of the page.
    pub(crate) fn script_for(&self, target: &Target) -> String {
        let steps: String = self
            .script
            .iter()
            .map(|step| {
                format!("{{ const t = document.querySelector('[data-is]') ?? first; {step} }}\n")
            })
            .collect();
        format!(
            "{TOOLS}const first = t; const LABEL = {:?};\n{steps}",
            target.relabelled
        )
    }
}
