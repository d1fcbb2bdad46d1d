/** When a step is healed: after waiting in earnest, in a document that stands still, and never while a selector finds something. */

import { type Location, locate } from "../locate";
import { isStructural } from "../selectors";
import type { ActionOptions, Selector, Tried } from "../types";
import type { Watch } from "../wait";
import { type Healed, heal } from "./index";

/** Half of the step's patience, at most this long: an element that comes later than that comes rarely. */
const mostPatienceMs = 10_000;
/** So long nothing may have changed: five times what a choice against better selectors waits for. */
const quietMs = 500;
/** A page that never stands still is looked at all the same when this share of the patience is left, or this time. */
const lastShare = 0.25;
const mostLastMs = 1_000;

/** The element that the selectors name, or the one that has taken its place. */
export function locateOrHeal(
  selectors: Selector[],
  options: ActionOptions,
  healer: Healer,
  watch: Watch | undefined,
): Location & { healed?: Healed | undefined } {
  const location = locate(selectors, options.signature, options.was);
  const instead = location.found ? undefined : healer.look(location.tried, watch);
  if (!instead) return location;
  return { ...location, found: { element: instead.element, index: 0, trust: "certain" }, healed: instead.healed };
}

export class Healer {
  /** Why the last look healed nothing. */
  refused = "";
  private found: { element: Element; healed: Healed } | undefined;
  private lookedAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly selectors: Selector[],
    private readonly options: ActionOptions,
    private readonly started: number,
    private readonly timeout: number,
  ) {}

  /** The element to act on instead, or nothing yet. */
  look(tried: Tried[], watch: Watch | undefined): { element: Element; healed: Healed } | undefined {
    const { heal: wish, was, signature } = this.options;
    if (!wish || !watch || !this.isGone(tried) || !this.isDue(watch)) return undefined;
    // Nothing has changed since the last look, so neither has its answer.
    if (this.lookedAt > watch.lastChange && (this.found === undefined || this.found.element.isConnected)) return this.found;
    this.lookedAt = performance.now();
    const healing = heal(this.selectors, was, signature, wish);
    this.found = "element" in healing ? healing : undefined;
    this.refused = "refused" in healing ? healing.refused : "";
    return this.found;
  }

  /**
   * Whether everything that names the element names nothing. Several that fit are doubt, which is not healed; a path
   * or a part of a text that now fits several elements names none of them.
   */
  private isGone(tried: Tried[]): boolean {
    return tried.every((attempt) => attempt.count === 0 || attempt.error !== undefined || attempt.loosened || isStructural(attempt));
  }

  private isDue(watch: Watch): boolean {
    const now = performance.now();
    const last = Math.min(this.timeout * lastShare, mostLastMs);
    if (now >= this.started + this.timeout - last) return this.timeout > 0;
    if (now < this.started + Math.min(this.timeout / 2, mostPatienceMs)) return false;
    return document.readyState === "complete" && now - watch.lastChange >= quietMs;
  }
}
