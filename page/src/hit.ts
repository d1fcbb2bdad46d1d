/** Whether input at a point would reach an element. */

import { labelsOf } from "./name";
import { clip, elementText } from "./text";
import { closest, contains, deepElementFromPoint, flatAncestors } from "./tree";
import type { Point } from "./types";

/** Nothing when the element would receive the event, otherwise what stands in the way. */
export function obstacle(element: Element, point: Point): Element | "nothing" | null {
  const hit = deepElementFromPoint(point.x, point.y);
  if (!hit) return "nothing";
  return receives(element, hit) ? null : hit;
}

/** Whether input that hits one element is input for the other. */
export function receives(element: Element, hit: Element): boolean {
  if (contains(element, hit)) return true;
  // A closed shadow root shows only its host.
  const root = element.getRootNode();
  if (root instanceof ShadowRoot && root.host === hit && root.mode === "closed") return true;
  // A label passes its clicks on; a control laid over its own label is what the label stands for.
  if (labelsOf(element).some((label) => contains(label, hit) && !foreignControl(label, hit, element))) {
    return true;
  }
  if (element instanceof HTMLLabelElement && element.control && contains(element.control, hit)) return true;
  // Parts of one button or link are one target: an icon's overlay, the button around a text.
  const target = closest(element, interactive);
  return target !== null && closest(hit, interactive) === target;
}

const interactive = "button,a[href],summary,[role=button],[role=link],[role=tab],[role=menuitem],[role=option]";

function foreignControl(label: Element, hit: Element, control: Element): boolean {
  const nearest = closest(hit, "a[href],button,input,select,textarea");
  return nearest !== null && nearest !== control && label.contains(nearest);
}

/** An element as a person would name it in an error: `<div id="veil" class="overlay">`. */
export function preview(element: Element): string {
  const shown = ["id", "name", "type", "role", "aria-label", "data-testid", "class"]
    .map((name) => [name, element.getAttribute(name)] as const)
    .filter(([, value]) => value)
    .map(([name, value]) => ` ${name}="${clip(value ?? "", 40)}"`)
    .slice(0, 4)
    .join("");
  const text = clip(elementText(element), 40);
  const tag = element.localName;
  return text ? `<${tag}${shown}>${text}</${tag}>` : `<${tag}${shown}>`;
}

/** Names the obstacle by its outermost part that does not also hold the element. */
export function describeObstacle(hit: Element, element: Element): string {
  let outermost = hit;
  for (const at of flatAncestors(hit)) {
    if (contains(at, element)) break;
    outermost = at;
  }
  return outermost === hit ? preview(hit) : `${preview(hit)} inside ${preview(outermost)}`;
}
