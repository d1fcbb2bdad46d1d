/** The shape of the mouse pointer, which is not part of a live picture. */

import { emit } from "../emit";
import { eventTarget } from "../tree";
import { listen } from "./index";

const everyMs = 50;

export function startCursor(): () => void {
  let last = "";
  let dueAt = 0;
  let trailing: ReturnType<typeof setTimeout> | undefined;

  const tell = (element: Element, x: number, y: number) => {
    dueAt = performance.now() + everyMs;
    const cursor = cursorAt(element, x, y);
    if (cursor === last) return;
    last = cursor;
    emit({ kind: "cursor", cursor });
  };

  const releases = [
    listen(["mousemove"], (event) => {
      const element = eventTarget(event);
      clearTimeout(trailing);
      if (!element) return;
      // The frame inside speaks for itself.
      if (element instanceof HTMLIFrameElement) {
        last = "";
        return;
      }
      const { clientX, clientY } = event;
      const early = dueAt - performance.now();
      if (early <= 0) tell(element, clientX, clientY);
      else trailing = setTimeout(() => tell(element, clientX, clientY), early);
    }),
    listen(["mouseout"], (event) => {
      // Another document sets the pointer from here on, so the next one here has to be told anew.
      if (!event.relatedTarget) {
        clearTimeout(trailing);
        last = "";
      }
    }),
  ];
  return () => {
    clearTimeout(trailing);
    for (const release of releases) release();
  };
}

function cursorAt(element: Element, x: number, y: number): string {
  const value = getComputedStyle(element).cursor;
  // Pictures cannot be sent along; the keyword after them is their fallback.
  const keyword = value.split(",").at(-1)?.trim() ?? "default";
  if (keyword !== "auto") return keyword;
  if (element.matches("input,textarea") || (element instanceof HTMLElement && element.isContentEditable)) {
    const button =
      element instanceof HTMLInputElement && /^(button|submit|reset|checkbox|radio|file|color|range|image)$/.test(element.type);
    return button || element.matches(":disabled") ? "default" : "text";
  }
  return overText(element, x, y) ? "text" : "default";
}

function overText(element: Element, x: number, y: number): boolean {
  if (getComputedStyle(element).userSelect === "none") return false;
  for (const node of element.childNodes) {
    if (!(node instanceof Text) || !node.data.trim()) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const rect of range.getClientRects()) {
      if (x >= rect.left && x <= rect.right && y >= rect.top && y <= rect.bottom) return true;
    }
  }
  return false;
}
