/**
 * Locate, scroll into view, visible, stable, enabled, receives events and the point to hit, in one call.
 * Answers at once when all holds; otherwise waits in the page, without polling from outside.
 */

import { guard } from "./guard";
import type { Healed } from "./heal";
import { Healer, locateOrHeal } from "./heal/healer";
import { isUnsure } from "./listening";
import type { Found } from "./locate";
import { canMove, mayHaveReturned, motionHasNotGoneOn, motionIsDue, motionTime } from "./motion";
import { labelsOf } from "./name";
import { place, preferred } from "./place";
import { checkedOf, disabledBecause, isEditable, isFillable, isReadOnly, typeOf } from "./state";
import type { Action, ActionOptions, Box, Failed, Point, Ready, Reason, Selector, Tried, WayOut } from "./types";
import { boxOf, isVisible, sameBox } from "./visible";
import { anythingAnimates, framelessMs, isAnotherFrame, nextFrame, Watch } from "./wait";
import { wayOut } from "./way_out";

const defaultTimeoutMs = 30_000;
/** A condition on the element beyond those of the action, for example "has the option". */
export type Condition = (element: Element) => { reason: Reason; detail: string } | null;

export type Reached = { ready: Ready; element: Element } | { failed: Failed; element: Element | null };

/** The public form: JSON in, JSON out. */
export async function actionable(selectors: Selector[], options: ActionOptions): Promise<Ready | Failed> {
  const reached = await reach(selectors, options);
  if (!("ready" in reached)) return reached.failed;
  const { action, force } = options;
  if ((action === "click" || action === "check") && !force) guard(standIn(reached.element, action));
  return reached.ready;
}

/** The form for other functions of the bundle, which also need the element. */
export async function reach(selectors: Selector[], options: ActionOptions, condition: Condition = () => null): Promise<Reached> {
  const started = performance.now();
  const timeout = options.timeoutMs ?? defaultTimeoutMs;
  const waits: string[] = [];
  const memory: Memory = { started, timeout, healer: new Healer(selectors, options, started, timeout) };
  let retries = 0;
  let watch: Watch | undefined;
  try {
    for (;;) {
      const before = performance.now();
      const look = inspect(selectors, options, condition, memory, watch);
      const now = performance.now();
      const spent = { retries, waitedMs: Math.round((now - started) * 10) / 10, waits };
      if ("point" in look) return { ready: { ...ready(look, selectors, options), ...spent }, element: look.element };
      // Comparing two frames is part of one look, so it is finished even without time to wait.
      const deadline = started + (look.pending ? Math.max(timeout, comparingMs(memory)) : timeout);
      const told = worthTelling(look, memory);
      const isOver = now >= deadline;
      const out = wayPast(isOver ? told : look, isOver, options, memory, now);
      if (isOver || out) return { failed: failure(told, out, spent, memory.healer.refused), element: look.element };
      const wait = look.pending ? "stable" : look.reason;
      if (waits.at(-1) !== wait && waits.length < 20) waits.push(wait);
      retries++;
      watch ??= new Watch();
      const moving = look.pending || (look.reason !== "not-found" && anythingAnimates());
      const crowded = now - before > 8;
      if (moving || crowded) await nextFrame();
      if (!moving) await watch.change(Math.min(deadline - performance.now(), look.againInMs ?? 1_000));
    }
  } finally {
    watch?.close();
  }
}

/** How long comparing two frames may take: the second one may be late. */
function comparingMs({ seen }: Memory): number {
  return seen && !isAnotherFrame(seen.at) ? framelessMs + 100 : 100;
}

interface Memory {
  started: number;
  timeout: number;
  healer: Healer;
  /** The last box seen of the element, to compare with the next frame's. */
  seen?: { element: Element; box: Box; at: number; motion: number | null };
  /** Set when an earlier look failed in a way after which elements tend to move. */
  unsettled?: boolean;
  /** The last look, when something was in the way. */
  covered?: Miss | undefined;
  /** Since when something has been in the way. */
  coveredSince?: number;
}

/** An element that is looked at twice because it was covered is not called unstable for it. */
function worthTelling(look: Miss, memory: Memory): Miss {
  if (!look.pending) {
    memory.covered = look.reason === "covered" || look.reason === "outside-viewport" ? look : undefined;
    return look;
  }
  const { covered } = memory;
  memory.covered = undefined;
  return covered?.element === look.element ? covered : look;
}

