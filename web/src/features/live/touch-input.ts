import type { Point } from "./geometry.ts";
import type { LiveSession } from "./live-session.ts";

const TAP_PX = 10;
const LONG_PRESS_MS = 550;
/** Browsers repeat a tap as mouse events; those within this time are echoes. */
const ECHO_MS = 800;

interface Finger {
  start: Point;
  last: Point;
  moved: boolean;
}

/**
 * Fingers on the stage. A page with a touch screen gets them as they are; any other page gets what a hand with a mouse would
 * have done: tap is a click, a drag scrolls, a long press is the right button.
 */
export class TouchInput {
  #fingers = new Map<number, Finger>();
  #live: LiveSession;
  #toPage: (client: Point) => Point;
  #longPress: ReturnType<typeof setTimeout> | undefined;
  #lastAt = 0;

  constructor(live: LiveSession, toPage: (client: Point) => Point) {
    this.#live = live;
    this.#toPage = toPage;
  }

  recent(): boolean {
    return performance.now() - this.#lastAt < ECHO_MS;
  }

  down(event: PointerEvent): void {
    this.#lastAt = performance.now();
    const point = { x: event.clientX, y: event.clientY };
    this.#fingers.set(event.pointerId, { start: point, last: point, moved: false });
    if (this.#native()) this.#touch("start");
    else if (this.#fingers.size === 1) {
      this.#longPress = setTimeout(() => this.#click(point, 2), LONG_PRESS_MS);
    }
  }

  move(event: PointerEvent): void {
    const finger = this.#fingers.get(event.pointerId);
    if (!finger) return;
    this.#lastAt = performance.now();
    const point = { x: event.clientX, y: event.clientY };
    const before = finger.last;
    finger.last = point;
    if (Math.hypot(point.x - finger.start.x, point.y - finger.start.y) > TAP_PX && !finger.moved) {
      finger.moved = true;
      clearTimeout(this.#longPress);
    }
    if (this.#native()) {
      this.#touch("move");
    } else if (finger.moved) {
      const from = this.#toPage(before);
      const to = this.#toPage(point);
      this.#live.input({ t: "wheel", ...this.#toPage(finger.start), dx: from.x - to.x, dy: from.y - to.y, mods: 0 });
    }
  }

  up(event: PointerEvent): void {
    const finger = this.#fingers.get(event.pointerId);
    if (!finger) return;
    this.#lastAt = performance.now();
    this.#fingers.delete(event.pointerId);
    const held = this.#longPress === undefined;
    clearTimeout(this.#longPress);
    this.#longPress = undefined;
    if (this.#native()) this.#touch("end");
    else if (!finger.moved && !held) this.#click(finger.start, 0);
  }

  cancel(event: PointerEvent): void {
    if (!this.#fingers.delete(event.pointerId)) return;
    clearTimeout(this.#longPress);
    if (this.#native()) this.#touch("cancel");
  }

  dispose(): void {
    clearTimeout(this.#longPress);
  }

  #native(): boolean {
    return this.#live.snapshot().session?.viewport.touch ?? false;
  }

  #touch(kind: "start" | "move" | "end" | "cancel"): void {
    const points = [...this.#fingers].map(([id, finger]) => ({ id: id % 1_000, ...this.#toPage(finger.last) }));
    this.#live.input({ t: "touch", kind, points });
  }

  #click(client: Point, button: 0 | 2): void {
    this.#longPress = undefined;
    const at = { ...this.#toPage(client), button, clicks: 1, mods: 0 };
    this.#live.input({ t: "mouse", kind: "move", ...at, clicks: 0, buttons: 0 });
    this.#live.input({ t: "mouse", kind: "down", ...at, buttons: button === 0 ? 1 : 2 });
    this.#live.input({ t: "mouse", kind: "up", ...at, buttons: 0 });
  }
}
