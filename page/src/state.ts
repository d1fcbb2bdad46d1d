/** What an element allows and holds: enabled, editable, checked, value. */

import { locate, matchesOf } from "./locate";
import { isEditingHost, roleOf } from "./roles";
import { visibleText } from "./text";
import { closest } from "./tree";
import type { Selector } from "./types";
import { isVisible } from "./visible";

/** Why the element takes no input, or an empty string when it does. */
export function disabledBecause(element: Element): string {
  if (element.matches(":disabled")) {
    const fieldset = element.closest("fieldset:disabled");
    return fieldset && !element.hasAttribute("disabled") ? "its fieldset is disabled" : "it is disabled";
  }
  const button = closest(element, "button:disabled");
  if (button) return "the button around it is disabled";
  if (closest(element, "[aria-disabled=true]")) return "aria-disabled is true";
  if (closest(element, "[inert]")) return "it is inside an inert part of the page";
  return "";
}

const typedInputs = new Set("text search url tel email password number date time datetime-local month week color range".split(" "));

/** Whether a person could change the element's text or value with the keyboard. */
export function isFillable(element: Element): boolean {
  if (element instanceof HTMLInputElement) return typedInputs.has(element.type);
  if (element instanceof HTMLTextAreaElement) return true;
  return element instanceof HTMLElement && element.isContentEditable;
}

/** Fillable, enabled and not read-only. A `<select>` counts when it is enabled. */
export function isEditable(element: Element): boolean {
  if (disabledBecause(element)) return false;
  if (element instanceof HTMLSelectElement) return true;
  return isFillable(element) && !isReadOnly(element);
}

export function isReadOnly(element: Element): boolean {
  if (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement) {
    if (element.readOnly) return true;
  }
  return element.getAttribute("aria-readonly") === "true";
}

/** The checked state of a checkbox, radio, switch or toggle; `undefined` for anything else. */
export function checkedOf(element: Element): boolean | undefined {
  if (element instanceof HTMLInputElement) {
    return element.type === "checkbox" || element.type === "radio" ? element.checked : undefined;
  }
  if (!/^(checkbox|radio|switch|menuitemcheckbox|menuitemradio|option|treeitem)$/.test(roleOf(element))) {
    return undefined;
  }
  const value = element.getAttribute("aria-checked");
  return value === null ? undefined : value === "true";
}

/** The value of a form control or the text of an editable area; `null` for anything else. */
export function fieldValue(element: Element): string | null {
  if (
    element instanceof HTMLInputElement ||
    element instanceof HTMLTextAreaElement ||
    element instanceof HTMLSelectElement ||
    element instanceof HTMLButtonElement ||
    element instanceof HTMLOptionElement
  ) {
    return element.value;
  }
  if (element instanceof HTMLElement && isEditingHost(element)) return editableText(element);
  return null;
}

/** The text of a `contenteditable` area with its line breaks. */
export function editableText(element: HTMLElement): string {
  return element.innerText.replace(/\u00a0/g, " ").replace(/\n$/, "");
}

export interface ElementState {
  count: number;
  visible: boolean;
  enabled: boolean;
  editable: boolean;
  checked?: boolean;
  focused: boolean;
  text: string;
  value: string | null;
  tag: string;
  type?: string;
  attributes: Record<string, string>;
}

/** The state of the element that the selectors name, without waiting; `null` when nothing matches. */
export function state(selectors: Selector[]): ElementState | null {
  const { found } = locate(selectors);
  const matches = matchesOf(selectors);
  const element = found?.element ?? matches[0];
  if (!element) return null;
  return stateOf(element, found ? 1 : matches.length);
}

export function stateOf(element: Element, count = 1): ElementState {
  const checked = checkedOf(element);
  return {
    count,
    visible: isVisible(element),
    enabled: disabledBecause(element) === "",
    editable: isEditable(element),
    ...(checked === undefined ? {} : { checked }),
    focused: element.matches(":focus"),
    text: visibleText(element),
    value: fieldValue(element),
    tag: element.localName,
    ...typeOf(element),
    attributes: attributesOf(element),
  };
}

export function typeOf(element: Element): { type?: string } {
  return element instanceof HTMLInputElement || element instanceof HTMLButtonElement ? { type: element.type } : {};
}

/** Attributes as written, long ones cut: they are for reading, not for restoring. */
export function attributesOf(element: Element): Record<string, string> {
  const attributes: Record<string, string> = {};
  for (const { name, value } of element.attributes) {
    if (name !== "value") attributes[name] = value.slice(0, 300);
  }
  return attributes;
}