interface Hit {
  element: Element;
  found: Found;
  point: Point;
  healed?: Healed | undefined;
}

interface Miss {
  element: Element | null;
  reason: Reason;
  detail: string;
  tried: Tried[];
  coveredBy?: string;
  /** What received the pointer, and what should have. */
  cover?: { hit: Element; target: Element };
  /** The element is fine so far; only the second frame is missing. */
  pending?: boolean;
  againInMs?: number;
}

function inspect(
  selectors: Selector[],
  options: ActionOptions,
  condition: Condition,
  memory: Memory,
  watch: Watch | undefined,
): Hit | Miss {
  const { found, healed, tried } = locateOrHeal(selectors, options, memory.healer, watch);
  const miss = (reason: Reason, detail: string, more: Partial<Miss> = {}): Miss => {
    if (reason !== "disabled" && reason !== "readonly") memory.unsettled = true;
    return { element: found?.element ?? null, reason, detail, tried, ...more };
  };
  if (!found) return missing(tried, miss);
  const patience = patienceFor(found, memory, watch);
  if (patience > 0) {
    const best = tried[0];
    return miss("not-found", `waiting for ${best?.strategy} ${JSON.stringify(best?.value)}`, {
      againInMs: patience,
    });
  }
  const action = options.action;
  const element = retarget(found.element, action);
  const needs = conditions[action];
  const target = standIn(element, action);
  if (needs.visible && !isVisible(target)) return miss("hidden", "the element is not visible");
  if (needs.enabled && !options.force) {
    const why = disabledBecause(element);
    if (why) return miss("disabled", `the element takes no input: ${why}`);
  }
  if (action === "fill" && !(element instanceof HTMLSelectElement)) {
    if (!isFillable(element)) return miss("readonly", `<${element.localName}> cannot be typed into`);
    if (isReadOnly(element)) return miss("readonly", "the element is read-only");
  }
  const limit = Math.min(options.picturesMs ?? 0, memory.timeout / 2);
  if (performance.now() < memory.started + limit && isLoading(element)) return miss("loading", "pictures in the element are still loading");
  const extra = condition(element);
  if (extra) return miss(extra.reason, extra.detail);
  if (!needs.pointer) return { element, found, healed, point: preferred(element, options.position) };

  if (!isVisible(target)) return miss("hidden", "the element is not visible");
  if (options.force) {
    const forced = place(target, options.position);
    return { element, found, healed, point: forced.ok ? forced.point : preferred(target, options.position) };
  }
  const settled = isSettled(target, memory);
  const placement = place(target, options.position);
  if (placement.scrolled) delete memory.seen;
  if (!settled || placement.scrolled) {
    remember(target, memory);
    return miss("unstable", "the element keeps moving", { pending: true });
  }
  if (!placement.ok) {
    const { reason, detail, coveredBy, hit } = placement;
    return miss(reason, detail, { ...(coveredBy ? { coveredBy } : {}), ...(hit ? { cover: { hit, target } } : {}) });
  }
  return { element, found, healed, point: placement.point };
}

const conditions: Record<Action, { visible: boolean; enabled: boolean; pointer: boolean }> = {
  click: { visible: true, enabled: true, pointer: true },
  check: { visible: false, enabled: true, pointer: true },
  hover: { visible: true, enabled: false, pointer: true },
  drag: { visible: true, enabled: false, pointer: true },
  fill: { visible: true, enabled: true, pointer: false },
  select: { visible: true, enabled: true, pointer: false },
  press: { visible: true, enabled: true, pointer: false },
  focus: { visible: true, enabled: false, pointer: false },
  upload: { visible: false, enabled: true, pointer: false },
};

/** Whether a picture in the element, or the element itself, has neither come nor failed. */
function isLoading(element: Element): boolean {
  const pictures = element instanceof HTMLImageElement ? [element] : [...element.querySelectorAll("img")];
  return pictures.some((picture) => !picture.complete);
}

function missing(tried: Tried[], miss: (reason: Reason, detail: string) => Miss): Miss {
  // Elements of which the text is only a part are not what it says, however many there are.
  const ambiguous = tried.find(({ count, loosened }) => count > 1 && !loosened);
  if (!ambiguous) {
    const unreadable = tried.every(({ error }) => error) ? tried[0]?.error : undefined;
    return miss("not-found", unreadable ?? "no selector matches an element");
  }
  const { strategy, value, count } = ambiguous;
  return miss("not-unique", `${strategy} ${JSON.stringify(value)} matches ${count} elements`);
}

