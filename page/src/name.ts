/**
 * The accessible name, after the W3C accessible name and description computation 1.2:
 * labelled-by, aria-label, native label, content, title, in this order. Generated content (`::before`) counts
 * only where there is nothing else: it is decoration, changes with the style sheet, and is slow to read.
 */

import { roleOf } from "./roles";
import { quote } from "./selectors/attribute";
import { mentions, normalize } from "./text";

const namedByContent = new Set(
  `button cell checkbox columnheader gridcell heading link menuitem menuitemcheckbox menuitemradio
  option radio row rowheader switch tab tooltip treeitem`.split(/\s+/),
);

interface Walk {
  visited: Set<Node>;
  /** Hidden text counts when a hidden element is named by `aria-labelledby`. */
  includeHidden: boolean;
  /** The control whose label is being read: its own value is not part of its name. */
  control?: Element;
}

/** The accessible name, whitespace collapsed; empty when there is none. */
export function nameOf(element: Element): string {
  return normalize(compute(element, { visited: new Set(), includeHidden: false }, "self"));
}

/** What can bring words into a name that are not in the text of the element. */
const wordy = "[aria-label],[aria-labelledby],[title],[alt],[placeholder],img,input,select,textarea,svg,slot";

/** Whether the name could be the wanted one; a quick test that spares most elements the computation. */
export function couldBeNamed(element: Element, words: string[]): boolean {
  const text = element.textContent ?? "";
  if (words.every((word) => mentions(text, word))) return true;
  if (element.shadowRoot || element.matches(wordy) || text.trim() === "") return true;
  return labelsOf(element).length > 0 || element.querySelector(wordy) !== null;
}

/** The texts by which a form control is labelled: each `<label>`, `aria-labelledby`, `aria-label`. */
export function labelTexts(element: Element): string[] {
  const texts: string[] = [];
  for (const label of labelsOf(element)) {
    texts.push(normalize(content(label, { visited: new Set([label]), includeHidden: false, control: element })));
  }
  const by = labelledBy(element);
  if (by.length > 0) {
    texts.push(normalize(by.map((e) => compute(e, { visited: new Set(), includeHidden: true }, "reference")).join(" ")));
  }
  const aria = element.getAttribute("aria-label");
  if (aria) texts.push(normalize(aria));
  return texts.filter(Boolean);
}

/** Whether an author named the element by attribute, which turns `form` and `section` into landmarks. */
export function accessibleNameAttribute(element: Element): boolean {
  return ["aria-label", "aria-labelledby", "title"].some((name) => !!element.getAttribute(name)?.trim());
}

const labelable = /^(INPUT|SELECT|TEXTAREA|BUTTON|METER|OUTPUT|PROGRESS)$/;

/**
 * The `<label>` elements of a control. Not by its `labels`, which walks the whole document for every control that
 * is asked.
 */
export function labelsOf(element: Element): HTMLLabelElement[] {
  if (!labelable.test(element.tagName)) return [];
  const around = element.closest("label");
  const found = around?.control === element ? [around] : [];
  if (!element.id) return found;
  const root = element.getRootNode() as Document | ShadowRoot | Element;
  for (const label of root.querySelectorAll<HTMLLabelElement>(`label[for=${quote(element.id)}]`)) {
    if (label !== around && label.control === element) found.push(label);
  }
  return found;
}

type Position = "self" | "reference" | "content";

function compute(element: Element, walk: Walk, position: Position): string {
  if (walk.visited.has(element)) return "";
  if (position === "content" && element === walk.control) return "";
  if (position !== "reference") {
    const by = labelledBy(element);
    if (by.length > 0 && position === "self") {
      walk.visited.add(element);
      const text = by.map((e) => compute(e, { visited: new Set(), includeHidden: isHidden(e) }, "reference")).join(" ");
      if (text.trim()) return text;
      walk.visited.delete(element);
    }
  }
  walk.visited.add(element);
  const role = roleOf(element);
  // A control inside a label contributes its value, not its name.
  if (position === "content" && walk.control) {
    const value = embeddedValue(element, role);
    if (value !== null) return value;
  }
  const aria = element.getAttribute("aria-label");
  if (aria?.trim()) return aria;
  if (role !== "presentation" || position === "self") {
    const native = nativeName(element, walk);
    if (native?.trim()) return native;
  }
  if (position !== "self" || namedByContent.has(role) || element.tagName === "SUMMARY") {
    const text = content(element, walk);
    if (text.trim()) return text;
    const generated = pseudo(element, "::before") + pseudo(element, "::after");
    if (generated.trim()) return generated;
  }
  const title = element.getAttribute("title");
  if (title?.trim() && role !== "presentation") return title;
  if (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement) {
    return element.placeholder || element.getAttribute("aria-placeholder") || "";
  }
  return "";
}

