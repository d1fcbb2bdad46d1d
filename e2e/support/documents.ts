// Recording documents written by hand, in the file format.
import type { Document, Step } from "./api.js";

/** A recording that starts at `url` and does `steps`. */
export function recording(url: string, steps: Step[], extra: Record<string, unknown> = {}): Document {
  return {
    id: "rec_1700000000000",
    version: "1.0.0",
    testName: "Written by hand",
    url,
    startTime: "2025-01-01T00:00:00.000Z",
    viewport: { width: 1280, height: 720 },
    userAgent: "Mozilla/5.0",
    ...extra,
    actions: steps.map((step, index) => ({ id: `act_${String(index + 1).padStart(3, "0")}`, timestamp: index * 100, url, ...step })),
  };
}

export function click(css: string, extra: Record<string, unknown> = {}): Step {
  return {
    type: "click",
    selectors: [{ strategy: "css", value: css, priority: 1, confidence: 80 }],
    tagName: "button",
    button: "left",
    clickCount: 1,
    modifiers: [],
    ...extra,
  };
}
export function input(css: string, value: string, extra: Record<string, unknown> = {}): Step {
  return {
    type: "input",
    selectors: [{ strategy: "css", value: css, priority: 1, confidence: 80 }],
    tagName: "input",
    value,
    inputType: "text",
    isSensitive: false,
    simulationType: "type",
    ...extra,
  };
}
export function navigate(from: string, to: string): Step {
  return { type: "navigation", from, to, navigationTrigger: "manual", waitUntil: "load", duration: 0 };
}
export function checkText(css: string, expectedValue: string): Step {
  return {
    type: "checkpoint",
    checkType: "elementText",
    selectors: [{ strategy: "css", value: css, priority: 1, confidence: 80 }],
    expectedValue,
    passed: true,
  };
}
export function checkVisible(css: string): Step {
  return {
    type: "checkpoint",
    checkType: "elementVisible",
    selectors: [{ strategy: "css", value: css, priority: 1, confidence: 80 }],
    passed: true,
  };
}
