/** What kind of thing an element is to a person who uses it. Healing never takes one kind for another. */

import { roleOf } from "../roles";
import { isSensitive } from "../sensitive";

const presses = new Set(["button", "link", "menuitem", "tab"]);
const texts = new Set(["textbox", "searchbox", "combobox"]);

/**
 * `press` (buttons and links, which pages exchange for each other), `text`, `secret`, `choice`, `toggle`, … Elements
 * that are none of them are of a kind only with others of their tag.
 */
export function kindOf(element: Element): string {
  if (element instanceof HTMLSelectElement) return element.multiple ? "choices" : "choice";
  if (element instanceof HTMLInputElement) {
    if (/^(date|time|datetime-local|month|week|color|range|file|number)$/.test(element.type)) return element.type;
    // What undoes everything that was typed is not one of the buttons.
    if (element.type === "reset") return "reset";
  }
  if (element instanceof HTMLButtonElement && element.type === "reset") return "reset";
  const role = roleOf(element);
  if (presses.has(role)) return "press";
  if (texts.has(role)) return isSensitive(element) ? "secret" : "text";
  if (role === "checkbox" || role === "switch") return "toggle";
  if (/^(radio|option|slider|spinbutton|treeitem|menuitemcheckbox|menuitemradio)$/.test(role)) return role;
  return `<${element.localName}>`;
}

/** CSS for everything of the kind, and more; the caller asks each for its kind. */
export function mayBe(kind: string): string {
  if (kind.startsWith("<")) return kind.slice(1, -1);
  if (kind === "press") return "button,a[href],area[href],input,summary,[role]";
  if (kind === "reset") return "button,input";
  if (kind === "text" || kind === "secret") return "input,textarea,[contenteditable],[role]";
  if (kind === "choice" || kind === "choices") return "select";
  return "input,option,[role]";
}
