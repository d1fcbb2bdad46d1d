/**
 * How well an element fits what the recording says of the one that is gone. The score says which fits best; the objections
 * say which cannot be it, however well it fits.
 */

import { stableClasses } from "../generate/css";
import { roleOf } from "../roles";
import { typeOf } from "../state";
import type { Box } from "../types";
import { lasting, nameIn, placeOf } from "./fingerprint";
import { type Near, nearOf } from "./near";
import type { Wanted } from "./wanted";
import { sameMeaning, sameTokens } from "./words";

/**
 * What each likeness weighs; only what the recording says is counted. The name comes first because it is what a person
 * goes by; attributes follow in the order in which the recorder trusts them. The corpus of
 * `crates/replay/tests/healing` measures the outcome.
 */
const weights: Record<string, number> = {
  meaning: 0.34,
  role: 0.06,
  make: 0.06,
  testId: 0.12,
  id: 0.08,
  name: 0.1,
  placeholder: 0.08,
  "aria-label": 0.04,
  title: 0.04,
  alt: 0.04,
  autocomplete: 0.06,
  href: 0.12,
  classes: 0.05,
  item: 0.14,
  section: 0.08,
  heading: 0.08,
  place: 0.06,
  company: 0.08,
};
/** An attribute that is gone says less than one that says something else. */
const goneWeighs = 0.5;
/** Attributes that are written for programs; the others are read by people. */
const identifiers = new Set(["testId", "id", "name", "href", "autocomplete"]);
/** As far as an element may move, in CSS pixels, and still stand near where it stood. */
const nearby = 160;

export interface Judged {
  element: Element;
  name: string;
  /** 0..1. */
  score: number;
  /** Why it cannot be the element; absent when it can. */
  objection?: string;
  /** It is known to be something else, so it does not even make the choice doubtful. */
  isOther: boolean;
}

/** `company` is the share of the recorded neighbours that the page still has. */
export function judge(element: Element, wanted: Wanted, company: number | undefined): Judged {
  const name = nameIn(element);
  const likeness = compare(element, name, wanted);
  if (company !== undefined) likeness.set("company", { alike: company });
  let sum = 0;
  let all = 0;
  for (const [what, { alike, gone }] of likeness) {
    const weight = (weights[what] ?? 0) * (gone ? goneWeighs : 1);
    sum += weight * alike;
    all += weight;
  }
  const score = all > 0 ? Math.round((sum / all) * 1_000) / 1_000 : 0;
  const other = knownAs(element, name, wanted, likeness);
  const objection = other ?? unproven(name, wanted, likeness);
  return { element, name, score, isOther: other !== undefined, ...(objection ? { objection } : {}) };
}

type Likeness = Map<string, { alike: number; gone?: boolean }>;

function compare(element: Element, name: string, wanted: Wanted): Likeness {
  const found: Likeness = new Map();
  if (wanted.name) found.set("meaning", { alike: sameMeaning(wanted.name, name) });
  if (wanted.role) found.set("role", { alike: roleOf(element) === wanted.role ? 1 : 0.5 });
  const type = typeOf(element).type ?? "";
  if (wanted.tag) found.set("make", { alike: element.localName !== wanted.tag ? 0.3 : type === wanted.type ? 1 : 0.7 });
  const attributes = lasting(element);
  for (const [key, before] of Object.entries(wanted.attributes)) {
    const now = attributes[key];
    const alike = now === undefined ? undefined : identifiers.has(key) ? sameTokens(before, now) : sameMeaning(before, now);
    found.set(key, { alike: alike ?? 0, gone: alike === undefined });
  }
  if (wanted.classes.length > 0) {
    const classes = stableClasses(element, 8);
    const shared = wanted.classes.filter((one) => classes.includes(one)).length;
    found.set("classes", { alike: shared / Math.max(wanted.classes.length, classes.length), gone: classes.length === 0 });
  }
  const near = nearOf(element);
  for (const key of ["item", "section", "heading"] satisfies (keyof Near)[]) {
    const before = wanted.near[key];
    if (before) found.set(key, { alike: sameMeaning(before, near[key] ?? ""), gone: near[key] === undefined });
  }
  if (wanted.place) found.set("place", { alike: Math.max(0, 1 - distance(wanted.place, placeOf(element)) / (4 * nearby)) });
  return found;
}

