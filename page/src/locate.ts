/**
 * Ranked selectors to one element. A selector decides only when it matches exactly one visible
 * element (or one at all); an ambiguous selector may be narrowed by the list item it was recorded in
 * or by what the other selectors match as well, never by taking the first of several.
 */

import { contradiction, otherItem } from "./resembles";
import { isStructural, queryAll } from "./selectors";
import { Pass } from "./selectors/pass";
import { findItem } from "./signature";
import { clip, elementText } from "./text";
import { contains } from "./tree";
import type { ContentSignature, Recorded, Selector, Tried } from "./types";
import { isVisible } from "./visible";

/** Beyond this many matches a selector is not worth measuring for visibility. */
const tooMany = 200;

export interface Found {
  element: Element;
  index: number;
  /**
   * How well the better-ranked selectors support the choice. `certain`: all of them match this element too.
   * `fallback`: one of them does not, or the selector fits only loosely, so the page may not be ready yet.
   * `structural`: the same, and only the element's place in the markup speaks for it.
   */
  trust: "certain" | "fallback" | "structural";
}

/** A selector that did not decide, and what it matches. */
interface Doubt {
  index: number;
  selector: Selector;
  matches: Element[];
  loosened: boolean;
}

export interface Location {
  found: Found | null;
  tried: Tried[];
}

export function locate(
  selectors: Selector[],
  signature?: ContentSignature,
  was: Recorded | undefined = undefined,
  pass: Pass = new Pass(),
): Location {
  const tried: Tried[] = [];
  const sets: Doubt[] = [];
  let item: Element | null | undefined;
  for (const [index, selector] of selectors.entries()) {
    const attempt: Tried = { strategy: selector.strategy, value: selector.value, count: 0 };
    tried.push(attempt);
    let matches: Element[];
    pass.loosened = false;
    try {
      matches = queryAll(pass, selector);
    } catch (error) {
      attempt.error = clip(error instanceof Error ? error.message : String(error), 200);
      continue;
    }
    attempt.count = matches.length;
    if (pass.loosened) attempt.loosened = true;
    if (matches.length > 1 && signature) {
      item ??= findItem(pass, signature);
      const inItem = item ? matches.filter((element) => item && contains(item, element)) : [];
      if (inItem.length > 0) matches = inItem;
    }
    const element = single(matches);
    if (element) {
      const trust = trustIn(element, selector, sets);
      const { loosened } = pass;
      const rivals = hasRivals(pass, element, sets);
      const why =
        (was && contradiction(element, selector, was, { trust, loosened, rivals })) || otherItem(pass, element, selector, signature);
      if (why) {
        attempt.error = why;
        continue;
      }
      return { found: { element, index, trust: loosened && trust === "certain" ? "fallback" : trust }, tried };
    }
    sets.push({ index, selector, matches, loosened: pass.loosened });
  }
  return { found: intersect(sets), tried };
}

/** Everything the ranked list allows, without judging: the first selector with any match. */
export function matchesOf(selectors: Selector[]): Element[] {
  const pass = new Pass();
  for (const selector of selectors) {
    try {
      const matches = queryAll(pass, selector);
      if (matches.length > 0) return matches;
    } catch {
      // An unreadable selector matches nothing; `actionable` reports it by name.
    }
  }
  return [];
}

function single(matches: Element[]): Element | null {
  if (matches.length < 2) return matches[0] ?? null;
  if (matches.length > tooMany) return null;
  const visible = matches.filter(isVisible);
  return visible.length === 1 ? (visible[0] ?? null) : null;
}

function trustIn(element: Element, selector: Selector, better: { matches: Element[] }[]): Found["trust"] {
  if (better.every(({ matches }) => matches.includes(element))) return "certain";
  return isStructural(selector) ? "structural" : "fallback";
}

/**
 * Whether a better selector finds others as well that can be seen. What only stands in the same place, and says something
 * else, is none.
 */
function hasRivals(pass: Pass, element: Element, better: Doubt[]): boolean {
  const isTwin = (other: Element) =>
    other.localName === element.localName && elementText(other) === elementText(element) && pass.nameOf(other) === pass.nameOf(element);
  return better.some(({ selector, matches, loosened }) => {
    if (loosened || matches.length < 2 || !matches.includes(element)) return false;
    if (matches.length > tooMany) return true;
    return matches.some((other) => other !== element && isVisible(other) && (!isStructural(selector) || isTwin(other)));
  });
}

/** Several ambiguous selectors may still agree on one element. */
function intersect(sets: Doubt[]): Found | null {
  const filled = sets.filter(({ matches }) => matches.length > 0);
  const [first, ...rest] = filled;
  if (!first || rest.length === 0) return null;
  const element = single(first.matches.filter((candidate) => rest.every(({ matches }) => matches.includes(candidate))));
  if (!element) return null;
  const missing = filled.length < sets.length;
  return { element, index: first.index, trust: missing ? "fallback" : "certain" };
}
