/**
 * Keeps text that is on its way from anything but the field it is meant for: a page may take the focus, or the field, away
 * before it comes.
 */

import { contains } from "./tree";

/** Text that has not come by then is another one, perhaps a person's. */
const patienceMs = 5_000;

let guarded: { element: Element; until: number; reached: boolean } | undefined;
let listening = false;

/** The next text is for this element. */
export function guardText(element: Element): void {
  guarded = { element, until: performance.now() + patienceMs, reached: false };
  if (listening) return;
  listening = true;
  for (const type of ["beforeinput", "input"]) addEventListener(type, onText, true);
}

/** Whether the text has come to where it was meant to go; a field that is full may pass the rest on. */
export function textReached(): boolean {
  const reached = guarded?.reached !== false;
  guarded = undefined;
  return reached;
}

// Who asks what listens to an element does not mean this.
onText.ours = true;

function onText(event: Event): void {
  if (!guarded || guarded.reached || performance.now() > guarded.until) return;
  const to = event.composedPath()[0];
  if (to instanceof Element && (contains(guarded.element, to) || contains(to, guarded.element))) {
    guarded.reached = true;
  } else if (event.isTrusted && event.type === "beforeinput") {
    event.preventDefault();
    event.stopImmediatePropagation();
  }
}
