import type { Point } from "./geometry.ts";

const DOUBLE_CLICK_MS = 500;
const DOUBLE_CLICK_PX = 5;

/** Counts clicks as operating systems do: same button, same place, soon after. */
export class ClickCounter {
  #last: { at: number; button: number; point: Point; count: number } | undefined;

  down(at: number, button: number, point: Point): number {
    const last = this.#last;
    const again =
      last !== undefined &&
      last.button === button &&
      at - last.at < DOUBLE_CLICK_MS &&
      Math.hypot(point.x - last.point.x, point.y - last.point.y) <= DOUBLE_CLICK_PX;
    const count = again ? Math.min(last.count + 1, 3) : 1;
    this.#last = { at, button, point, count };
    return count;
  }

  /** The count of the click that the last press began. */
  get current(): number {
    return this.#last?.count ?? 1;
  }
}
