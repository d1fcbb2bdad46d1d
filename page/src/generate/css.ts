/** CSS paths: the shortest one that is unique in its root, ids and attributes before classes before places. */

import { quote, testIdAttributes } from "../selectors/attribute";
import { isGenerated, isStateClass } from "../stable_token";

/** A selector unique in the element's own root, with `>>>` from each shadow host. */
export function cssPath(element: Element): string {
  const root = element.getRootNode();
  const own = pathInRoot(element, root as Document | ShadowRoot);
  return root instanceof ShadowRoot ? `${cssPath(root.host)} >>> ${own}` : own;
}

/** Classes worth using: neither generated nor a state, at most `limit`. */
export function stableClasses(element: Element, limit: number): string[] {
  return [...element.classList].filter((name) => !isGenerated(name) && !isStateClass(name) && !/[:[\]/]/.test(name)).slice(0, limit);
}

function pathInRoot(element: Element, root: Document | ShadowRoot): string {
  let path = "";
  for (let at: Element | null = element; at; at = at.parentElement) {
    const options = compounds(at);
    for (const option of options) {
      const candidate = path ? `${option} > ${path}` : option;
      if (isUnique(root, candidate, element)) return candidate;
    }
    // Nothing is unique yet: keep the most telling compound, made exact among its siblings.
    const best = exactAmongSiblings(at, options);
    path = path ? `${best} > ${path}` : best;
    if (isUnique(root, path, element)) return path;
  }
  return path;
}

const telling = ["name", "type", "role", "for", "href", "aria-label", "placeholder", "alt", "title", "value"];

/** The ways to name one element, best first. */
function compounds(element: Element): string[] {
  const tag = CSS.escape(element.localName);
  const found: string[] = [];
  for (const name of testIdAttributes) {
    const value = element.getAttribute(name);
    if (value) found.push(`[${name}=${quote(value)}]`);
  }
  if (element.id && !isGenerated(element.id)) found.push(`#${CSS.escape(element.id)}`);
  for (const name of telling) {
    const value = element.getAttribute(name);
    if (name === "value" && !/^(radio|checkbox)$/.test((element as HTMLInputElement).type ?? "")) continue;
    if (value && value.length <= 80 && !/^(#|javascript:)/.test(value)) {
      found.push(`${tag}[${name}=${quote(value)}]`);
    }
  }
  const classes = stableClasses(element, 3);
  for (let count = 1; count <= classes.length; count++) {
    found.push(
      tag +
        classes
          .slice(0, count)
          .map((name) => `.${CSS.escape(name)}`)
          .join(""),
    );
  }
  found.push(tag);
  return found;
}

function exactAmongSiblings(element: Element, options: string[]): string {
  const siblings = [...(element.parentNode?.children ?? [element])];
  for (const option of options) {
    if (siblings.filter((sibling) => sibling.matches(option)).length === 1) return option;
  }
  const sameTag = siblings.filter((sibling) => sibling.localName === element.localName);
  return `${CSS.escape(element.localName)}:nth-of-type(${sameTag.indexOf(element) + 1})`;
}

function isUnique(root: Document | ShadowRoot, css: string, element: Element): boolean {
  const found = root.querySelectorAll(css);
  return found.length === 1 && found[0] === element;
}
