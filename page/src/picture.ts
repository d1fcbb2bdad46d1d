/**
 * A page that stands still while its picture is taken. Motion with an end is waited for. What moves for ever is held at
 * the beginning of its turn and goes on from where it was: no event of it is lost, and none is added.
 */

import { type Reached, reach } from "./actionable";
import { matchesOf } from "./locate";
import type { Box, ContentSignature, Failed, Ready, Selector } from "./types";
import { boxOf, isVisible, sameBox } from "./visible";
import { nextFrame, Watch } from "./wait";

export interface StillSpec {
  /** Without selectors nothing is looked for. */
  selectors?: Selector[];
  signature?: ContentSignature;
  /** Each is a ranked list; the first selector that finds anything names them all. */
  masks?: Selector[][];
  timeoutMs: number;
}

export interface Still {
  ok: true;
  /** How the element was found, and its box when the page stood still. */
  element?: Ready;
  masks: Box[];
  view: View;
}

interface View {
  width: number;
  height: number;
  scrollX: number;
  scrollY: number;
  scale: number;
  /** Whether a scroll bar lies over the page at its right edge, at its bottom. */
  barAtRight: boolean;
  barAtBottom: boolean;
}

interface Held {
  time: number;
  rate: number;
}

/** Motion that ends later than this is held like motion without an end. */
const longestMotionMs = 5_000;

const held = new Map<Animation, Held>();
const forEver = { duration: 1_000, iterations: Number.POSITIVE_INFINITY };
let caret: { element: Element; hidden: Animation } | undefined;

/** Makes the page stand still and measures it. `release` lets it go on. */
export async function hold(spec: StillSpec): Promise<Still | Failed> {
  const found = spec.selectors ? await reach(spec.selectors, optionsOf(spec)) : undefined;
  if (found && "failed" in found) return found.failed;
  if (found) bringIntoView(found.element);
  // Not all of the time: a page that starts one motion after the other has a picture too.
  await untilStill(Math.min(spec.timeoutMs / 2, 2 * longestMotionMs));
  holdMotion();
  hideCaret();
  // The first frame is drawn with what was changed, the second one is behind it.
  await nextFrame();
  await nextFrame();
  return {
    ok: true,
    ...(found ? { element: { ...found.ready, box: boxOf(found.element) } } : {}),
    masks: (spec.masks ?? []).flatMap((selectors) => matchesOf(selectors).filter(isVisible).map(boxOf)),
    view: view(),
  };
}

function view(): View {
  const root = document.documentElement;
  return {
    width: innerWidth,
    height: innerHeight,
    scrollX,
    scrollY,
    scale: devicePixelRatio,
    barAtRight: root?.clientWidth === innerWidth && root.scrollHeight > innerHeight,
    barAtBottom: root?.clientHeight === innerHeight && root.scrollWidth > innerWidth,
  };
}

/** The page goes on as if nothing had been. */
export function release(): void {
  for (const [animation, { time, rate }] of held) {
    // The page may have taken it back meanwhile.
    if (animation.playState === "idle") continue;
    animation.currentTime = time;
    animation.playbackRate = rate;
  }
  held.clear();
  caret?.hidden.cancel();
  caret = undefined;
}

/** Resolves after the next change of the document and the frame that shows it, or after `limitMs`. */
export async function change(limitMs: number): Promise<void> {
  const deadline = performance.now() + limitMs;
  const watch = new Watch();
  const before = watch.lastChange;
  try {
    while (watch.lastChange === before && performance.now() < deadline) await watch.change(deadline - performance.now());
  } finally {
    watch.close();
  }
  await nextFrame();
}

function optionsOf(spec: StillSpec): Parameters<typeof reach>[1] {
  const { signature, timeoutMs } = spec;
  return { action: "focus", timeoutMs, ...(signature ? { signature } : {}) };
}

function bringIntoView(element: Extract<Reached, { ready: Ready }>["element"]): void {
  const before = boxOf(element);
  const inside = before.x >= 0 && before.y >= 0 && before.x + before.width <= innerWidth && before.y + before.height <= innerHeight;
  if (inside) return;
  element.scrollIntoView({ block: "nearest", inline: "nearest", behavior: "instant" });
  if (!sameBox(before, boxOf(element))) return;
  element.scrollIntoView({ block: "start", inline: "nearest", behavior: "instant" });
}

/** Waits for fonts and for motion that ends soon. */
async function untilStill(limitMs: number): Promise<void> {
  const deadline = performance.now() + limitMs;
  const left = () => Math.max(0, deadline - performance.now());
  if (document.fonts.status !== "loaded") await within(document.fonts.ready, left());
  while (left() > 0) {
    const ending = document.getAnimations().filter(endsSoon);
    if (ending.length === 0) return;
    await within(Promise.allSettled(ending.map(({ finished }) => finished)), Math.min(left(), longestMotionMs));
    await nextFrame();
  }
}

async function within(done: Promise<unknown>, limitMs: number): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const over = new Promise((resolve) => {
    timer = setTimeout(resolve, limitMs);
  });
  await Promise.race([done, over]);
  clearTimeout(timer);
}

function endsSoon(animation: Animation): boolean {
  const end = Number(animation.effect?.getComputedTiming().endTime ?? Number.POSITIVE_INFINITY);
  const { currentTime, playbackRate } = animation;
  // Motion that follows scrolling has no clock.
  if (animation.playState !== "running" || typeof currentTime !== "number" || playbackRate <= 0) return false;
  return (end - currentTime) / playbackRate <= longestMotionMs;
}

/** A rate of nothing stops an animation without its style taking part: pausing would outlast the picture. */
function holdMotion(): void {
  for (const animation of document.getAnimations()) {
    const { currentTime } = animation;
    if (held.has(animation) || animation === caret?.hidden) continue;
    if (animation.playState !== "running" || typeof currentTime !== "number") continue;
    held.set(animation, { time: currentTime, rate: animation.playbackRate });
    animation.playbackRate = 0;
    animation.currentTime = beginningOfTurn(animation, currentTime);
  }
}

/** The time within the same turn at which the animation shows its first picture: another turn would be an event. */
function beginningOfTurn(animation: Animation, now: number): number {
  const timing = animation.effect?.getComputedTiming();
  const duration = Number(timing?.duration ?? 0);
  const delay = Number(timing?.delay ?? 0);
  if (!timing || duration <= 0 || now < delay) return now;
  const turn = timing.currentIteration ?? 0;
  const begin = delay + (turn - (timing.iterationStart ?? 0)) * duration;
  const odd = turn % 2 === 1;
  const backwards =
    timing.direction === "reverse" || (timing.direction === "alternate" && odd) || (timing.direction === "alternate-reverse" && !odd);
  return Math.max(delay, backwards ? begin + duration * 0.9999 : begin);
}

/** An animation of our own outranks the page's style, and leaves no trace in its document. */
function hideCaret(): void {
  let focused = document.activeElement;
  while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
  if (!focused || focused === caret?.element) return;
  caret?.hidden.cancel();
  caret = { element: focused, hidden: focused.animate({ caretColor: ["transparent", "transparent"] }, forEver) };
}
