/** Asks for the name of a variable. */

import type { StepView } from "../messages";
import { byId, show } from "./page";

let view: StepView | undefined;

export function prepareVariableDialog(mark: (field: string, name: string) => Promise<unknown>): void {
  const dialog = byId<HTMLDialogElement>("variable");
  byId("variable-cancel").addEventListener("click", () => dialog.close());
  dialog.addEventListener("submit", (event) => {
    event.preventDefault();
    const name = byId<HTMLInputElement>("variable-name").value.trim();
    mark(view?.field ?? "", name).then(
      () => dialog.close(),
      (error: Error) => {
        byId("variable-problem").textContent = error.message;
        show("variable-problem", true);
      },
    );
  });
}

export function askForVariable(of: StepView): void {
  view = of;
  show("variable-problem", false);
  const name = byId<HTMLInputElement>("variable-name");
  name.value = of.suggestedName;
  byId<HTMLDialogElement>("variable").showModal();
  name.select();
}
