// What every document of the corpus runs at its end: it takes its elements' identities out of the markup, so that no
// selector can see them, notes which element receives an input, and changes one element as the address says.

const asked = new URLSearchParams(top.location.search);
const identities = new WeakMap();
const named = new Map();
const rootsIn = (root) => [root, ...[...root.querySelectorAll("*")].flatMap((e) => (e.shadowRoot ? rootsIn(e.shadowRoot) : []))];

for (const root of rootsIn(document)) {
  for (const element of root.querySelectorAll("[data-who]")) {
    identities.set(element, element.dataset.who);
    named.set(element.dataset.who, element);
    delete element.dataset.who;
  }
}

/** Whom an event reached, and what that element holds now; the last of several notes about one element counts. */
function noteOf(event) {
  const path = event.composedPath();
  const known = path.map((node) => (node.localName === "label" ? (node.control ?? node) : node)).find((node) => identities.has(node));
  if (!known) return `other: ${path[0].outerHTML?.slice(0, 100)}`;
  const who = identities.get(known);
  if (/^(checkbox|radio)$/.test(known.type)) return `${who}=${known.checked}`;
  return /^(input|textarea|select)$/.test(known.localName) ? `${who}=${known.value}` : who;
}

top.acted ??= [];
for (const type of ["click", "contextmenu", "input"]) {
  addEventListener(type, (event) => {
    if (event.composedPath().some((node) => node.localName === "a")) event.preventDefault();
    if (type !== "input" && !event.isTrusted) return;
    const note = noteOf(event);
    const about = (line) => line.split("=")[0];
    if (top.acted.length > 0 && about(top.acted.at(-1)) === about(note)) top.acted.pop();
    top.acted.push(note);
  });
}
addEventListener("submit", (event) => event.preventDefault(), true);

/** The middle of an element in the viewport of the page, for the person who records. */
function placeOf(who) {
  const element = named.get(who);
  element.scrollIntoView({ block: "center" });
  const box = element.getBoundingClientRect();
  const at = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  for (let view = window; view !== top; view = view.parent) {
    const owner = view.frameElement.getBoundingClientRect();
    at.x += owner.x + view.frameElement.clientLeft;
    at.y += owner.y + view.frameElement.clientTop;
  }
  return at;
}

/** What was true of an element before it went, for those who looked at it in time. */
const remembered = new Map();

function textOf(element) {
  return element.isConnected && element.checkVisibility({ visibilityProperty: true }) ? element.innerText.trim() : null;
}

/** Whether the element itself, however it is found, is there and says so, or did until it went. */
function said(who, text) {
  return textOf(named.get(who)) === text || remembered.get(who) === text;
}

function goSoon(element) {
  setTimeout(() => {
    for (const [who, other] of named) if (element.contains(other)) remembered.set(who, textOf(other));
    element.remove();
  }, 40);
}

const make = (tag, style = "") => Object.assign(document.createElement(tag), { style });
const homeOf = (e) => (e.getRootNode() === document ? document.body : e.getRootNode());
const labelOf = (e) => e.labels?.[0] ?? null;
const unitOf = (e) => e.closest("li,tr,article") ?? e.closest("p,label") ?? e;
const wholeOf = (e) => e.closest("label") ?? e;
const isAlike = (a, b) => b && b.localName === a.localName;
const neighbourOf = (e) => [e.nextElementSibling, e.previousElementSibling].find((other) => isAlike(e, other));
const onTop = "position:fixed;z-index:2147483000;background:#888c;";

/** Another element of the same looks, which is nobody yet. */
function copyOf(element) {
  const copy = element.cloneNode(true);
  for (const name of ["id", "name", "data-testid", "title"]) copy.removeAttribute(name);
  if (copy.href) copy.href = "#elsewhere";
  return copy;
}

/** The same once more, as a list that is drawn twice has it: only ids stay ids. */
function twinOf(element) {
  const twin = element.cloneNode(true);
  for (const part of [twin, ...twin.querySelectorAll("*")]) {
    if (part.id && part.localName !== "button") part.id += "-2";
    if (part.htmlFor) part.htmlFor += "-2";
  }
  return twin;
}

function say(element, words) {
  const label = labelOf(element);
  const texts = document.createTreeWalker(label ?? element, NodeFilter.SHOW_TEXT);
  let text = texts.nextNode();
  while (text && !text.data.trim()) text = texts.nextNode();
  if (element.ariaLabel) element.ariaLabel = words;
  if (element.placeholder) element.placeholder = words;
  if (text) text.data = words;
}

function swap(one, other) {
  const mark = make("i");
  one.replaceWith(mark);
  other.replaceWith(one);
  mark.replaceWith(other);
}

function become(element, tag) {
  const next = make(tag);
  for (const { name, value } of element.attributes) if (name !== "type") next.setAttribute(name, value);
  if (tag === "a") next.href = "#";
  next.append(...element.childNodes);
  element.replaceWith(next);
  identities.set(next, identities.get(element));
  named.set(identities.get(element), next);
}

function cover(ms) {
  const veil = top.document.createElement("div");
  veil.style = `${onTop}inset:0`;
  top.document.body.append(veil);
  if (ms) setTimeout(() => veil.remove(), ms);
}

