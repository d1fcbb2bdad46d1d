/** Functions that answer with an element instead of JSON, for the caller to hold as a handle. */

import { locate } from "./locate";
import { deepElementFromPoint } from "./tree";
import type { ContentSignature, Selector } from "./types";
import { Watch } from "./wait";

/** The one element that the selectors name, waiting for it up to `timeoutMs` (default: no wait). */
export async function element(
  selectors: Selector[],
  options: { timeoutMs?: number; signature?: ContentSignature } = {},
): Promise<Element | null> {
  const deadline = performance.now() + (options.timeoutMs ?? 0);
  let watch: Watch | undefined;
  try {
    for (;;) {
      const { found } = locate(selectors, options.signature);
      if (found) return found.element;
      const left = deadline - performance.now();
      if (left <= 0) return null;
      watch ??= new Watch();
      await watch.change(left);
    }
  } finally {
    watch?.close();
  }
}

/** The innermost element at a point of the viewport, through open shadow roots. */
export function elementAt(x: number, y: number): Element | null {
  return deepElementFromPoint(x, y);
}
