/** Choosing options of a `<select>`: by value, then by label, then by index. */

import { reach } from "./actionable";
import { fireInputAndChange } from "./native_value";
import { normalize } from "./text";
import type { ActionOptions, Failed, Ready, Selector } from "./types";

export interface Wanted {
  values?: string[];
  labels?: string[];
  indexes?: number[];
  /** The options are added to those that are chosen, or taken away from them; by themselves they are all that is chosen. */
  change?: "add" | "remove";
}

export interface ChosenOption {
  value: string;
  text: string;
  index: number;
}

export type Selected = (Ready & { selected: ChosenOption[] }) | (Failed & { options?: ChosenOption[] });

export async function selectOption(selectors: Selector[], wanted: Wanted, options: Partial<ActionOptions> = {}): Promise<Selected> {
  const reached = await reach(selectors, { ...options, action: "select" }, (element) => {
    if (!(element instanceof HTMLSelectElement)) {
      return { reason: "option-not-found", detail: `<${element.localName}> is not a <select>` };
    }
    if (wanted.change && !element.multiple) {
      return { reason: "option-not-found", detail: "only one option can be chosen: none can be added or taken away" };
    }
    const found = find(element, wanted);
    if (!found) {
      return { reason: "option-not-found", detail: `no option fits ${JSON.stringify(wanted)}` };
    }
    const disabled = found.find((option) => isDisabled(option));
    return disabled ? { reason: "disabled", detail: `the option “${disabled.text}” is disabled` } : null;
  });
  const select = reached.element;
  if ("failed" in reached) {
    return select instanceof HTMLSelectElement
      ? { ...reached.failed, options: [...select.options].slice(0, 100).map(describeOption) }
      : reached.failed;
  }
  const element = select as HTMLSelectElement;
  const named = find(element, wanted) ?? [];
  const before = [...element.selectedOptions];
  const kept = wanted.change === "remove" ? before.filter((option) => !named.includes(option)) : [...before, ...named];
  choose(element, wanted.change ? kept : named);
  return { ...reached.ready, selected: [...element.selectedOptions].map(describeOption) };
}

/** Selects exactly these options, as a person would. */
export function choose(element: HTMLSelectElement, options: HTMLOptionElement[]): void {
  const chosen = new Set(options);
  element.focus();
  for (const option of element.options) {
    if (option.selected !== chosen.has(option)) option.selected = chosen.has(option);
  }
  fireInputAndChange(element);
}

export function describeOption(option: HTMLOptionElement): ChosenOption {
  return { value: option.value, text: normalize(option.text), index: option.index };
}

export function isDisabled(option: HTMLOptionElement): boolean {
  return option.disabled || (option.parentElement instanceof HTMLOptGroupElement && option.parentElement.disabled);
}

/** The options for the first of value, label and index by which all that is wanted can be found. */
export function find(select: HTMLSelectElement, wanted: Wanted): HTMLOptionElement[] | null {
  const all = [...select.options];
  const ways: (HTMLOptionElement | undefined)[][] = [
    (wanted.values ?? []).map((value) => all.find((option) => option.value === value)),
    (wanted.labels ?? []).map((label) => {
      const text = normalize(label);
      return all.find((option) => normalize(option.text) === text || normalize(option.label) === text);
    }),
    (wanted.indexes ?? []).map((index) => all[index]),
  ];
  for (const way of ways) {
    const found = way.filter((option) => option !== undefined);
    if (found.length > 0 && found.length === way.length) return found;
  }
  // An empty list on purpose clears a multiple selection.
  const clears = select.multiple && ways.every((way) => way.length === 0);
  return clears ? [] : null;
}