/** Puts an element over another one, wherever that is from now on. */
function follow(veil, element) {
  const draw = () => {
    const { x, y, width, height } = element.getBoundingClientRect();
    veil.style = `${onTop}margin:0;left:${x}px;top:${y}px;width:${width}px;height:${height}px`;
    requestAnimationFrame(draw);
  };
  draw();
}

/** What the makers of a page do to one element, by the names of `mutations.rs`; the last word is what it may be called. */
const mutations = {
  unchanged: () => {},
  "id renamed": (t) => {
    const label = labelOf(t);
    t.id = `${t.id || "el"}-7`;
    if (label?.htmlFor) label.htmlFor = t.id;
  },
  "test id and name renamed": (t) => {
    if (t.dataset.testid) t.dataset.testid = "qa-7";
    if (t.name) t.name = "f7";
  },
  relabelled: (t, words) => say(t, words),
  "relabelled, ids renamed": (t, words) => {
    say(t, words);
    for (const name of ["id renamed", "test id and name renamed"]) mutations[name](t);
  },
  moved: (t) => {
    const place = make("section");
    homeOf(t).prepend(place);
    place.append(t);
  },
  "swapped with its neighbour": (t) => {
    const unit = neighbourOf(t) ? t : unitOf(t);
    const other = neighbourOf(unit);
    if (other) swap(unit, other);
  },
  "its row swapped": (t) => {
    const other = neighbourOf(unitOf(t));
    if (other) swap(unitOf(t), other);
  },
  late: (t) => {
    const mark = make("i");
    t.replaceWith(mark);
    setTimeout(() => mark.replaceWith(t), 300);
  },
  "its row late": (t) => {
    const mark = make("i");
    const unit = unitOf(t);
    unit.replaceWith(mark);
    setTimeout(() => mark.replaceWith(unit), 300);
  },
  "doubled behind it": (t) => wholeOf(t).after(twinOf(wholeOf(t))),
  "doubled before it": (t) => wholeOf(t).before(twinOf(wholeOf(t))),
  "its row doubled before it": (t) => unitOf(t).before(twinOf(unitOf(t))),
  "other type": (t) => {
    if (/^(a|button)$/.test(t.localName)) become(t, t.localName === "a" ? "button" : "a");
    else if (t.type === "checkbox") t.type = "radio";
    else if (t.localName === "input") become(t, "textarea");
    else if (t.localName !== "select") become(t, "em");
  },
  "other role": (t) => t.setAttribute("role", t.localName === "button" ? "link" : "button"),
  wrapped: (t) => {
    const outer = make("div");
    t.replaceWith(outer);
    outer.append(make("div"));
    outer.firstChild.append(t);
  },
  "covered at first": () => cover(300),
  "pushed down again and again": (t) => {
    let left = 12;
    const push = () => {
      homeOf(t).prepend(make("div", "height:17px"));
      if (--left > 0) setTimeout(push, 60);
    };
    push();
  },
  trembling: (t) =>
    t.animate([{ transform: "none" }, { transform: "translateX(40px)" }], { duration: 200, iterations: Infinity, direction: "alternate" }),
  deleted: (t) => t.remove(),
  "its row deleted": (t) => unitOf(t).remove(),
  "deleted soon": (t) => goSoon(t),
  "its row deleted soon": (t) => goSoon(unitOf(t)),
  "another in its place": (t) => {
    const copy = copyOf(t);
    const label = labelOf(t);
    t.replaceWith(copy);
    if (label && !label.contains(copy)) {
      copy.id = "el-9";
      label.htmlFor = "el-9";
    }
    say(copy, "Delete everything");
  },
  "its opposite in its place": (t, words) => {
    const copy = copyOf(t);
    t.replaceWith(copy);
    say(copy, `Do not ${words.toLowerCase()}`);
  },
  hidden: (t) => {
    t.style.display = "none";
  },
  invisible: (t) => {
    t.style.visibility = "hidden";
  },
  "without a size": (t) => {
    t.style.cssText = "width:0;height:0;padding:0;border:0;overflow:hidden;appearance:none;display:inline-block;min-height:0";
  },
  "off the screen": (t) => {
    t.style.cssText = "position:absolute;left:-9999px";
  },
  covered: () => cover(),
  "covered by a veil": (t) => {
    const veil = make("div");
    homeOf(t).append(veil);
    follow(veil, t);
  },
  "covered by its neighbour": (t) => {
    const other = neighbourOf(t) ?? neighbourOf(unitOf(t));
    if (other) follow(other, t);
  },
  disabled: (t) => {
    t.disabled = true;
    t.ariaDisabled = "true";
  },
  "in a disabled group": (t) => {
    const group = make("fieldset");
    group.disabled = true;
    t.replaceWith(group);
    group.append(t);
  },
  "read only": (t) => {
    t.readOnly = true;
  },
  inert: (t) => {
    t.inert = true;
  },
  "without pointer events": (t) => {
    t.style.pointerEvents = "none";
  },
};

const changed = named.get(asked.get("of"));
if (changed) mutations[asked.get("change")](changed, asked.get("words") || "Something else");

globalThis.truth = { placeOf, said };
