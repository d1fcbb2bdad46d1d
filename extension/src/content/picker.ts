/**
 * Pointing at an element: the frame under the pointer outlines it, a click or Enter picks it, Escape ends. While it lasts
 * neither the page nor the recorder sees presses and keys; they still see the pointer move, so that what a hover brings up
 * stays up and is recorded as the way to the element.
 */

import { describe, type Picked, pick } from "../../../page/src/describe";
import { elementAt } from "../../../page/src/element";
import { highlight } from "../../../page/src/highlight";
import { commitHoversFor } from "../../../page/src/record/recorder";
import { deepActiveElement } from "../../../page/src/tree";
import { wayToHere } from "./frame-place";
import { say } from "./outlet";

const presses = ["pointerdown", "pointerup", "mousedown", "mouseup", "click", "dblclick", "auxclick", "contextmenu"] as const;

let picking = false;
let outlined: Element | null = null;
let frame = 0;

/** Listens before the recorder does, which has to start after this. */
export function preparePicker(): void {
  for (const type of presses) addEventListener(type, onPress, { capture: true });
  for (const type of ["keydown", "keyup", "dragstart", "touchstart"] as const)
    addEventListener(type, onKeyOrDrag, { capture: true, passive: false });
  addEventListener("pointermove", onMove, { capture: true, passive: true });
  addEventListener("focusin", (event) => picking && event.target instanceof Element && outline(deepActiveElement()), { capture: true });
  document.addEventListener("pointerleave", () => picking && outline(null), { passive: true });
}

export function startPicking(): void {
  picking = true;
}

export function stopPicking(): void {
  picking = false;
  outline(null);
}

function onPress(event: MouseEvent): void {
  if (!picking) return;
  swallow(event);
  // A disabled control has no `click`, but the pointer is released over it.
  if (event.type !== "pointerup" || !event.isTrusted || event.button !== 0) return;
  const { clientX: x, clientY: y } = event;
  const element = elementAt(x, y);
  // The click that belongs to this press is still to come.
  setTimeout(() => picking && element && choose(element, pick(x, y)), 0);
}

function onKeyOrDrag(event: Event): void {
  if (!picking) return;
  const key = event instanceof KeyboardEvent ? event.key : "";
  // Tab moves the focus, which points as the mouse does; that much is left to the browser.
  if (key === "Tab") event.stopImmediatePropagation();
  else swallow(event);
  if (event.type !== "keydown" || !event.isTrusted) return;
  if (key === "Escape") void say({ from: "page", kind: "pickCancelled" });
  const focused = deepActiveElement();
  if (key === "Enter" && focused && focused !== document.body) pickFocused(focused);
}

function pickFocused(element: Element): void {
  const { x, y, width, height } = element.getBoundingClientRect();
  const there = elementAt(x + width / 2, y + height / 2);
  // Its middle may show a part of it: what has the focus is meant.
  if (there === element) choose(element, pick(x + width / 2, y + height / 2));
  else {
    const description = describe(element);
    choose(element, description && { ...description, suggestions: [{ kind: "elementVisible" }] });
  }
}

function choose(element: Element, picked: Picked | null): void {
  if (!picked) return;
  // What had to be hovered to bring the element up comes before the check.
  commitHoversFor(element);
  void say({ from: "page", kind: "picked", picked, way: wayToHere() });
}

function swallow(event: Event): void {
  event.preventDefault();
  event.stopImmediatePropagation();
}

/** Outlines at most once for each picture that the browser draws. */
function onMove(event: PointerEvent): void {
  if (!picking || !event.isTrusted) return;
  cancelAnimationFrame(frame);
  const { clientX, clientY } = event;
  frame = requestAnimationFrame(() => picking && outline(elementAt(clientX, clientY)));
}

function outline(element: Element | null): void {
  if (element === outlined) return;
  outlined = element;
  highlight(element ? (describe(element)?.selectors ?? null) : null);
}
