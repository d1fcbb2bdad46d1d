/** The way of a pointer over something that is drawn on: there the way counts, and not only where it ends. */

import type { Point } from "../types";

/** A stroke of a minute has thousands of points; so many show the same curve. */
const mostPoints = 400;

/** Points nearer to each other than this cannot be told apart when drawn, in CSS pixels. */
const leastPx = 2;

export class Stroke {
  private points: Point[] = [];
  private spacing = leastPx;

  /** Takes in a move, with what the browser has put together in it. */
  move(event: PointerEvent): void {
    const all = event.getCoalescedEvents?.() ?? [];
    for (const { clientX: x, clientY: y } of all.length > 0 ? all : [event]) this.add({ x, y });
  }

  private add(point: Point): void {
    const last = this.points.at(-1);
    if (last && Math.hypot(point.x - last.x, point.y - last.y) < this.spacing) return;
    this.points.push(point);
    if (this.points.length <= mostPoints) return;
    // Every second one, from here on too.
    this.points = this.points.filter((_, index) => index % 2 === 0);
    this.spacing *= 2;
  }

  /** From the corner of a box. */
  from(corner: Point): Point[] {
    const round = (value: number) => Math.round(value * 10) / 10;
    return this.points.map(({ x, y }) => ({ x: round(x - corner.x), y: round(y - corner.y) }));
  }
}
