/** The `text` strategy (exact) and SaveAction's `text-content` (exact, otherwise contained). */

import { elementText, mentions, normalize, sameLetters } from "../text";
import type { Pass } from "./pass";

const silent = /^(HEAD|SCRIPT|STYLE|NOSCRIPT|TEMPLATE|TITLE|META|LINK)$/;
const inputButtons = "input[type=submit],input[type=button],input[type=reset]";

/** The smallest elements whose whole text is the value; the button or link, when they are all that it says. */
export function byText(pass: Pass, value: string): Element[] {
  const wanted = normalize(value);
  const found = smallest(pass, wanted, (text) => text === wanted).map((element) => {
    const control = element.closest(controls);
    return control && elementText(control) === wanted ? control : element;
  });
  return [...new Set(found)];
}

const controls = "button,a[href],summary,option,[role=button],[role=link],[role=menuitem],[role=option],[role=tab]";

/** Exact text first, then the same letters; without any, the smallest elements that contain it in any letter case. */
export function byTextContent(pass: Pass, value: string, context: string | undefined): Element[] {
  const wanted = normalize(value);
  const exact = within(byText(pass, wanted), context);
  if (exact.length > 0) return exact;
  const joined = within(smallest(pass, wanted, sameLetters), context);
  if (joined.length > 0) return joined;
  pass.loosened = true;
  const folded = wanted.toLowerCase();
  return within(
    smallest(pass, folded, (text, part) => text.toLowerCase().includes(part)),
    context,
  );
}

function smallest(pass: Pass, wanted: string, matches: (text: string, wanted: string) => boolean): Element[] {
  if (!wanted) return [];
  const first = wanted.split(" ")[0]?.toLowerCase() ?? "";
  const found: Element[] = [];
  // Text that is not in `textContent`: in shadow trees, and in buttons made of inputs.
  const elsewhere = [...pass.roots.slice(1).map((root) => (root as ShadowRoot).host), ...pass.query(inputButtons)];
  const walk = (element: Element): boolean => {
    if (silent.test(element.tagName)) return false;
    const possible = mentions(element.textContent ?? "", first) || elsewhere.some((other) => element.contains(other));
    if (!possible) return false;
    let deeper = false;
    for (const child of element.children) deeper = walk(child) || deeper;
    if (deeper) return true;
    if (/^(HTML|BODY)$/.test(element.tagName) || !matches(elementText(element), wanted)) return false;
    found.push(element);
    return true;
  };
  for (const root of pass.roots) for (const child of root.children) walk(child);
  // A host whose shadow tree holds the match is not the smallest element.
  if (pass.roots.length === 1) return found;
  return found.filter((element) => !found.some((other) => other !== element && insideShadow(element, other)));
}

function insideShadow(host: Element, inner: Element): boolean {
  for (let root = inner.getRootNode(); root instanceof ShadowRoot; root = root.host.getRootNode()) {
    if (root.host === host || host.contains(root.host)) return true;
  }
  return false;
}

/** The context is the parent's class list; one that no longer exists must not hide the text. */
function within(elements: Element[], context: string | undefined): Element[] {
  const classes = context?.split(/[\s.]+/).filter(Boolean) ?? [];
  if (elements.length < 2 || classes.length === 0) return elements;
  const css = classes.map((name) => `.${CSS.escape(name)}`).join("");
  const scoped = elements.filter((element) => element.parentElement?.closest(css));
  return scoped.length > 0 ? scoped : elements;
}
