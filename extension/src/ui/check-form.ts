/** The check of an element that was pointed at: the kinds of the live view, filled in. */

import { type CheckKind, expectedNow, kindsFor, negatedNow } from "@/features/live/check-kinds.ts";
import type { CheckChoice, PickedElement } from "../messages";
import { byId, show } from "./page";

let asked: PickedElement | null = null;
let kinds: CheckKind[] = [];
let typed: string | undefined;

export function prepareCheckForm(add: (check: CheckChoice) => void, drop: () => void): void {
  byId<HTMLInputElement>("expected").addEventListener("input", ({ target }) => {
    typed = (target as HTMLInputElement).value;
  });
  byId("check-kinds").addEventListener("change", () => {
    typed = undefined;
    fillExpected();
  });
  byId("drop-check").addEventListener("click", drop);
  byId("check").addEventListener("submit", (event) => {
    event.preventDefault();
    const kind = chosen();
    const negated = byId<HTMLInputElement>("negated").checked;
    if (kind) add({ kind: kind.kind, negated, ...(kind.expects ? { expected: byId<HTMLInputElement>("expected").value } : {}) });
  });
}

export function showCheckForm(pending: PickedElement | null): void {
  show("check", pending !== null);
  if (!pending || JSON.stringify(pending) === JSON.stringify(asked)) {
    asked = pending;
    return;
  }
  asked = pending;
  typed = undefined;
  const { role, tag, name } = pending.picked;
  byId("check-element").textContent = `${role || tag || "element"}${name ? ` “${name}”` : ""}`;
  kinds = kindsFor(pending.picked);
  byId("check-kinds").replaceChildren(...kinds.map(radio));
  fillExpected();
  byId("check-kinds").querySelector("input")?.focus();
}

function radio(kind: CheckKind, index: number): HTMLLabelElement {
  const label = document.createElement("label");
  const input = document.createElement("input");
  Object.assign(input, { type: "radio", name: "kind", value: kind.kind, checked: index === 0 });
  label.className = "line";
  label.append(input, kind.label);
  return label;
}

function chosen(): CheckKind | undefined {
  const value = byId("check-kinds").querySelector<HTMLInputElement>("input:checked")?.value;
  return kinds.find((kind) => kind.kind === value);
}

function fillExpected(): void {
  const kind = chosen();
  show("expected-row", kind?.expects !== undefined);
  byId<HTMLInputElement>("negated").checked = kind !== undefined && asked !== null && negatedNow(kind, asked.picked);
  if (kind && asked) byId<HTMLInputElement>("expected").value = typed ?? expectedNow(kind, asked.picked, asked);
}
