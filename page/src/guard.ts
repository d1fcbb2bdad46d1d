/**
 * Keeps a click that is on its way from anything but the element it is meant for. Between the look that chose the point and
 * the press the page may have moved: what stands there by then gets none of the click's events, and the caller looks again.
 */

import { preview, receives } from "./hit";

interface Guarded {
  element: Element;
  until: number;
  /** Unknown until the first press. */
  verdict?: "through" | "kept";
  /** What would have been pressed. */
  other?: string;
}

/** A click that has not come by then is another one, perhaps a person's. */
const patienceMs = 5_000;
const events = ["pointerdown", "mousedown", "pointerup", "mouseup", "click", "auxclick", "dblclick", "contextmenu"] as const;

let guarded: Guarded | undefined;
let listening = false;

/** The next click is for this element. */
export function guard(element: Element): void {
  guarded = { element, until: performance.now() + patienceMs };
  if (listening) return;
  listening = true;
  for (const type of events) addEventListener(type, onEvent, { capture: true, passive: false });
}

export interface Landing {
  /** The click would have reached something else, and reached nothing. */
  kept: boolean;
  other?: string;
}

/** What became of the click that was guarded. */
export function landing(): Landing {
  const { verdict, other } = guarded ?? {};
  guarded = undefined;
  return { kept: verdict === "kept", ...(other ? { other } : {}) };
}

// Who asks what listens to an element does not mean this.
onEvent.ours = true;

function onEvent(event: Event): void {
  if (!guarded || !event.isTrusted) return;
  if (!guarded.verdict) {
    const presses = event.type === "pointerdown" || event.type === "mousedown";
    if (!presses || performance.now() > guarded.until) return;
    const hit = event.composedPath()[0];
    guarded.verdict = hit instanceof Element && !receives(guarded.element, hit) ? "kept" : "through";
    if (guarded.verdict === "kept") guarded.other = preview(hit as Element);
  }
  if (guarded.verdict === "through") return;
  event.preventDefault();
  event.stopImmediatePropagation();
}
