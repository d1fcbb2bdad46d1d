/** XPath expressions for elements of the light tree. */

import { isGenerated } from "../stable_token";
import { normalize } from "../text";

/** A short expression from an id, name or text, otherwise a path from the nearest stable id. */
export function xpathOf(element: Element): string {
  const tag = step(element);
  const text = normalize(element.textContent ?? "");
  const direct = [
    element.id && !isGenerated(element.id) ? `//${tag}[@id=${literal(element.id)}]` : "",
    element.getAttribute("name") ? `//${tag}[@name=${literal(element.getAttribute("name") ?? "")}]` : "",
    text && text.length < 60 && element.childElementCount === 0 ? `//${tag}[normalize-space()=${literal(text)}]` : "",
  ];
  for (const expression of direct) if (expression && isUnique(expression, element)) return expression;
  let path = "";
  for (let at: Element | null = element; at; at = at.parentElement) {
    if (at !== element && at.id && !isGenerated(at.id)) {
      const anchored = `//${step(at)}[@id=${literal(at.id)}]${path}`;
      if (isUnique(anchored, element)) return anchored;
    }
    path = `/${indexed(at)}${path}`;
  }
  return path;
}

/** The path from the document, every step with its index. */
export function absoluteXPath(element: Element): string {
  let path = "";
  for (let at: Element | null = element; at; at = at.parentElement) {
    path = (at === document.documentElement ? `/${step(at)}` : `/${step(at)}[${indexOf(at)}]`) + path;
  }
  return path;
}

function indexed(element: Element): string {
  const parent = element.parentElement;
  const same = parent ? [...parent.children].filter((other) => other.localName === element.localName) : [];
  return same.length > 1 ? `${step(element)}[${indexOf(element)}]` : step(element);
}

function indexOf(element: Element): number {
  let index = 1;
  for (let at = element.previousElementSibling; at; at = at.previousElementSibling) {
    if (at.localName === element.localName) index++;
  }
  return index;
}

/** Elements of SVG and MathML have a namespace, which a bare name does not match. */
function step(element: Element): string {
  return element.namespaceURI === "http://www.w3.org/1999/xhtml" ? element.localName : `*[local-name()=${literal(element.localName)}]`;
}

function literal(text: string): string {
  if (!text.includes('"')) return `"${text}"`;
  if (!text.includes("'")) return `'${text}'`;
  return `concat(${text
    .split('"')
    .map((part) => `"${part}"`)
    .join(`, '"', `)})`;
}

function isUnique(expression: string, element: Element): boolean {
  const result = document.evaluate(expression, document, null, XPathResult.ORDERED_NODE_SNAPSHOT_TYPE);
  return result.snapshotLength === 1 && result.snapshotItem(0) === element;
}
