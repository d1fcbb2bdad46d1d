/** The `text` strategy (exact) and SaveAction's `text-content` (exact, otherwise contained). */

import { elementText, mentions, normalize } from "../text";
import type { Pass } from "./pass";

const skipped = "html,head,head *,body,script,style,noscript,template,title,meta,link";

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

/** Exact text first; without any, the smallest elements that contain it in any letter case. */
export function byTextContent(pass: Pass, value: string, context: string | undefined): Element[] {
  const wanted = normalize(value);
  const exact = within(byText(pass, wanted), context);
  if (exact.length > 0) return exact;
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
  for (const root of pass.roots) {
    // Down from the top only through elements that contain the first word.
    const walk = (element: Element): boolean => {
      if (element.matches(skipped) && element.tagName !== "HTML" && element.tagName !== "BODY") return false;
      if (!element.shadowRoot && !couldContain(element, first)) return false;
      let deeper = false;
      for (const child of element.children) deeper = walk(child) || deeper;
      if (deeper) return true;
      if (element.tagName === "HTML" || element.tagName === "BODY") return false;
      if (!matches(elementText(element), wanted)) return false;
      found.push(element);
      return true;
    };
    for (const child of root.children) walk(child);
  }
  // A host whose shadow tree holds the match is not the smallest element.
  return found.filter((element) => !found.some((other) => other !== element && insideShadow(element, other)));
}

function couldContain(element: Element, word: string): boolean {
  if (element instanceof HTMLInputElement) return element.value.toLowerCase().includes(word);
  if (mentions(element.textContent ?? "", word)) return true;
  // Buttons made of inputs hold their text in the value, hosts in their shadow tree.
  return (
    element.querySelector("input[type=submit],input[type=button],input[type=reset]") !== null ||
    [...element.querySelectorAll("*")].some((inner) => inner.shadowRoot)
  );
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
