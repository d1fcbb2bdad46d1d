/** Text as a person reads it: whitespace collapsed, scripts and styles left out. */

import { childRoot, holdsShadow } from "./tree";

/** Collapses whitespace (and drops zero-width characters) so that markup layout never matters. */
export function normalize(text: string): string {
  return text.replace(invisible, "").replace(/\s+/g, " ").trim();
}

const invisible = /\u200b|\u200c|\u200d|\u00ad|\ufeff/g;

/** Whether the text holds the lower-case word; a quick test before the exact one. */
export function mentions(text: string, word: string): boolean {
  const folded = text.toLowerCase();
  return folded.includes(word) || (/[\u200b-\u200d\u00ad\ufeff]/.test(folded) && folded.replace(invisible, "").includes(word));
}

/**
 * Whether two texts are the same but for their whitespace. SaveAction's recorder writes `textContent`, in which the texts of blocks
 * that the markup does not separate run into each other: a menu "Lamps" with an entry "Desk" says "LampsDesk".
 */
export function sameLetters(before: string, now: string): boolean {
  return before === now || squeeze(before) === squeeze(now);
}

function squeeze(text: string): string {
  return text.replace(/\s+/g, "");
}

const silent = new Set(["SCRIPT", "STYLE", "NOSCRIPT", "TEMPLATE", "HEAD"]);

/** The text of an element including open shadow roots, whether or not it is visible. */
export function elementText(element: Element): string {
  if (element instanceof HTMLInputElement && /^(submit|button|reset)$/.test(element.type)) {
    return normalize(element.value);
  }
  if (!element.firstElementChild && !element.shadowRoot) return normalize(element.textContent ?? "");
  const parts: string[] = [];
  collect(element, parts);
  return normalize(parts.join(""));
}

/** The text a reader sees: `innerText` for the light tree, shadow text when there is a root. */
export function visibleText(element: Element): string {
  if (element instanceof HTMLElement && !holdsShadow(element)) return normalize(element.innerText ?? "");
  return elementText(element);
}

/** The text a reader sees, and none when the element is not drawn: `innerText` then gives what is written there. */
export function shownText(element: Element): string {
  const isDrawn = element.getClientRects().length > 0 || element.localName === "option" || drawsContent(element);
  return isDrawn ? visibleText(element) : "";
}

function drawsContent(element: Element): boolean {
  const content = document.createRange();
  content.selectNodeContents(element);
  return content.getClientRects().length > 0;
}

/** Shortens text for messages and step titles. */
export function clip(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}

function collect(node: Node, parts: string[]): void {
  if (node instanceof Text) {
    parts.push(node.data);
    return;
  }
  if (node instanceof Element) {
    if (silent.has(node.tagName)) return;
    if (node.tagName === "BR") parts.push(" ");
    const root = childRoot(node);
    if (root) {
      for (const child of root.childNodes) collect(child, parts);
    }
    if (node instanceof HTMLSlotElement && node.assignedNodes().length > 0) return;
  }
  const block = node instanceof Element && blocks.has(node.tagName);
  if (block) parts.push(" ");
  for (const child of node.childNodes) collect(child, parts);
  if (block) parts.push(" ");
}

const blocks = new Set(
  "ADDRESS ARTICLE ASIDE BLOCKQUOTE DD DIV DL DT FIELDSET FIGCAPTION FIGURE FOOTER FORM H1 H2 H3 H4 H5 H6 HEADER HR LI MAIN NAV OL OPTION P PRE SECTION TABLE TBODY TD TFOOT TH THEAD TR UL".split(
    " ",
  ),
);
