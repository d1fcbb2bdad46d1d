/**
 * What is kept of an element beside the selectors that were unique, for the day when none of them finds it: what it is,
 * what stands around it, and what else of its kind there was, which it must not be taken for.
 */

import { stableClasses } from "../generate/css";
import { nameOf } from "../name";
import { roleOf } from "../roles";
import { testIdAttributes } from "../selectors/attribute";
import { isSensitive } from "../sensitive";
import { isGenerated } from "../stable_token";
import { typeOf } from "../state";
import { clip, elementText } from "../text";
import { allRoots } from "../tree";
import type { Box } from "../types";
import { boxOf, isVisible } from "../visible";
import { kindOf, mayBe } from "./kind";
import { type Near, nearOf } from "./near";

export interface Fingerprint {
  kind: string;
  role: string;
  name: string;
  tag: string;
  type?: string;
  /** `testId` and attributes by their own names, as far as they say something that lasts. */
  attributes: Record<string, string>;
  classes?: string[];
  near: Near;
  /** The names of the next elements of its kind before and after it. */
  others: string[];
  /** In the document, whatever was scrolled, in CSS pixels. */
  place: Box;
}

/** Attributes that name an element or say what it is for. */
const telling = ["id", "name", "placeholder", "aria-label", "title", "alt", "autocomplete"];
/** How many others are kept on either side. */
const most = 10;
const longest = 60;

export function fingerprintOf(element: Element): Fingerprint {
  const kind = kindOf(element);
  const classes = stableClasses(element, 4);
  return {
    kind,
    role: roleOf(element),
    name: clip(nameIn(element), 100),
    tag: element.localName,
    ...typeOf(element),
    attributes: lasting(element),
    ...(classes.length > 0 ? { classes } : {}),
    near: nearOf(element),
    others: othersOf(element, kind),
    place: placeOf(element),
  };
}

/** What an element is called; what only shows its text is called by it. */
export function nameIn(element: Element): string {
  const name = nameOf(element);
  if (name || isSensitive(element) || element.matches("input,select,textarea,[contenteditable]")) return name;
  const text = elementText(element);
  return text.length <= 200 ? text : "";
}

export function lasting(element: Element): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const name of testIdAttributes) {
    const value = element.getAttribute(name);
    if (value && !kept.testId) kept.testId = clip(value, longest);
  }
  for (const name of telling) {
    const value = element.getAttribute(name)?.trim();
    if (!value || ((name === "id" || name === "name") && isGenerated(value))) continue;
    kept[name] = clip(value, longest);
  }
  const path = element instanceof HTMLAnchorElement ? pathOf(element) : "";
  if (path) kept.href = clip(path, 120);
  return kept;
}

/** Where a link leads, without the parameters, which change. */
function pathOf(link: HTMLAnchorElement): string {
  const written = link.getAttribute("href") ?? "";
  if (/^(#|javascript:|data:|blob:|$)/i.test(written) || !URL.canParse(written, document.baseURI)) return "";
  return new URL(written, document.baseURI).pathname;
}

export function placeOf(element: Element): Box {
  const { x, y, width, height } = boxOf(element);
  const whole = (value: number) => Math.round(value);
  return { x: whole(x + scrollX), y: whole(y + scrollY), width: whole(width), height: whole(height) };
}

/** Everything visible of a kind, in the order of the document. */
export function allOf(kind: string): Element[] {
  return possible(kind).filter((element) => kindOf(element) === kind && isVisible(element));
}

function possible(kind: string): Element[] {
  return allRoots().flatMap((root) => [...root.querySelectorAll(mayBe(kind))]);
}

/** Looks outwards from the element, so that a long page costs no more than a short one. */
function othersOf(element: Element, kind: string): string[] {
  const all = possible(kind);
  const at = all.indexOf(element);
  const names: string[] = [];
  for (const step of [-1, 1]) {
    let seen = 0;
    for (let i = at + step; seen < most && i >= 0 && i < all.length; i += step) {
      const other = all[i];
      if (!other || kindOf(other) !== kind || !isVisible(other)) continue;
      seen++;
      names.push(clip(nameIn(other), longest));
    }
  }
  return [...new Set(names)].filter(Boolean);
}
