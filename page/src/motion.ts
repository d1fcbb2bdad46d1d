/** Whether an element's box can change without anybody acting: only then is a second frame worth waiting for. */

import { contains, flatAncestors } from "./tree";

/** Properties that repaint an element in place. */
const paintOnly =
  /^(opacity|color|background.*|box-?shadow|text-?shadow|outline.*|fill.*|stroke.*|filter|backdrop-?filter|caret-?color|accent-?color|text-?decoration.*|visibility|border.*color|mask.*|clip-?path|mix-?blend-?mode|offset|computedoffset|easing|composite)$/i;

/** Properties that move only the element that they are on, and what is inside it. */
const localMotion = /^(transform|translate|rotate|scale|offset.*|perspective.*|zoom|left|top|right|bottom|inset.*)$/i;

export function canMove(element: Element): boolean {
  watchStyles();
  return (
    performance.now() - scrolledAt < 60 ||
    scriptMoves(element) ||
    animationMoves(element) ||
    document.fonts.status === "loading" ||
    imageAboveLoads(element)
  );
}

/** Whether something that would move the element has been started but has not had its first frame. */
export function motionIsDue(element: Element): boolean {
  return animationMoves(element, (animation) => animation.pending);
}

/**
 * Whether a motion that repeats may have brought the element back to where it was so many milliseconds ago: on a busy
 * machine a frame can take as long as a round of it, and equal places prove nothing then.
 */
export function mayHaveReturned(element: Element, gap: number): boolean {
  return animationMoves(element, ({ effect }) => {
    const { duration, iterations } = effect?.getComputedTiming() ?? {};
    return typeof duration === "number" && (iterations ?? 1) > 1 && gap > duration * 0.9;
  });
}

/** Whether a motion of the element has not gone on since its time was `then`: nothing has been drawn since, so equal places prove nothing. */
export function motionHasNotGoneOn(element: Element, then: number | null): boolean {
  return motionTime() === then && animationMoves(element);
}

/** The time that animations show. */
export function motionTime(): number | null {
  const time = document.timeline.currentTime;
  return typeof time === "number" ? time : null;
}

function animationMoves(element: Element, counts: (animation: Animation) => boolean = () => true): boolean {
  const running = new Set<Animation>(document.getAnimations());
  const root = element.getRootNode();
  if (root instanceof ShadowRoot) for (const animation of root.getAnimations()) running.add(animation);
  for (const animation of running) {
    if (animation.playState !== "running" || !counts(animation)) continue;
    const effect = animation.effect;
    if (!(effect instanceof KeyframeEffect) || !effect.target) continue;
    const around = contains(effect.target, element);
    for (const frame of effect.getKeyframes()) {
      for (const property of Object.keys(frame)) {
        if (paintOnly.test(property)) continue;
        if (around || !localMotion.test(property)) return true;
      }
    }
  }
  return false;
}

/** An image without a reserved size pushes everything after it when it arrives. */
function imageAboveLoads(element: Element): boolean {
  for (const image of document.images) {
    if (image.complete || (image.width > 0 && image.height > 0)) continue;
    if (image.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING) return true;
  }
  return false;
}

/**
 * Animation by script rewrites inline styles frame after frame. From the first question on, the times of
 * the last two rewrites of each element are kept, so a later question sees movement without waiting.
 */
const rewrites = new WeakMap<Node, { last: number; before: number }>();
let observer: MutationObserver | undefined;
let scrolledAt = Number.NEGATIVE_INFINITY;
const onScroll = (event: Event) => {
  scrolledAt = event.type === "scroll" ? performance.now() : Number.NEGATIVE_INFINITY;
};
let idle: ReturnType<typeof setTimeout> | undefined;

function watchStyles(): void {
  clearTimeout(idle);
  // A page that nobody asks about any more is left alone.
  idle = setTimeout(() => {
    observer?.disconnect();
    observer = undefined;
    removeEventListener("scroll", onScroll, true);
    removeEventListener("scrollend", onScroll, true);
  }, 5_000);
  if (observer) return;
  addEventListener("scroll", onScroll, { capture: true, passive: true });
  addEventListener("scrollend", onScroll, { capture: true, passive: true });
  observer = new MutationObserver((records) => {
    const now = performance.now();
    for (const { target } of records) {
      const seen = rewrites.get(target);
      if (!seen) rewrites.set(target, { last: now, before: Number.NEGATIVE_INFINITY });
      else if (now - seen.last > 4) rewrites.set(target, { last: now, before: seen.last });
    }
  });
  observer.observe(document, {
    subtree: true,
    attributes: true,
    attributeFilter: ["style", "transform"],
  });
}

function scriptMoves(element: Element): boolean {
  const now = performance.now();
  for (const at of flatAncestors(element)) {
    const seen = rewrites.get(at);
    if (seen && now - seen.last < 60 && now - seen.before < 150) return true;
  }
  return false;
}
