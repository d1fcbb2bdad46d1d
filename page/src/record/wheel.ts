/** Turns of the wheel that the page takes for itself: a map zooms, a model turns. Those that scroll are scrolls. */

import { testIdAttributes } from "../selectors/attribute";
import { closest, contains, eventTarget } from "../tree";
import type { Recorder } from "./recorder";
import { scrolledBy } from "./scroll";
import { meantBy, modifiersOf, relativeTo, type StepTarget } from "./step";

/** Quiet time after which the wheel rests. */
const quietMs = 200;
/** As many turns as one step has at most; the recording format's limit. */
const mostTurns = 1000;
/** What one unit of `deltaMode` is, in CSS pixels: a pixel, a line (of the usual 16), a page (of the window). */
const unitPx = [() => 1, () => 16, () => innerHeight];

interface Turning {
  element: Element;
  target: StepTarget;
  events: WheelEvent[];
  at: number;
  timer?: ReturnType<typeof setTimeout>;
}

export function wheels(recorder: Recorder): void {
  let turning: Turning | undefined;

  const finish = () => {
    const done = turning;
    turning = undefined;
    if (!done) return;
    clearTimeout(done.timer);
    // Only now: the page's own listeners come after this one.
    const taken = done.events.filter((event) => event.defaultPrevented);
    const [begin] = taken;
    if (!begin) return;
    const sum = (each: (event: WheelEvent) => number) => taken.reduce((all, event) => all + each(event), 0);
    const unit = (event: WheelEvent) => unitPx[event.deltaMode]?.() ?? 1;
    const { target } = done;
    recorder.step(
      {
        type: "wheel",
        ...target,
        deltaX: sum((event) => event.deltaX * unit(event)),
        deltaY: sum((event) => event.deltaY * unit(event)),
        ...(taken.length > 1 ? { turns: taken.length } : {}),
        ...relativeTo(target.box, begin.clientX, begin.clientY),
        modifiers: modifiersOf(begin),
      },
      done.at,
    );
  };

  recorder.on("wheel", (event) => {
    const hit = eventTarget(event);
    if (!hit) return;
    const element = turnedAt(hit, recorder.options.testIdAttributes ?? []);
    if (turning && !goesOn(turning, element, event)) finish();
    turning ??= { element, target: recorder.target(element), events: [], at: Date.now() };
    turning.events.push(event);
    clearTimeout(turning.timer);
    turning.timer = setTimeout(finish, quietMs);
  });

  recorder.on("scroll", (event) => {
    if (!turning) return;
    // A page that scrolls by itself, more smoothly than the browser: where it got to is what counts.
    if (!contains(scrolledBy(event), turning.element)) return;
    clearTimeout(turning.timer);
    turning = undefined;
  });

  recorder.beforeStep(finish);
  recorder.onStop(() => clearTimeout(turning?.timer));
}

/** Whether a turn is one of those before it: over the same element, the same way, with the same keys held. */
function goesOn(turning: Turning, element: Element, event: WheelEvent): boolean {
  const before = turning.events.at(-1);
  if (!before) return true;
  if (turning.element !== element || turning.events.length >= mostTurns) return false;
  const isSameWay = before.deltaY * event.deltaY >= 0 && before.deltaX * event.deltaX >= 0;
  return isSameWay && modifiersOf(before).join() === modifiersOf(event).join();
}

/** What the wheel is turned over, by what lasts: the map and not one of its tiles, which the turn replaces. */
function turnedAt(hit: Element, testIds: string[]): Element {
  const named = ["id", "role", "aria-label", ...testIds, ...testIdAttributes].map((name) => `[${CSS.escape(name)}]`);
  const element = meantBy(hit);
  const found = closest(element, ["canvas", ...named].join());
  return found && found !== document.body && found !== document.documentElement ? found : element;
}
