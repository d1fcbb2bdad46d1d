/**
 * Healing: when no selector of a step finds anything any more, the one element that is clearly the recorded one. It would
 * rather find nothing: a step that fails is looked at, one that did something else is not.
 */

import { generate } from "../generate";
import { locate } from "../locate";
import { roleOf } from "../roles";
import { isStructural } from "../selectors";
import { Pass } from "../selectors/pass";
import { disabledBecause } from "../state";
import { clip } from "../text";
import type { ContentSignature, Recorded, Selector } from "../types";
import { allOf, type Fingerprint, fingerprintOf, nameIn } from "./fingerprint";
import { type Judged, judge } from "./score";
import { wantedFrom } from "./wanted";
import { wordsOf } from "./words";

/**
 * The least score of an element that is used, and by how much it must lead the second. Both lie below what the recorded
 * element has in the corpus and above what anything else has there; docs/healing.md has the figures and the command.
 */
export const least = 0.64;
export const lead = 0.12;
/** A page with more elements of the kind than this is not healed in; scoring them would hold it up. */
const tooMany = 2_000;

/** What a step allows. */
export interface HealOptions {
  fingerprint?: Fingerprint;
  /** The selectors of the recording's other elements: what they find is something else. */
  others?: Selector[][];
}

/** The element that took the place, and what is to be said of it. */
export interface Healed {
  after: { selectors: Selector[]; description: string; fingerprint: Fingerprint };
  score: number;
  runnerUp?: { score: number; description: string };
}

export type Healing = { element: Element; healed: Healed } | { refused: string };

export function heal(
  selectors: Selector[],
  was: Recorded | undefined,
  signature: ContentSignature | undefined,
  options: HealOptions,
): Healing {
  const wanted = wantedFrom(selectors, was, signature, options.fingerprint);
  if (!wanted.kind) return { refused: "the recording does not say what kind of element it was" };
  const all = allOf(wanted.kind);
  if (all.length > tooMany) return { refused: `the page has ${all.length} elements of its kind` };
  const company = companyOf(all, wanted.others);
  const ranked = innermost(all.map((element) => judge(element, wanted, company))).sort((a, b) => b.score - a.score);
  const rivals = ranked.filter(({ isOther }) => !isOther);
  const [best, second] = rivals;
  if (!best) return { refused: "the page has no element of its kind that is not known to be another one" };
  const told = `the most alike is ${describeBriefly(best)} (${best.score})`;
  if (best.objection) return { refused: `${told}: ${best.objection}` };
  if (best.score < least) return { refused: `${told}: less than ${least}` };
  if (second && best.score - second.score < lead) {
    return { refused: `${told}, and ${describeBriefly(second)} (${second.score}) is nearly as alike` };
  }
  if (disabledBecause(best.element)) return { refused: `${told}: ${disabledBecause(best.element)}` };
  if (isTaken(best.element, options.others ?? [])) return { refused: `${told}: another step of the recording names it` };
  const now = generate(best.element);
  if (now.length === 0) return { refused: `${told}: no selector would find it again` };
  return {
    element: best.element,
    healed: {
      after: { selectors: now, description: describeBriefly(best), fingerprint: fingerprintOf(best.element) },
      score: best.score,
      ...(second ? { runnerUp: { score: second.score, description: describeBriefly(second) } } : {}),
    },
  };
}

/**
 * The share of the recorded neighbours that are still there: what is new among them has probably taken the place of what is
 * gone. A single neighbour says nothing.
 */
function companyOf(all: Element[], others: string[]): number | undefined {
  if (others.length < 2) return undefined;
  const names = new Set(all.map((element) => wordsOf(nameIn(element)).join(" ")));
  return others.filter((other) => names.has(wordsOf(other).join(" "))).length / others.length;
}

/** Of elements inside each other that say the same, the innermost: the others only hold it. */
function innermost(judged: Judged[]): Judged[] {
  return judged.filter((one) => !judged.some((other) => other !== one && other.name === one.name && one.element.contains(other.element)));
}

/** Whether selectors of another recorded element name it; a place among others names nothing. */
function isTaken(element: Element, others: Selector[][]): boolean {
  const pass = new Pass();
  return others.some((other) => {
    const names = other.filter((selector) => !isStructural(selector));
    return locate(names, undefined, undefined, pass).found?.element === element;
  });
}

function describeBriefly({ element, name }: Judged): string {
  const role = roleOf(element) || `<${element.localName}>`;
  return name ? `${role} “${clip(name, 60)}”` : role;
}
