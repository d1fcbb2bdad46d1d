import { useCallback, useRef } from "react";
import { toStage } from "./geometry.ts";
import type { Box } from "./protocol.ts";

/** A popup's anchor at a box of the page. `probe` goes onto an element that fills the stage. */
export function useBoxAnchor(box: Box | undefined, scale: number) {
  const probe = useRef<HTMLSpanElement>(null);
  const anchor = useCallback(() => {
    const stage = probe.current?.parentElement?.getBoundingClientRect() ?? new DOMRect();
    const placed = toStage(box ?? { x: 0, y: 0, width: 0, height: 0 }, scale);
    const rect = new DOMRect(stage.x + placed.x, stage.y + placed.y, placed.width, placed.height);
    return { getBoundingClientRect: () => rect };
  }, [box, scale]);
  return { probe, anchor };
}
