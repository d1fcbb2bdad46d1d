// The neutral flow as a recording, so that Proscenium performs what its peers perform.
import { readFileSync } from "node:fs";

const steps = JSON.parse(readFileSync(new URL("../flow.json", import.meta.url)));

// A selector pierces open shadow roots by itself, so the innermost part of the path is enough.
const selectorsOf = (step) => [{ strategy: "css", value: step.css.at(-1), priority: 9, confidence: 65 }];

const actionOf = {
  goto: (step, base) => ({ type: "navigation", from: "about:blank", to: base + step.path, navigationTrigger: "manual", waitUntil: "load" }),
  fill: (step) => ({ type: "input", value: step.value, inputType: "text", simulationType: "setValue" }),
  type: (step) => ({ type: "input", value: step.value, inputType: "text", simulationType: "type", typingDelay: 0 }),
  check: () => ({ type: "click", inputType: "checkbox", checked: true }),
  click: () => ({ type: "click" }),
  follow: () => ({ type: "click" }),
  select: (step) => ({ type: "select", selectedValue: step.value }),
  press: (step) => ({ type: "keypress", key: step.value, code: step.value, modifiers: [] }),
  expect: (step) => ({ type: "checkpoint", checkType: "elementText", expectedValue: step.value }),
};

export function recordingOf(base) {
  const actions = [];
  for (const step of steps) {
    const action = { ...actionOf[step.op](step, base), url: base, timestamp: actions.length };
    if (step.css) action.selectors = selectorsOf(step);
    if (step.frame) action.frames = [{ selectors: [{ strategy: "css", value: step.frame }] }];
    actions.push(action);
    if (step.op === "follow") {
      actions.push({
        type: "navigation",
        from: base,
        to: base + step.path,
        navigationTrigger: "click",
        waitUntil: "load",
        url: base,
        timestamp: actions.length,
      });
    }
  }
  return {
    id: "rec_bench",
    version: "1.0.0",
    testName: "benchmark flow",
    url: `${base}${steps[0].path}`,
    startTime: "2026-01-01T00:00:00.000Z",
    viewport: { width: 1280, height: 720 },
    userAgent: "benchmark",
    actions: actions.map((action, index) => ({ id: `act_${String(index + 1).padStart(3, "0")}`, ...action })),
  };
}
