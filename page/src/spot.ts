/** Where the element of a failed step is, for the picture of the failure. */

import { locate } from "./locate";
import type { Box, ContentSignature, Selector } from "./types";
import { boxOf } from "./visible";

export interface Spot {
  /** In the frame's own viewport. */
  box: Box;
  /** Width and height of the frame's own viewport, in CSS pixels. */
  view: { width: number; height: number };
}

/** The place of the one element that the selectors name, without waiting; `null` without one, or when it has no size. */
export function spot(selectors: Selector[], signature: ContentSignature | null): Spot | null {
  const element = locate(selectors, signature ?? undefined).found?.element;
  if (!element) return null;
  const box = boxOf(element);
  return box.width > 0 && box.height > 0 ? { box, view: { width: innerWidth, height: innerHeight } } : null;
}
