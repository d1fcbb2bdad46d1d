/** Everything worth knowing about an element: selectors, role, name, text, state, the list it stands in. */

import { type GenerateOptions, generate } from "./generate";
import { nameOf } from "./name";
import { roleOf } from "./roles";
import { Pass } from "./selectors/pass";
import { isSensitive, variableNameFor } from "./sensitive";
import { signatureOf } from "./signature";
import { attributesOf, checkedOf, disabledBecause, fieldValue, isEditable, typeOf } from "./state";
import { clip, elementText, visibleText } from "./text";
import { deepElementFromPoint } from "./tree";
import type { Box, ContentSignature, Point, Selector } from "./types";
import { boxOf, inViewport, isVisible } from "./visible";

export interface Description {
  selectors: Selector[];
  role: string;
  name: string;
  tag: string;
  type?: string;
  text: string;
  /** Of form controls; `${VARIABLE}` for sensitive ones. */
  value?: string;
  box: Box;
  attributes: Record<string, string>;
  isFrame: boolean;
  sensitive: boolean;
  signature?: ContentSignature;
  state: ElementConditions;
}

/** SaveAction's `elementState`. */
export interface ElementConditions {
  visible: boolean;
  enabled: boolean;
  editable: boolean;
  checked?: boolean;
  inViewport: boolean;
  opacity: string;
  display: string;
  zIndex: string;
}

/** As `describe`, of many elements while the page stays as it is: what they share is looked up once. */
export function surveyor(options: GenerateOptions = {}): (element: Element) => Description | null {
  const pass = new Pass();
  return (element) => describe(element, options, pass);
}

export function describe(target: Element | Point, options: GenerateOptions = {}, pass = new Pass()): Description | null {
  const element = target instanceof Element ? target : deepElementFromPoint(target.x, target.y);
  if (!element) return null;
  const sensitive = isSensitive(element);
  const value = fieldValue(element);
  const signature = signatureOf(element);
  return {
    selectors: generate(element, options, pass),
    role: roleOf(element),
    name: clip(nameOf(element), 200),
    tag: element.localName,
    ...typeOf(element),
    text: clip(sensitive ? "" : textFor(element), 500),
    ...(value === null ? {} : { value: sensitive ? `\${${variableNameFor(element)}}` : clip(value, 2_000) }),
    box: boxOf(element),
    attributes: attributesOf(element),
    isFrame: element instanceof HTMLIFrameElement || element.localName === "frame",
    sensitive,
    ...(signature ? { signature } : {}),
    state: conditionsOf(element),
  };
}

export function conditionsOf(element: Element): ElementConditions {
  const style = getComputedStyle(element);
  const box = boxOf(element);
  const checked = checkedOf(element);
  return {
    visible: isVisible(element),
    enabled: disabledBecause(element) === "",
    editable: isEditable(element),
    ...(checked === undefined ? {} : { checked }),
    inViewport: inViewport(box),
    opacity: style.opacity,
    display: style.display,
    zIndex: style.zIndex,
  };
}

export interface Suggestion {
  kind: "elementVisible" | "elementChecked" | "elementText" | "containsText" | "elementHasValue" | "urlContains" | "pageTitle";
  expected?: string;
}

export type Picked = Description & { suggestions: Suggestion[] };

/** The element under a point with the checks that make sense for it, most telling first. */
export function pick(x: number, y: number): Picked | null {
  const description = describe({ x, y });
  if (!description) return null;
  const { text, value, sensitive } = description;
  const suggestions: Suggestion[] = [];
  if (description.state.checked !== undefined) suggestions.push({ kind: "elementChecked" });
  else if (value !== undefined && !sensitive) suggestions.push({ kind: "elementHasValue", expected: value });
  if (text) {
    if (text.length <= 200) suggestions.push({ kind: "elementText", expected: text });
    suggestions.push({ kind: "containsText", expected: clip(text, 80).replace(/…$/, "").trim() });
  }
  suggestions.push({ kind: "elementVisible" }, { kind: "urlContains", expected: location.pathname });
  if (document.title) suggestions.push({ kind: "pageTitle", expected: document.title.trim() });
  return { ...description, suggestions };
}

/** A field's text is its content, which is reported as its value. */
function textFor(element: Element): string {
  if (element instanceof HTMLSelectElement) return elementText(element.selectedOptions[0] ?? element);
  return element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement ? "" : visibleText(element);
}
