import type { RecordedStep, RecordingDocument } from "@/api/types.ts";
import { nextStepId } from "./editor-state.ts";

export interface StepTemplate {
  label: string;
  type: string;
  fields: Record<string, unknown>;
}

/** What can be added by hand, the most wanted first. */
export const templates: readonly StepTemplate[] = [
  { label: "Wait", type: "wait", fields: { waitFor: "duration", value: 1000 } },
  { label: "Check", type: "checkpoint", fields: { checkType: "elementVisible", selectors: [], passed: true } },
  { label: "Compare the picture", type: "checkpoint", fields: { checkType: "visual" } },
  { label: "Open address", type: "navigation", fields: { to: "https://", navigationTrigger: "manual" } },
  { label: "Click", type: "click", fields: { selectors: [], button: "left", clickCount: 1, tagName: "button" } },
  { label: "Type text", type: "input", fields: { selectors: [], value: "", tagName: "input", inputType: "text" } },
  { label: "Choose option", type: "select", fields: { selectors: [], selectedValue: "", tagName: "select" } },
  { label: "Press key", type: "keypress", fields: { key: "Enter", code: "Enter", modifiers: [] } },
  { label: "Hover", type: "hover", fields: { selectors: [], tagName: "div" } },
  { label: "Scroll", type: "scroll", fields: { element: "window", scrollX: 0, scrollY: 0 } },
  { label: "Answer dialog", type: "dialog", fields: { dialogType: "confirm", response: "accept" } },
  { label: "Run JavaScript", type: "javascript", fields: { expression: "" } },
  { label: "Resize page", type: "viewport", fields: { width: 1280, height: 720 } },
];

/** A step that fits between its neighbours in time and place. */
export function newStep(template: StepTemplate, document: RecordingDocument, after: string | undefined): RecordedStep {
  const steps = document.actions;
  const before = steps.find((step) => step.id === after) ?? steps.at(-1);
  return {
    id: nextStepId(steps),
    type: template.type,
    timestamp: (Number(before?.completedAt ?? before?.timestamp) || 0) + 1,
    url: before?.url ?? document.url,
    ...structuredClone(template.fields),
  };
}
