/** What people would call the element of a step, out of its selectors. */

import type { Step } from "./entry";

const readable = ["aria-label", "label", "placeholder", "role", "text-content", "text", "name", "data-testid", "id"];

export function nameOf(step: Step): string | undefined {
  for (const strategy of readable) {
    const value = step.selectors?.find((selector) => selector.strategy === strategy)?.value;
    const name = strategy === "role" ? /\[name="(.*?)"/.exec(value ?? "")?.[1] : value;
    if (hasText(name)) return name.trim();
  }
  return undefined;
}

export function hasText(value: unknown): value is string {
  return typeof value === "string" && value.trim() !== "";
}
