/** A point inside a child frame, seen from the frame that holds it. */

import { describeObstacle } from "./hit";
import { contains, deepElementFromPoint, flatAncestors } from "./tree";
import type { Point, WayOut } from "./types";
import { viewport } from "./visible";
import { wayOut } from "./way_out";

export interface OwnerPoint {
  point: Point;
  /** Whether input at the point reaches the frame. */
  hit: boolean;
  coveredBy?: string;
  /** How what covers it could be closed. */
  wayOut?: WayOut;
  /** True when the frame had to be scrolled into view, which moves everything measured before. */
  scrolled: boolean;
}

/** Only looks, unless `scroll` asks for the point to be brought into the viewport. */
export function ownerPoint(frame: Element, inner: Point, options: { scroll?: boolean } = {}): OwnerPoint {
  let point = toParent(frame, inner);
  let scrolled = false;
  if (options.scroll && !insideViewport(point)) {
    frame.scrollIntoView({ block: "nearest", inline: "nearest", behavior: "instant" });
    point = toParent(frame, inner);
    if (!insideViewport(point)) {
      const view = viewport();
      scrollBy({ left: point.x - view.width / 2, top: point.y - view.height / 2, behavior: "instant" });
      point = toParent(frame, inner);
    }
    scrolled = true;
  }
  const target = deepElementFromPoint(point.x, point.y);
  if (target && contains(frame, target)) return { point, hit: true, scrolled };
  if (!target) return { point, hit: false, scrolled };
  const out = wayOut(target, frame);
  return { point, hit: false, scrolled, coveredBy: describeObstacle(target, frame), ...(out ? { wayOut: out } : {}) };
}

/** The top-left corner of the frame's content, for overlays that span frames. */
export function ownerOffset(frame: Element): Point {
  return toParent(frame, { x: 0, y: 0 });
}

/**
 * The middle of an affine image is the image of the middle, so the bounding rectangle's centre and the
 * linear part of the transforms are enough, without any transform origin.
 */
function toParent(frame: Element, inner: Point): Point {
  const rect = frame.getBoundingClientRect();
  const style = getComputedStyle(frame);
  const width = (frame as HTMLElement).offsetWidth;
  const height = (frame as HTMLElement).offsetHeight;
  const local = {
    x: frame.clientLeft + Number.parseFloat(style.paddingLeft) + inner.x - width / 2,
    y: frame.clientTop + Number.parseFloat(style.paddingTop) + inner.y - height / 2,
  };
  const linear = linearPart(frame);
  return {
    x: rect.x + rect.width / 2 + linear.a * local.x + linear.c * local.y,
    y: rect.y + rect.height / 2 + linear.b * local.x + linear.d * local.y,
  };
}

function linearPart(frame: Element): DOMMatrix {
  let matrix = new DOMMatrix();
  for (const at of flatAncestors(frame)) {
    const style = getComputedStyle(at);
    const own = new DOMMatrix();
    if (style.rotate !== "none") own.multiplySelf(new DOMMatrix(`rotate(${style.rotate})`));
    if (style.scale !== "none") own.multiplySelf(new DOMMatrix(`scale(${style.scale.split(" ").join(",")})`));
    if (style.transform !== "none") own.multiplySelf(new DOMMatrix(style.transform));
    const zoom = Number.parseFloat(style.zoom || "1");
    if (zoom !== 1) own.scaleSelf(zoom);
    if (!own.isIdentity) matrix = own.multiply(matrix);
  }
  return matrix;
}

function insideViewport(point: Point): boolean {
  const view = viewport();
  return point.x >= 0 && point.y >= 0 && point.x < view.width && point.y < view.height;
}