function nativeName(element: Element, walk: Walk): string | null {
  if (element instanceof HTMLInputElement) {
    const type = element.type;
    if (type === "submit" || type === "reset" || type === "button") {
      if (element.value) return element.value;
      if (type === "submit") return "Submit";
      if (type === "reset") return "Reset";
      return null;
    }
    if (type === "image") {
      return element.alt || element.title || element.value || "Submit";
    }
  }
  const labels = labelsOf(element);
  if (labels.length > 0 && !walk.control) {
    const text = labels
      .map((label) => content(label, { visited: new Set([label]), includeHidden: walk.includeHidden, control: element }))
      .join(" ");
    if (text.trim()) return text;
  }
  switch (element.tagName) {
    case "IMG":
    case "AREA":
      return element.getAttribute("alt");
    case "FIELDSET":
      return childText(element, "LEGEND", walk);
    case "TABLE":
      return childText(element, "CAPTION", walk);
    case "FIGURE":
      return childText(element, "FIGCAPTION", walk);
    case "OPTGROUP":
      return element.getAttribute("label");
    case "svg": {
      for (const child of element.children) if (child.tagName === "title") return child.textContent;
      return null;
    }
  }
  return null;
}

function childText(element: Element, tag: string, walk: Walk): string | null {
  for (const child of element.children) {
    if (child.tagName === tag) return isHidden(child) ? null : compute(child, walk, "content");
  }
  return null;
}

/** The text below an element, with spaces where boxes break the line. */
function content(element: Element, walk: Walk): string {
  if (!element.firstElementChild && !element.shadowRoot && !(element instanceof HTMLSlotElement)) return element.textContent ?? "";
  const parts: string[] = [];
  const children =
    element instanceof HTMLSlotElement && element.assignedNodes().length > 0
      ? element.assignedNodes()
      : (element.shadowRoot ?? element).childNodes;
  for (const child of children) {
    if (child instanceof Text) {
      parts.push(child.data);
    } else if (child instanceof Element) {
      if (child.tagName === "BR") {
        parts.push(" ");
        continue;
      }
      const style = getComputedStyle(child);
      if (!walk.includeHidden && isHidden(child, style)) continue;
      const inline = style.display === "inline";
      const text = compute(child, walk, "content");
      parts.push(inline ? text : ` ${text} `);
    }
  }
  return parts.join("");
}

/** Generated content; icon-font glyphs (private use area) are pictures, not words. */
function pseudo(element: Element, which: string): string {
  const value = getComputedStyle(element, which).content;
  const match = /^"(.*)"$/s.exec(value);
  return match?.[1]?.replace(/\\(.)/g, "$1").replace(/[\ue000-\uf8ff]/g, "") ?? "";
}

function embeddedValue(element: Element, role: string): string | null {
  if (element instanceof HTMLSelectElement) {
    return [...element.selectedOptions].map((option) => option.text).join(" ");
  }
  if (element instanceof HTMLTextAreaElement) return element.value;
  if (element instanceof HTMLInputElement) {
    if (role === "textbox" || role === "searchbox" || role === "combobox") return element.value;
    if (role === "slider" || role === "spinbutton") return element.value;
  }
  return null;
}

function labelledBy(element: Element): Element[] {
  const ids = element.getAttribute("aria-labelledby")?.trim();
  if (!ids) return [];
  const root = element.getRootNode() as Document | ShadowRoot;
  return ids
    .split(/\s+/)
    .map((id) => root.getElementById?.(id) ?? null)
    .filter((found) => found !== null);
}

function isHidden(element: Element, style = getComputedStyle(element)): boolean {
  if (element.getAttribute("aria-hidden") === "true") return true;
  if (["SCRIPT", "STYLE", "NOSCRIPT", "TEMPLATE"].includes(element.tagName)) return true;
  if (element instanceof HTMLSlotElement) return false;
  if (style.display === "none" || style.visibility !== "visible") return true;
  const details = element.parentElement;
  return details instanceof HTMLDetailsElement && !details.open && element.tagName !== "SUMMARY";
}
