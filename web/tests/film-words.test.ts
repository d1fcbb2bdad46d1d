import { describe, expect, it } from "vitest";
import { ApiError } from "@/api/api-error.ts";
import { refusalWords } from "@/features/films/refusal-words.ts";
import { currentAt, spritePlace } from "@/features/films/sprite.ts";
import { mistakeIn, refusedLine, wrongField } from "@/features/films/storyboard-text.ts";
import { adviceOf, againWords, formatPosition, isLasting, progressOf, readFailure, tabsWords } from "@/features/films/words.ts";

describe("what is wrong with a storyboard", () => {
  it("is found in the text before it is sent", () => {
    expect(mistakeIn("")).toEqual({ message: "Nothing to perform yet" });
    expect(mistakeIn("url: x\nsteps: [\n")?.line).toBeGreaterThan(1);
    expect(mistakeIn("just words")).toMatchObject({ line: 1 });
    expect(mistakeIn('{ "url": "https://a.example", "steps": [] }')).toBeUndefined();
  });

  it("is told by the field that the refusal begins with, and its line", () => {
    const message = "storyboard.steps[1].click: nothing is meant.";
    expect(wrongField(message)).toEqual({ field: "storyboard.steps[1].click", problem: "nothing is meant." });
    expect(wrongField("The server does not answer. Is it: running?")).toBeUndefined();
    const text = "url: https://a.example\nsteps:\n  - pause: 1s\n  - click: ''\n";
    expect(refusedLine(text, message)).toBe(4);
    expect(refusedLine(text, "url: not an address.")).toBeUndefined();
  });
});

describe("an order that was refused", () => {
  it("names the values that lack", () => {
    const error = new ApiError(422, "variable_missing", "…; send it in `variables`.", { variables: ["A", "B"] });
    expect(refusalWords(error)).toEqual({ reason: "Give a value for A and B.", missing: ["A", "B"] });
  });

  it("says what to do about a step that is not filmed", () => {
    const error = new ApiError(422, "not_filmable", "the recording cannot be filmed: step 2 (tab): a storyboard keeps to one tab.");
    const words = refusalWords(error);
    expect(words.reason).toBe("Step 2 (tab): a storyboard keeps to one tab.");
    expect(words.advice).toMatch(/Every frame/);
  });
});

describe("a film in words", () => {
  it("is tried again only where that may help", () => {
    expect(["site-unreachable", "worker-lost", undefined].map(isLasting)).toEqual([false, false, false]);
    expect(["invalid-options", "invalid-setup"].map(isLasting)).toEqual([true, true]);
  });

  it("says how far it is, when that is known", () => {
    expect(progressOf({ status: "filming", stepsDone: 3, stepsTotal: 4 })).toBe(0.75);
    expect(progressOf({ status: "filming", stepsDone: 0, stepsTotal: 0 })).toBeUndefined();
    expect(progressOf({ status: "finishing", stepsDone: 3, stepsTotal: 4 })).toBe(1);
    expect(formatPosition(67_900)).toBe("1:07");
  });

  it("takes a failure apart and says what to do", () => {
    expect(readFailure("step 2 (click #pay): no selector matches")).toEqual({ step: "Click #pay", reason: "No selector matches" });
    expect(readFailure("the page does not answer")).toEqual({ reason: "The page does not answer" });
    expect(adviceOf("step-failed")).toContain("storyboard");
    expect(adviceOf("something new")).toContain("Try again");
  });
});

describe("the sheet of small pictures", () => {
  it("has the picture of each moment at its place", () => {
    const grid = [5, 5, 500] as const;
    expect(spritePlace(grid, 0)).toEqual({ size: "500% 500%", position: "0% 0%" });
    expect(spritePlace(grid, 3_200)).toEqual({ size: "500% 500%", position: "25% 25%" });
    expect(spritePlace(grid, 99_000).position).toBe("100% 100%");
  });

  it("knows which chapter one is in", () => {
    expect(currentAt([0, 2000, 5000], 1999)).toBe(1);
    expect(currentAt([0, 2000, 5000], 1500)).toBe(0);
    expect(currentAt([300, 2000], 100)).toBe(-1);
  });
});

describe("what is said before a film is made", () => {
  it("speaks of what will be filmed again", () => {
    expect(againWords({ url: "https://a.example" })).toMatch(/tour/);
    expect(againWords({ recordingId: "r" })).toMatch(/recording is performed/);
    expect(againWords({ storyboard: { steps: [] } })).toMatch(/same script/);
    // Under the waiting clock a recording is a script in its order.
    expect(againWords({ recordingId: "r", storyboard: { steps: [] } })).toMatch(/same script/);
  });

  it("speaks of other tabs as films treat them", () => {
    expect(tabsWords(false)).toMatch(/cuts to another/);
    expect(tabsWords(true)).toMatch(/refused/);
  });
});
