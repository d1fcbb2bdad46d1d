/**
 * Keeps a click that is on its way from anything but the element it is meant for. Between the look that chose the point and
 * the press the page may have moved: what stands there by then gets none of the click's events, and the caller looks again.
 * The same where it moves between press and release: the element gets no click then, and what holds both places would.
 */

import { obstacle, preview, receives } from "./hit";

interface Guarded {
  element: Element;
  until: number;
  /** Unknown until the first press. */
  verdict?: "through" | "kept" | "missed";
  /** The element got what the press and the release are for: a click, or a context menu at the press. */
  done?: boolean;
  /** What would have been pressed, or was under the release. */
  other?: string;
  presses: number;
  /** The last event of the press, and who sees whether it takes the element away. */
  press?: Event;
  watch?: MutationObserver;
  /** A listener to the press has removed the element. */
  removed?: boolean;
  /** The highest number that the browser gave a click of these presses: 2 for a double click. */
  counted: number;
}

/** A click that has not come by then is another one, perhaps a person's. */
const patienceMs = 5_000;
const events = ["pointerdown", "mousedown", "pointerup", "mouseup", "click", "auxclick", "dblclick", "contextmenu"] as const;
const clicks = new Set(["click", "auxclick", "dblclick", "contextmenu"]);

let guarded: Guarded | undefined;
let listening = false;

/** The next click is for this element. */
export function guard(element: Element): void {
  guarded?.watch?.disconnect();
  guarded = { element, until: performance.now() + patienceMs, presses: 0, counted: 0 };
  if (listening) return;
  listening = true;
  for (const type of events) addEventListener(type, onEvent, { capture: true, passive: false });
}

export interface Landing {
  /** The press would have reached something else, and reached nothing. */
  kept: boolean;
  /** The press reached the element, the release did not: no click came of it. */
  missed?: true;
  /** Several presses reached the page and the browser made clicks of their own of them: no double click came of two. */
  split?: true;
  other?: string;
}

/** What became of the click that was guarded. */
export function landing(): Landing {
  const { verdict, other, presses = 0, counted = 0, watch } = guarded ?? {};
  watch?.disconnect();
  guarded = undefined;
  return {
    kept: verdict === "kept",
    ...(verdict === "missed" ? { missed: true } : {}),
    ...(verdict === "through" && presses > 1 && counted < presses ? { split: true } : {}),
    ...(other ? { other } : {}),
  };
}

// Who asks what listens to an element does not mean this.
onEvent.ours = true;

function onEvent(event: Event): void {
  if (!guarded || !event.isTrusted) return;
  if (event.type === "pointerdown" || event.type === "mousedown") guarded.press = event;
  if (!guarded.verdict) judgePress(guarded, event);
  else if (guarded.verdict === "through") judgeRelease(guarded, event);
  count(guarded, event as MouseEvent);
  // A release is let through wherever it is: who saw the press waits for it.
  const isRelease = event.type === "pointerup" || event.type === "mouseup";
  if (guarded.verdict === "kept" || (guarded.verdict === "missed" && !isRelease)) {
    event.preventDefault();
    event.stopImmediatePropagation();
  }
}

/** Other buttons have no double click. */
function count(guarded: Guarded, event: MouseEvent): void {
  if (event.button !== 0) return;
  // A page may do without the mouse events behind the pointer's; a click comes all the same.
  if (event.type === "pointerdown") guarded.presses++;
  if (event.type === "click" || event.type === "dblclick") guarded.counted = Math.max(guarded.counted, event.detail);
}

function judgePress(guarded: Guarded, event: Event): void {
  const presses = event.type === "pointerdown" || event.type === "mousedown";
  if (!presses || performance.now() > guarded.until) return;
  const hit = event.composedPath()[0];
  guarded.verdict = hit instanceof Element && !receives(guarded.element, hit) ? "kept" : "through";
  if (guarded.verdict === "kept") guarded.other = preview(hit as Element);
  else watchOver(guarded);
}

/** An event has its phase as long as its listeners run, and what they put off until they are done. */
function watchOver(guarded: Guarded): void {
  const { element } = guarded;
  guarded.watch = new MutationObserver(() => {
    if (element.isConnected) return;
    guarded.removed = guarded.press?.eventPhase !== Event.NONE;
    guarded.watch?.disconnect();
  });
  for (let root = element.getRootNode(); ; root = root.host.getRootNode()) {
    guarded.watch.observe(root, { childList: true, subtree: true });
    if (!(root instanceof ShadowRoot)) return;
  }
}

function judgeRelease(guarded: Guarded, event: Event): void {
  if (clicks.has(event.type)) guarded.done = true;
  if (event.type !== "mouseup" || guarded.done) return;
  if (!guarded.element.isConnected) {
    // What the press has removed can have no click; a person's click there had none either.
    if (guarded.removed) return;
    guarded.verdict = "missed";
    guarded.other = "nothing";
    return;
  }
  const { clientX: x, clientY: y } = event as MouseEvent;
  // Where it is and not whom the event is for: a press may have bound the pointer to something around the element.
  const other = obstacle(guarded.element, { x, y });
  if (!other) return;
  guarded.verdict = "missed";
  guarded.other = other === "nothing" ? "nothing" : preview(other);
}
