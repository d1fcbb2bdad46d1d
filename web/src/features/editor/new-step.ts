import type { RecordedStep, RecordingDocument } from "@/api/types.ts";
import { nextStepId } from "./editor-state.ts";

export interface StepTemplate {
  label: string;
  type: string;
  fields: Record<string, unknown>;
  /** The fields of the step that closes the block which this one opens. */
  closes?: Record<string, unknown>;
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
  { label: "Turn the wheel", type: "wheel", fields: { selectors: [], deltaX: 0, deltaY: 120, tagName: "div" } },
  { label: "Wait for a download", type: "download", fields: {} },
  { label: "Take a picture", type: "screenshot", fields: {} },
  { label: "Answer dialog", type: "dialog", fields: { dialogType: "confirm", response: "accept" } },
  { label: "Run JavaScript", type: "javascript", fields: { expression: "" } },
  { label: "Store a value", type: "store", fields: { from: "text", variable: "VALUE", selectors: [] } },
  { label: "Resize page", type: "viewport", fields: { width: 1280, height: 720 } },
];

const end = { command: "end" };

/** Blocks: around the selected steps when there are several, else empty. */
export const blockTemplates: readonly StepTemplate[] = [
  { label: "If", type: "control", fields: { command: "if", checkType: "elementVisible", selectors: [] }, closes: end },
  { label: "Repeat a number of times", type: "control", fields: { command: "times", count: 3 }, closes: end },
  { label: "For each item", type: "control", fields: { command: "forEach", items: ["one", "two"], variable: "ITEM" }, closes: end },
  { label: "While", type: "control", fields: { command: "while", expression: "" }, closes: end },
  {
    label: "Repeat until it is over",
    type: "control",
    fields: { command: "do" },
    closes: { command: "repeatIf", expression: "" },
  },
];

/** What divides a block, and what stands for another recording. */
export const moreTemplates: readonly StepTemplate[] = [
  { label: "Else", type: "control", fields: { command: "else" } },
  { label: "Else if", type: "control", fields: { command: "elseIf", checkType: "elementVisible", selectors: [] } },
  { label: "Another recording", type: "include", fields: { recording: "" } },
];

/** The steps that open and close a block. */
export function newBlock(template: StepTemplate, document: RecordingDocument, after: string | undefined): [RecordedStep, RecordedStep] {
  const opens = newStep(template, document, after);
  const closing = { label: "", type: "control", fields: template.closes ?? end };
  const closes = newStep(closing, { ...document, actions: [...document.actions, opens] }, after);
  return [opens, closes];
}

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
