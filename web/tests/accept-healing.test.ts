import { describe, expect, it } from "vitest";
import type { HealedStep, RecordingDocument } from "@/api/types.ts";
import { accepted, isAccepted, takenBack } from "@/features/runs/accept-healing.ts";

const document: RecordingDocument = {
  testName: "Invoice",
  url: "https://shop.example",
  custom: { kept: true },
  actions: [
    { id: "act_001", type: "navigation", timestamp: 0, url: "" },
    {
      id: "act_002",
      type: "click",
      timestamp: 1,
      url: "",
      tagName: "a",
      text: "Save",
      selectors: [
        { strategy: "data-testid", value: "save", priority: 1, confidence: 95 },
        { strategy: "role", value: 'button[name="Save"]', priority: 1, confidence: 93 },
        { strategy: "css", value: "form > a", priority: 9 },
        { strategy: "position", value: "form > :nth-child(2)", priority: 11 },
      ],
      fingerprint: { name: "Save", tag: "a" },
    },
  ],
};

const healed = {
  before: { strategy: "data-testid", value: "save", description: "Click “Save”" },
  after: {
    selectors: [
      { strategy: "data-testid", value: "store", priority: 1, confidence: 95 },
      { strategy: "css", value: "form > button", priority: 9, confidence: 65 },
    ],
    description: "button “Save changes”",
    fingerprint: { name: "Save changes", tag: "button" },
  },
  score: 0.8,
} as unknown as HealedStep;

describe("accepting a healed step", () => {
  const after = accepted(document, "act_002", healed);
  const step = after?.actions[1];

  it("puts the new selectors first and keeps the old ones that name the element", () => {
    expect(step?.selectors?.map(({ strategy, value, priority }) => [strategy, value, priority])).toEqual([
      ["data-testid", "store", 1],
      ["css", "form > button", 2],
      ["data-testid", "save", 3],
      ["role", 'button[name="Save"]', 4],
    ]);
  });

  it("lets what else was kept of the element follow", () => {
    expect(step).toMatchObject({ tagName: "button", text: "Save changes", fingerprint: { name: "Save changes" } });
  });

  it("leaves everything else as it is", () => {
    expect(after?.actions[0]).toBe(document.actions[0]);
    expect(after?.custom).toEqual({ kept: true });
  });

  it("is seen in the recording, once", () => {
    expect([isAccepted(document, "act_002", healed), after && isAccepted(after, "act_002", healed)]).toEqual([false, true]);
    expect(after && accepted(after, "act_002", healed)?.actions[1]).toEqual(step);
  });

  it("can be taken back", () => {
    const before = document.actions[1];
    expect(before && after && takenBack(after, before)).toEqual(document);
  });

  it("needs the step", () => {
    expect(accepted(document, "act_009", healed)).toBeUndefined();
  });
});
