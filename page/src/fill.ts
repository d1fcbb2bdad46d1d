/** Entering text: the page side focuses and selects, the protocol side inserts, the page side verifies. */

import { reach } from "./actionable";
import { guardText, textReached } from "./guard_text";
import { fireInputAndChange, setNativeValue } from "./native_value";
import { choose, find, isDisabled } from "./select";
import { editableText, fieldValue } from "./state";
import { deepActiveElement } from "./tree";
import type { ActionOptions, Failed, Ready, Selector } from "./types";

/**
 * `insert`: everything is selected, send the text now. `set`: the value was set with its events (dates, colours,
 * ranges, which have no text to insert). `done`: nothing is left to do.
 */
export type FillMode = "insert" | "set" | "done";

export type Prepared = (Ready & { mode: FillMode; value: string | null }) | Failed;

export async function fillPrepare(selectors: Selector[], value: string, options: Partial<ActionOptions> = {}): Promise<Prepared> {
  const reached = await reach(selectors, { ...options, action: "fill" });
  if ("failed" in reached) return reached.failed;
  const { ready, element } = reached;
  const problem = (reason: Failed["reason"], detail: string): Failed => {
    const { retries, waitedMs, waits } = ready;
    return { ok: false, reason, detail, tried: [], retries, waitedMs, waits };
  };
  if (element instanceof HTMLSelectElement) {
    // Other recorders say that a list's value was changed; it is chosen, by its value or by what it says.
    const chosen = find(element, { values: [value] }) ?? find(element, { labels: [value] });
    if (!chosen) return problem("invalid-value", `no option of the list is ${JSON.stringify(value)}`);
    const disabled = chosen.find(isDisabled);
    if (disabled) return problem("disabled", `the option “${disabled.text}” is disabled`);
    choose(element, chosen);
    return { ...ready, mode: "done", value: element.value };
  }
  if (element instanceof HTMLInputElement && chosenInputs.has(element.type)) {
    const text = element.type === "color" ? value.trim().toLowerCase() : value.trim();
    element.focus();
    setNativeValue(element, text);
    if (!sameChoice(element, text)) {
      return problem("invalid-value", `${JSON.stringify(value)} is not a value of <input type=${element.type}>`);
    }
    fireInputAndChange(element);
    return { ...ready, mode: "set", value: element.value };
  }
  if (element instanceof HTMLInputElement && element.type === "number" && value !== "" && Number.isNaN(Number(value))) {
    return problem("invalid-value", `${JSON.stringify(value)} is not a number`);
  }
  focusAndSelect(element as HTMLElement);
  if (!isFocused(element)) {
    const active = deepActiveElement()?.localName ?? "nothing";
    return problem("unstable", `the element lost the focus at once; <${active}> has it`);
  }
  if (value !== "") {
    guardText(element);
    return { ...ready, mode: "insert", value: fieldValue(element) };
  }
  if ((fieldValue(element) ?? "") !== "") document.execCommand("delete");
  return { ...ready, mode: "done", value: fieldValue(element) };
}

/** Focuses the element without selecting, so that keys go to it. */
export async function focus(selectors: Selector[], options: Partial<ActionOptions> = {}): Promise<Ready | Failed> {
  const reached = await reach(selectors, { action: "focus", ...options });
  if ("failed" in reached) return reached.failed;
  (reached.element as HTMLElement).focus?.();
  return reached.ready;
}

/** What the focused element holds after the insertion, and whether it is what was asked for. */
export function fillVerify(value: string): { value: string | null; matches: boolean; reached: boolean } {
  const active = deepActiveElement();
  const actual = active ? fieldValue(active) : null;
  const same = (a: string) => a.replace(/\r\n?/g, "\n").trim();
  const numeric = active instanceof HTMLInputElement && active.type === "number";
  const matches = actual !== null && (same(actual) === same(value) || (numeric && actual !== "" && Number(actual) === Number(value)));
  return { value: actual, matches, reached: textReached() };
}

const chosenInputs = new Set(["color", "date", "time", "datetime-local", "month", "week", "range"]);

function sameChoice(input: HTMLInputElement, wanted: string): boolean {
  if (input.value === wanted) return true;
  if (input.type === "range") return Number(input.value) === Number(wanted);
  // "10:30:00" is kept as "10:30".
  return /time/.test(input.type) && wanted !== "" && input.value !== "" && wanted.startsWith(input.value);
}

function focusAndSelect(element: HTMLElement): void {
  element.focus();
  if (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement) {
    element.select();
    return;
  }
  const selection = getSelection();
  if (!selection) return;
  if (editableText(element) === "") {
    // Editors keep an empty paragraph; the caret belongs inside it.
    selection.selectAllChildren(element);
    selection.collapseToEnd();
  } else {
    selection.selectAllChildren(element);
  }
}

function isFocused(element: Element): boolean {
  const active = deepActiveElement();
  // Nothing has the focus then, unless the whole document is an editor.
  if (active === document.body && element !== active && !document.body.isContentEditable) return false;
  return active !== null && (active === element || active.contains(element) || element.contains(active));
}
