/**
 * Content signatures: which item of a list a step belonged to, by what the item says.
 * Generic selectors match every item; the signature picks the right one.
 */

import { quote } from "./selectors/attribute";
import { byCss } from "./selectors/css";
import type { Pass } from "./selectors/pass";
import { elementText, sameLetters } from "./text";
import { flatAncestors } from "./tree";
import type { ContentSignature } from "./types";

/** The list item that the signature describes, when exactly one fits. */
export function findItem(pass: Pass, signature: ContentSignature): Element | null {
  const list = signature.listContainer;
  const container = typeof list === "string" ? list : list?.selector;
  const itemCss = typeof list === "string" ? ":scope > *" : (list?.itemSelector ?? ":scope > *");
  if (!container) return null;
  const items = byCss(pass, container).flatMap((box) => [...box.querySelectorAll(itemCss)]);
  const print = signature.contentFingerprint ?? {};
  const tests: [unknown, (item: Element, wanted: string) => boolean][] = [
    [print.dataId, (item, wanted) => dataId(item) === wanted],
    [print.heading, (item, wanted) => sameLetters(headingOf(item), wanted)],
    [print.linkHref, (item, wanted) => item.querySelector(`a[href=${quote(wanted)}]`) !== null],
    [print.imageSrc, (item, wanted) => item.querySelector(`img[src=${quote(wanted)}]`) !== null],
    // Many things cost the same: a price tells items apart only when nothing better was recorded.
    [namesItself(print) ? undefined : print.price, (item, wanted) => elementText(item).includes(wanted)],
  ];
  for (const [wanted, test] of tests) {
    if (typeof wanted !== "string" || wanted === "") continue;
    const found = items.filter((item) => test(item, wanted));
    if (found.length === 1) return found[0] ?? null;
  }
  const index = signature.fallbackPosition;
  // A position proves nothing once the recorded content names something else.
  return index !== undefined && !namesItem(signature) ? (items[index] ?? null) : null;
}

/** Whether the signature says what the item shows, and not only where it stood. */
export function namesItem(signature: ContentSignature): boolean {
  const print = signature.contentFingerprint ?? {};
  return namesItself(print) || says(print, "price");
}

function namesItself(print: Record<string, unknown>): boolean {
  return ["dataId", "heading", "linkHref", "imageSrc"].some((key) => says(print, key));
}

function says(print: Record<string, unknown>, key: string): boolean {
  return typeof print[key] === "string" && print[key] !== "";
}

const itemTags = "li,tr,article,[role=listitem],[role=row],[role=gridcell],[role=option]";

/** Describes the repeated item around an element, or nothing when it does not stand in a list. */
export function signatureOf(element: Element): ContentSignature | undefined {
  const item = itemOf(element);
  const parent = item?.parentElement;
  const container = parent ? cssOf(parent) : null;
  if (!item || !parent || !container) return undefined;
  const itemSelector = item.classList[0] ? `:scope > ${item.localName}.${CSS.escape(item.classList[0])}` : `:scope > ${item.localName}`;
  const siblings = [...parent.querySelectorAll(itemSelector)];
  return {
    elementType: elementType(item),
    listContainer: { selector: container, itemSelector },
    contentFingerprint: fingerprint(item),
    fallbackPosition: siblings.indexOf(item),
  };
}

/** The innermost element around (or of) this one that stands among others of its kind, like a row or a card. */
export function itemOf(element: Element): Element | undefined {
  for (const item of flatAncestors(element)) {
    const parent = item.parentElement;
    if (!parent || item === document.body) return undefined;
    const peers = [...parent.children].filter((other) => other.tagName === item.tagName);
    if (peers.length >= 2 && (item.matches(itemTags) || sharesClass(item, peers))) return item;
  }
  return undefined;
}

function cssOf(parent: Element): string | null {
  if (parent.getRootNode() !== document) return null;
  const own = parent.id
    ? `#${CSS.escape(parent.id)}`
    : [parent.localName, ...[...parent.classList].slice(0, 3).map((name) => `.${CSS.escape(name)}`)].join("");
  return document.querySelectorAll(own).length === 1 ? own : null;
}

function sharesClass(item: Element, peers: Element[]): boolean {
  const own = item.classList[0];
  return own !== undefined && peers.filter((peer) => peer.classList.contains(own)).length > 1;
}

function elementType(item: Element): string {
  if (item.matches("tr,[role=row]")) return "table-row";
  if (item.matches("li,[role=listitem],[role=option]")) return "list-item";
  return item.matches("[role=gridcell]") ? "grid-item" : "card";
}

function fingerprint(item: Element): Record<string, string> {
  const print: Record<string, string> = {};
  const put = (key: string, value: string | null | undefined) => {
    if (value) print[key] = value.slice(0, 200);
  };
  put("heading", headingOf(item));
  put("linkHref", item.querySelector("a[href]")?.getAttribute("href"));
  const image = item.querySelector("img[src]");
  const src = image?.getAttribute("src");
  put("imageSrc", src && !src.startsWith("data:") ? src : undefined);
  put("imageAlt", image?.getAttribute("alt"));
  put("dataId", dataId(item));
  put("price", /[$€£¥]\s?\d[\d.,]*|\d[\d.,]*\s?[$€£¥]/.exec(elementText(item))?.[0]);
  return print;
}

/** The item's heading, or the text of a row's or plain list item's first cell or label. */
export function headingOf(item: Element): string {
  const head = item.querySelector("h1,h2,h3,h4,h5,h6,[role=heading]");
  if (head) return elementText(head);
  const first = item.matches("tr,[role=row]") ? item.firstElementChild : item.querySelector("label");
  return elementText(first ?? item).slice(0, 200);
}

function dataId(item: Element): string | null {
  return item.getAttribute("data-id") ?? item.getAttribute("data-key");
}
