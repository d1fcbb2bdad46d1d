/** The steps so far, the newest in view, with a way to make a typed value a variable. */

import type { RecordedStep } from "@/api/types.ts";
import { stepTitle } from "@/features/editor/step-title.ts";
import type { State, StepView } from "../messages";
import { button, byId, show } from "./page";

export interface StepActions {
  mark(step: StepView): void;
  unmark(field: string): void;
}

let shown = "";

export function showSteps({ phase, steps }: State, actions: StepActions): void {
  show("steps", phase !== "idle");
  show("no-steps", steps.length === 0);
  byId("no-steps").textContent =
    phase === "stopped"
      ? "Nothing was done in the page while it was recorded."
      : "Work in the page: every click, text and key appears here.";
  byId("steps-title").textContent = steps.length === 0 ? "Steps" : `Steps (${steps.length})`;
  // Untouched unless something changed: the focus may be in it.
  const now = JSON.stringify(steps.map(({ step, marked }) => [title(step), marked]));
  if (now === shown) return;
  shown = now;
  const list = byId("step-list");
  list.replaceChildren(...steps.map((view) => row(view, actions)));
  list.scrollTop = list.scrollHeight;
}

function row(view: StepView, actions: StepActions): HTMLLIElement {
  const item = document.createElement("li");
  const text = document.createElement("span");
  text.textContent = text.title = title(view.step);
  item.append(text);
  const { field } = view;
  if (field === null) return item;
  const act = view.marked ? button("Keep value", () => actions.unmark(field)) : button("Variable…", () => actions.mark(view));
  act.className = "quiet";
  act.setAttribute("aria-label", `${view.marked ? "Keep the typed value" : "Make it a variable"}: ${title(view.step)}`);
  item.append(act);
  return item;
}

function title(step: StepView["step"]): string {
  return stepTitle(step as unknown as RecordedStep);
}
