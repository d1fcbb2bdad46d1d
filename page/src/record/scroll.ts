/** Scrolling by a person: the wheel, a finger, the scroll bar; not what the page or a key scrolls. */

import { legacySelector } from "../legacy_selector";
import type { Recorder } from "./recorder";
import type { StepBody, StepTarget } from "./step";

/** Quiet time after which a scroll is over. */
const quietMs = 200;
/** How long a turn of the wheel keeps things scrolling. */
const momentumMs = 600;

export function scrolls(recorder: Recorder): void {
  let byPersonUntil = Number.NEGATIVE_INFINITY;
  let pressing = false;
  let pending: { source: Element; timer: ReturnType<typeof setTimeout> } | undefined;
  let last: { source: Element; id: string; target: StepTarget | undefined } | undefined;

  const finish = () => {
    if (!pending) return;
    clearTimeout(pending.timer);
    const { source } = pending;
    pending = undefined;
    if (last?.source === source && recorder.isLast(last.id)) {
      recorder.update(last.id, bodyOf(source, last.target));
      return;
    }
    const target = isPage(source) ? undefined : recorder.target(source);
    last = { source, target, id: recorder.step(bodyOf(source, target)) };
  };

  const byPerson = () => {
    byPersonUntil = performance.now() + momentumMs;
  };
  recorder.on("wheel", byPerson);
  recorder.on("touchmove", byPerson);
  recorder.on("pointerdown", () => {
    pressing = true;
  });
  recorder.on("pointerup", () => {
    pressing = false;
  });
  recorder.on("pointermove", (event) => {
    // The release of a scroll bar is not always reported.
    if (event.buttons === 0) pressing = false;
  });

  recorder.on("scroll", (event) => {
    const now = performance.now();
    const source = scrolledBy(event);
    const goesOn = pending?.source === source;
    // While the button is down only a scroll bar scrolls; the page's own doing follows the release.
    if (!goesOn && now > byPersonUntil && !pressing) return;
    if (pending && !goesOn) finish();
    clearTimeout(pending?.timer);
    pending = { source, timer: setTimeout(finish, quietMs) };
    if (now < byPersonUntil) byPersonUntil = now + momentumMs;
  });

  recorder.beforeStep(finish);
  recorder.onStop(() => clearTimeout(pending?.timer));
}

/** What an event of scrolling is about: a box, or the page. */
export function scrolledBy(event: Event): Element {
  return event.target instanceof Element ? event.target : document.documentElement;
}

function isPage(source: Element): boolean {
  return source === document.documentElement || source === document.body || source === document.scrollingElement;
}

function bodyOf(source: Element, target: StepTarget | undefined): StepBody {
  const page = isPage(source);
  return {
    type: "scroll",
    scrollX: Math.round(page ? scrollX : source.scrollLeft),
    scrollY: Math.round(page ? scrollY : source.scrollTop),
    element: target ? legacySelector(source, target.selectors) : "window",
    ...(target ? { selectors: target.selectors, tagName: target.tagName, box: target.box } : {}),
  };
}
