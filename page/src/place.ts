/** Where on an element input should land: scrolled into view, unclipped, and not covered. */

import { describeObstacle, obstacle } from "./hit";
import { contains, flatAncestors, flatParent } from "./tree";
import type { Box, Point } from "./types";
import { boxOf, sameBox, toBox, viewport } from "./visible";

export type Placement =
  | { ok: true; point: Point; scrolled: boolean }
  | { ok: false; reason: "covered" | "outside-viewport"; detail: string; coveredBy?: string; hit?: Element; scrolled: boolean };

/** Finds the point, scrolling only when the preferred one cannot be reached where it is. */
export function place(element: Element, position: Point | undefined): Placement {
  let scrolled = false;
  if (!reachable(element, preferred(element, position))) {
    scrolled = scroll(element, "center");
    if (!reachable(element, preferred(element, position)) && !visiblePart(element)) {
      return {
        ok: false,
        reason: "outside-viewport",
        detail: "the element lies outside the viewport and cannot be scrolled into it",
        scrolled,
      };
    }
  }
  const first = hitPoint(element, position);
  if (first.point) return { ok: true, point: first.point, scrolled };
  const hit = first.hit;
  if (hit !== "nothing" && isBar(hit, element)) {
    for (const block of ["end", "start", "nearest"] as const) {
      scrolled = scroll(element, block) || scrolled;
      const next = hitPoint(element, position);
      if (next.point) return { ok: true, point: next.point, scrolled };
    }
    scrolled = scroll(element, "center") || scrolled;
  }
  if (hit === "nothing") {
    return {
      ok: false,
      reason: "outside-viewport",
      detail: "nothing receives input at the element’s place",
      scrolled,
    };
  }
  const ignores = getComputedStyle(element).pointerEvents === "none";
  const coveredBy = describeObstacle(hit, element);
  return {
    ok: false,
    reason: "covered",
    detail: ignores
      ? `the element ignores the pointer (pointer-events: none); ${coveredBy} receives it`
      : `${coveredBy} receives the pointer in its place`,
    coveredBy,
    hit,
    scrolled,
  };
}

/** The point that the caller asked for, or the middle of the element's largest fragment. */
export function preferred(element: Element, position: Point | undefined): Point {
  const box = position ? boxOf(element) : largestFragment(element);
  return within(box, position ?? { x: 0.5, y: 0.5 });
}

/** Scrolls instantly, whatever `scroll-behavior` says, and tells whether that moved the element. */
function scroll(element: Element, block: ScrollLogicalPosition): boolean {
  const before = boxOf(element);
  element.scrollIntoView({ block, inline: block === "center" ? "center" : "nearest", behavior: "instant" });
  return !sameBox(before, boxOf(element));
}

/** The part of the element inside the viewport, if any. */
export function visiblePart(element: Element): Box | null {
  const box = boxOf(element);
  const view = viewport();
  const x = Math.max(0, box.x);
  const y = Math.max(0, box.y);
  const width = Math.min(view.width, box.x + box.width) - x;
  const height = Math.min(view.height, box.y + box.height) - y;
  return width > 0 && height > 0 ? { x, y, width, height } : null;
}

function hitPoint(
  element: Element,
  position: Point | undefined,
): { point: Point; hit?: undefined } | { point?: undefined; hit: Element | "nothing" } {
  const wanted = preferred(element, position);
  const hit = reachable(element, wanted) ? obstacle(element, wanted) : "nothing";
  if (hit === null) return { point: wanted };
  // A picture's coordinates mean something; elsewhere any uncovered part serves as well.
  if (element instanceof HTMLCanvasElement && position) return { hit };
  const part = visiblePart(element);
  let named = hit;
  for (const spot of part ? spots : []) {
    const point = within(part as Box, spot);
    if (!reachable(element, point)) continue;
    const other = obstacle(element, point);
    if (other === null) return { point };
    if (named === "nothing") named = other;
  }
  return { hit: named };
}

const spots: Point[] = [0.5, 0.2, 0.8].flatMap((y) => [0.5, 0.2, 0.8].map((x) => ({ x, y })));

function within(box: Box, position: Point): Point {
  const inside = (start: number, size: number, part: number) =>
    size > 1 ? Math.min(Math.max(start + size * part, start + 0.5), start + size - 0.5) : start + size / 2;
  return { x: inside(box.x, box.width, position.x), y: inside(box.y, box.height, position.y) };
}

/** An inline element over several lines has fragments; its bounding box may have a hole in the middle. */
function largestFragment(element: Element): Box {
  const rects = element.getClientRects();
  if (rects.length < 2) return boxOf(element);
  let best: DOMRect | undefined;
  for (const rect of rects) {
    if (!best || rect.width * rect.height > best.width * best.height) best = rect;
  }
  return best ? toBox(best) : boxOf(element);
}

/** Inside the viewport and inside every box around the element that clips. */
function reachable(element: Element, point: Point): boolean {
  const view = viewport();
  if (point.x < 0 || point.y < 0 || point.x >= view.width || point.y >= view.height) return false;
  let position = getComputedStyle(element).position;
  for (let at = flatParent(element); at; at = flatParent(at)) {
    if (position === "fixed" || at === document.body || at === document.documentElement) return true;
    const style = getComputedStyle(at);
    const escapes = position === "absolute" && style.position === "static" && style.transform === "none";
    if (escapes) continue;
    position = style.position;
    if (style.overflowX === "visible" && style.overflowY === "visible") continue;
    const rect = at.getBoundingClientRect();
    const clippedX = style.overflowX !== "visible" && (point.x < rect.left || point.x >= rect.right);
    const clippedY = style.overflowY !== "visible" && (point.y < rect.top || point.y >= rect.bottom);
    if (clippedX || clippedY) return false;
  }
  return true;
}

/** A sticky or fixed strip, which scrolling moves the element out from under; a full veil is not one. */
function isBar(hit: Element, element: Element): boolean {
  for (const at of flatAncestors(hit)) {
    if (contains(at, element)) return false;
    if (!/fixed|sticky/.test(getComputedStyle(at).position)) continue;
    const rect = at.getBoundingClientRect();
    const view = viewport();
    return rect.width * rect.height < view.width * view.height * 0.6;
  }
  return false;
}