/**
 * How many milliseconds a choice against better-ranked selectors still has to wait: the page may be about to
 * show what they name. A quiet page, or half of the time, settles it.
 */
function patienceFor(found: Found, memory: Memory, watch: Watch | undefined): number {
  if (found.trust === "certain" || memory.timeout === 0) return 0;
  const now = performance.now();
  const half = memory.started + Math.min(memory.timeout / 2, 3_000) - now;
  if (half <= 0) return 0;
  const structural = found.trust === "structural";
  const loaded = structural ? document.readyState === "complete" : document.readyState !== "loading";
  if (!loaded) return half;
  const quiet = (structural ? 300 : 100) - (now - (watch?.lastChange ?? memory.started));
  return Math.min(half, quiet);
}

/** A label stands for its control when a value is to be entered. */
function retarget(element: Element, action: Action): Element {
  if (action !== "fill" && action !== "check" && action !== "select" && action !== "upload") return element;
  const label = element instanceof HTMLLabelElement ? element : null;
  return label?.control ?? element;
}

/** A checkbox that is hidden behind a styled label is clicked through the label. */
function standIn(element: Element, action: Action): Element {
  const toggles = element instanceof HTMLInputElement && /^(checkbox|radio)$/.test(element.type);
  if (!toggles || (action !== "check" && action !== "click")) return element;
  if (isVisible(element) && getComputedStyle(element).pointerEvents !== "none") return element;
  return labelsOf(element).find(isVisible) ?? element;
}

/** True when the box cannot have moved since a frame ago, or did not. */
function isSettled(element: Element, memory: Memory): boolean {
  const { seen } = memory;
  if (seen?.element === element) {
    // Before an animation's first frame everything looks still.
    if (motionIsDue(element) || motionHasNotGoneOn(element, seen.motion)) return false;
    // Less than half a frame apart is the same frame, and so is what was looked at twice before the next one.
    const gap = performance.now() - seen.at;
    return gap >= 8 && isAnotherFrame(seen.at) && sameBox(seen.box, boxOf(element)) && !mayHaveReturned(element, gap);
  }
  return !memory.unsettled && !canMove(element);
}

function remember(element: Element, memory: Memory): void {
  const box = boxOf(element);
  const { seen } = memory;
  const now = performance.now();
  const isKnown = seen?.element === element && sameBox(seen.box, box) && !motionIsDue(element);
  if (isKnown && !mayHaveReturned(element, now - seen.at)) return;
  memory.seen = { element, box, at: now, motion: motionTime() };
}

function ready(hit: Hit, selectors: Selector[], options: ActionOptions): Omit<Ready, "retries" | "waitedMs" | "waits"> {
  const { element, found, point, healed } = hit;
  const checked = checkedOf(element);
  return {
    ok: true,
    index: found.index,
    selector: (healed ? healed.after.selectors : selectors)[found.index] as Selector,
    point,
    box: boxOf(element),
    tag: element.localName,
    ...typeOf(element),
    editable: isEditable(element),
    ...(checked === undefined ? {} : { checked }),
    ...(healed ? { healed } : {}),
    ...(isUnsure(element, options) ? { unsure: true } : {}),
  };
}

function failure(
  look: Miss,
  out: WayOut | undefined,
  spent: { retries: number; waitedMs: number; waits: string[] },
  notHealed: string,
): Failed {
  const { reason, detail, tried, coveredBy } = look;
  return {
    ok: false,
    reason,
    detail,
    tried,
    ...(coveredBy ? { coveredBy } : {}),
    ...(out ? { wayOut: out } : {}),
    ...(notHealed ? { notHealed } : {}),
    ...spent,
  };
}

/** How what covers the element could be closed: asked when the time is over, or something has covered it for as long as it may. */
function wayPast(look: Miss, isOver: boolean, options: ActionOptions, memory: Memory, now: number): WayOut | undefined {
  const { cover } = look;
  // A look for the second frame says nothing of what lies over the element.
  if (!cover) {
    if (!look.pending) delete memory.coveredSince;
    return undefined;
  }
  memory.coveredSince ??= now;
  const isLongEnough = options.coveredMs !== undefined && now - memory.coveredSince >= options.coveredMs;
  return isOver || isLongEnough ? wayOut(cover.hit, cover.target) : undefined;
}
