/** Steps as the recording format has them, and what is known of the element that a step is about. */

import { conditionsOf, type ElementConditions } from "../describe";
import { generate } from "../generate";
import { type Fingerprint, fingerprintOf } from "../heal/fingerprint";
import { type LegacySelector, legacySelector } from "../legacy_selector";
import { nameOf } from "../name";
import { isSensitive } from "../sensitive";
import { signatureOf } from "../signature";
import { clip, elementText } from "../text";
import { closest } from "../tree";
import type { Box, ContentSignature, Point, Selector } from "../types";
import { boxOf } from "../visible";

/** The part of a step that names its element; taken before the page reacts. */
export interface StepTarget {
  selectors: Selector[];
  selector: LegacySelector;
  tagName: string;
  text?: string;
  contentSignature?: ContentSignature;
  fingerprint: Fingerprint;
  elementState: ElementConditions;
  box: Box;
}

/** A step without its time and address, which the recorder adds. */
export type StepBody = { type: string } & Record<string, unknown>;

export function targetOf(element: Element, testIdAttributes: string[] | undefined): StepTarget {
  const selectors = generate(element, testIdAttributes ? { testIdAttributes } : {});
  const signature = signatureOf(element);
  const text = isSensitive(element) ? "" : textOf(element);
  return {
    selectors,
    selector: legacySelector(element, selectors),
    tagName: element.localName,
    ...(text ? { text } : {}),
    ...(signature ? { contentSignature: signature } : {}),
    fingerprint: fingerprintOf(element),
    elementState: conditionsOf(element),
    box: boxOf(element),
  };
}

const activators =
  "button,a[href],summary,label,input,select,textarea,[role=button],[role=link],[role=menuitem],[role=menuitemcheckbox],[role=menuitemradio],[role=tab],[role=option],[role=checkbox],[role=radio],[role=switch],[role=treeitem],[role=combobox],[role=slider]";

/** What a person meant to hit: the button around the icon, the link around the text, the whole editor. */
export function meantBy(element: Element): Element {
  const activator = closest(element, activators);
  if (activator) return activator;
  const host = editingHostOf(element);
  if (host) return host;
  if (element instanceof SVGElement && element.ownerSVGElement) return element.ownerSVGElement;
  return element;
}

/** The outermost element of the `contenteditable` area around an element. */
export function editingHostOf(element: Element): HTMLElement | null {
  if (!(element instanceof HTMLElement) || !element.isContentEditable) return null;
  let host = element;
  while (host.parentElement?.isContentEditable) host = host.parentElement;
  return host;
}

/** A point in an element's own box, as SaveAction writes clicks. */
export function relativeTo(box: Box, x: number, y: number): { coordinates: Point; coordinatesRelativeTo: "element" } {
  const round = (value: number) => Math.round(value * 100) / 100;
  return { coordinates: { x: round(x - box.x), y: round(y - box.y) }, coordinatesRelativeTo: "element" };
}

export function modifiersOf(event: MouseEvent | KeyboardEvent): string[] {
  const names: [boolean, string][] = [
    [event.ctrlKey, "ctrl"],
    [event.shiftKey, "shift"],
    [event.altKey, "alt"],
    [event.metaKey, "meta"],
  ];
  return names.filter(([held]) => held).map(([, name]) => name);
}

/** What the step's title can say; fields are named by their label instead of their content. */
function textOf(element: Element): string {
  const field = element.matches("input:not([type=submit],[type=button],[type=reset]),select,textarea,[contenteditable]");
  return clip((field ? "" : elementText(element)) || nameOf(element), 100);
}