/** Why the element is known to be another one, whatever it looks like. */
function knownAs(element: Element, name: string, wanted: Wanted, likeness: Likeness): string | undefined {
  const meaning = likeness.get("meaning")?.alike ?? 0;
  if (meaning < 1 && wanted.others.some((other) => sameMeaning(other.replace(/…$/, ""), name) === 1)) {
    return "it was there beside the element when that was recorded";
  }
  const item = likeness.get("item");
  if (item && item.alike === 0 && (!item.gone || !standsAlone(element, wanted.near.item ?? ""))) {
    return `it does not belong to “${wanted.near.item}”`;
  }
  const autocomplete = likeness.get("autocomplete");
  if (autocomplete && autocomplete.alike < 1 && !autocomplete.gone) return "it is for other content";
  const section = likeness.get("section");
  if (hadTwin(wanted) && section && section.alike === 0 && !section.gone) return "it stands in another part of the page, as it did before";
  return undefined;
}

/** Whether there were several of that name. */
function hadTwin(wanted: Wanted): boolean {
  return wanted.others.some((other) => sameMeaning(other, wanted.name) === 1);
}

/** Why it is not proven that the element is the one, though nothing speaks against it. */
function unproven(name: string, wanted: Wanted, likeness: Likeness): string | undefined {
  const meaning = likeness.get("meaning")?.alike ?? 0;
  if (wanted.name && meaning === 0) return "it is called something else";
  if (!wanted.name && name) return "the element had no name and this one has";
  let attributes = 0;
  let around = 0;
  for (const [key, { alike, gone }] of likeness) {
    if (/^(item|section|heading)$/.test(key)) around += alike > 0 ? 1 : 0;
    else if (key === "company") around += alike >= 0.6 ? 1 : 0;
    else if (key === "place") around += alike >= 0.75 ? 1 : 0;
    else if (!/^(meaning|role|make|classes)$/.test(key)) attributes += alike >= 0.5 ? 1 : alike === 0 && !gone ? -1 : 0;
  }
  // Of several of that name, what stands around it has to tell which.
  if (hadTwin(wanted) && (likeness.get("item")?.alike ?? 0) === 0 && (likeness.get("section")?.alike ?? 0) === 0) {
    return "there were several of that name and nothing tells which this one is";
  }
  const proofs = attributes + around;
  if (!wanted.name) return attributes >= 1 && proofs >= 3 ? undefined : "the element had no name, and too little else is as it was";
  // Without a survey of what stood around it, a changed name may be that of a neighbour.
  const enough = meaning === 1 ? 1 : wanted.surveyed ? 2 : 3;
  return proofs >= enough ? undefined : "nothing but its name speaks for it";
}

/** Whether the item's name stands in the largest part of the page around the element that holds no second one like it. */
function standsAlone(element: Element, item: string): boolean {
  const name = nameIn(element);
  const selector = element.localName;
  let around: Element | null = element;
  for (let at = element.parentElement; at && at !== document.body; at = at.parentElement) {
    if ([...at.querySelectorAll(selector)].some((other) => other !== element && nameIn(other) === name)) break;
    around = at;
  }
  return around !== element && (around?.textContent ?? "").length < item.length + 300 && (around?.textContent ?? "").includes(item);
}

function distance(a: Box, b: Box): number {
  return Math.hypot(a.x + a.width / 2 - b.x - b.width / 2, a.y + a.height / 2 - b.y - b.height / 2);
}
