/** The selected text, for copying out of a live session. */

import { deepActiveElement } from "./tree";

export function selection(): string {
  const active = deepActiveElement();
  if (active instanceof HTMLInputElement || active instanceof HTMLTextAreaElement) {
    // The browser does not copy passwords either.
    if (active.type === "password") return "";
    const { selectionStart: from, selectionEnd: to } = active;
    return from !== null && to !== null ? active.value.slice(from, to) : "";
  }
  return String(getSelection() ?? "");
}
