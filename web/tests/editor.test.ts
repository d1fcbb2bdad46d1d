import { describe, expect, it } from "vitest";
import type { RecordedStep, RecordingDocument } from "@/api/types.ts";
import { blocksOf } from "@/features/editor/blocks.ts";
import { isDirty, moveSteps, nextStepId, openEditor, reduceEditor } from "@/features/editor/editor-state.ts";
import { blockTemplates, newBlock, newStep, templates } from "@/features/editor/new-step.ts";
import { stepTitle } from "@/features/editor/step-title.ts";
import { variablesOf } from "@/features/editor/variables-of.ts";
import { includedBy } from "@/features/runs/included.ts";

const step = (n: number, over: Partial<RecordedStep> = {}): RecordedStep => ({
  id: `act_00${n}`,
  type: "click",
  timestamp: n * 100,
  url: "https://shop.example/",
  ...over,
});
const document = (...steps: RecordedStep[]): RecordingDocument => ({
  testName: "Flow",
  url: "https://shop.example/",
  actions: steps,
  kept: { deep: true },
});
const open = () => openEditor(document(step(1), step(2), step(3), step(4)), 3);
const ids = (state: { document: RecordingDocument }) => state.document.actions.map((each) => each.id.slice(-1)).join("");

describe("the editor", () => {
  it("opens clean with the first step chosen", () => {
    expect(isDirty(open())).toBe(false);
    expect(open().selected).toEqual(["act_001"]);
  });

  it("keeps fields that it does not know", () => {
    const state = reduceEditor(open(), { do: "patch", patch: { testName: "Other" } });
    expect(state.document).toMatchObject({ testName: "Other", kept: { deep: true } });
  });

  it("takes away a field that was emptied", () => {
    const state = reduceEditor(openEditor(document(step(1, { name: "x" })), 1), {
      do: "patchStep",
      id: "act_001",
      patch: { name: undefined },
    });
    expect(state.document.actions[0]).not.toHaveProperty("name");
  });

  it("moves several steps together in their own order", () => {
    expect(ids(reduceEditor(open(), { do: "move", ids: ["act_003", "act_001"], to: 4 }))).toBe("2413");
    expect(ids(reduceEditor(open(), { do: "move", ids: ["act_003"], to: 0 }))).toBe("3124");
  });

  it("moves by keys and stops at the ends", () => {
    const up = reduceEditor(open(), { do: "nudge", ids: ["act_003"], by: -1 });
    expect(ids(up)).toBe("1324");
    expect(ids(reduceEditor(up, { do: "nudge", ids: ["act_003"], by: 1 }))).toBe("1234");
    const first = open();
    expect(reduceEditor(first, { do: "nudge", ids: ["act_001"], by: -1 })).toBe(first);
  });

  it("deletes and chooses the neighbour", () => {
    const state = reduceEditor(open(), { do: "remove", ids: ["act_002", "act_003"] });
    expect([ids(state), state.selected]).toEqual(["14", ["act_004"]]);
  });

  it("brings deleted steps back to their places, whatever was changed since", () => {
    const start = open();
    const removed = [
      { step: step(3), index: 2 },
      { step: step(1), index: 0 },
    ];
    let state = reduceEditor(start, { do: "remove", ids: ["act_001", "act_003"] });
    state = reduceEditor(state, { do: "patch", patch: { testName: "Later" } });
    state = reduceEditor(state, { do: "restore", removed });
    expect([ids(state), state.document.testName]).toEqual(["1234", "Later"]);
    expect(reduceEditor(state, { do: "restore", removed })).toBe(state);
  });

  it("inserts after the chosen step and duplicates with an id of its own", () => {
    const template = templates.find((each) => each.type === "wait");
    if (!template) throw new Error("no wait template");
    const state = reduceEditor(open(), { do: "insert", step: newStep(template, open().document, "act_002"), after: "act_002" });
    expect([ids(state), state.selected]).toEqual(["12534", ["act_005"]]);
    expect(ids(reduceEditor(state, { do: "duplicate", id: "act_001" }))).toBe("162534");
  });

  it("undoes and redoes, and a new change ends the redo", () => {
    const changed = reduceEditor(open(), { do: "remove", ids: ["act_001"] });
    const undone = reduceEditor(changed, { do: "undo" });
    expect([ids(undone), isDirty(undone)]).toEqual(["1234", false]);
    expect(ids(reduceEditor(undone, { do: "redo" }))).toBe("234");
    expect(reduceEditor(undone, { do: "remove", ids: ["act_004"] }).future).toEqual([]);
  });

  it("takes typing in one field as one change", () => {
    let state = open();
    for (const [at, value] of ["a", "ab", "abc"].entries()) {
      state = reduceEditor(state, { do: "patchStep", id: "act_001", patch: { value }, key: "value", at: 1_000 + at * 200 });
    }
    expect(state.past).toHaveLength(1);
    state = reduceEditor(state, { do: "patchStep", id: "act_001", patch: { value: "abcd" }, key: "value", at: 9_000 });
    expect(state.past).toHaveLength(2);
  });

  it("extends the choice from where it began, both ways", () => {
    const at = reduceEditor(open(), { do: "select", ids: ["act_003"] });
    expect(reduceEditor(at, { do: "extend", id: "act_001" }).selected).toEqual(["act_003", "act_002", "act_001"]);
    expect(reduceEditor(at, { do: "extend", id: "act_004" }).selected).toEqual(["act_003", "act_004"]);
  });

  it("stays unsaved when something was typed while it was being saved", () => {
    const first = reduceEditor(open(), { do: "patch", patch: { testName: "A" } });
    const later = reduceEditor(first, { do: "patch", patch: { testName: "B" } });
    const saved = reduceEditor(later, { do: "saved", document: first.document, revision: 4 });
    expect([saved.revision, isDirty(saved)]).toEqual([4, true]);
  });

  it("numbers new steps after the highest", () => {
    expect(nextStepId([step(9), step(3)])).toBe("act_010");
    expect(nextStepId([])).toBe("act_001");
  });

  it("leaves steps alone that move to where they are", () => {
    expect(moveSteps([step(1), step(2)], ["act_001"], 0).map((each) => each.id)).toEqual(["act_001", "act_002"]);
  });
});

describe("variables", () => {
  it("are found in values and addresses but not in scripts", () => {
    const found = variablesOf({
      ...document(
        step(1, { value: "${EMAIL}" }),
        step(2, { type: "navigation", to: "${BASE}/x" }),
        step(3, { type: "javascript", expression: "`${no}`" }),
      ),
      variables: [{ name: "PASSWORD" }],
    });
    expect(found).toEqual(["PASSWORD", "EMAIL", "BASE"]);
  });

  it("are those of included recordings too, and of theirs, unless a step stores them", async () => {
    const include = (n: number, recording: string) => step(n, { type: "include", recording });
    const outer = { ...document(include(1, "login"), include(2, "gone"), step(3, { value: "${ORDER}" })), url: "https://${HOST}/" };
    const kept: Record<string, ReturnType<typeof document>> = {
      login: document(step(1, { value: "${USER} ${ORDER}" }), include(2, "code"), include(3, "login")),
      code: document(step(1, { value: "${CODE} ${TOKEN}" }), step(2, { type: "store", from: "title", variable: "TOKEN" })),
    };
    const loaded: string[] = [];
    const included = await includedBy(outer, async (id) => {
      loaded.push(id);
      const inner = kept[id];
      if (!inner) throw new Error("not there");
      return inner;
    });
    expect(loaded.sort()).toEqual(["code", "gone", "login"]);
    expect(variablesOf(outer, included)).toEqual(["ORDER", "HOST", "USER", "CODE"]);
    expect(variablesOf(outer)).toEqual(["ORDER", "HOST"]);
  });
});

describe("blocks", () => {
  const control = (n: number, command: string, over: Partial<RecordedStep> = {}) => step(n, { type: "control", command, ...over });

  it("indents what stands in a branch or a loop", () => {
    const steps = [
      control(1, "if"),
      step(2),
      control(3, "else"),
      control(4, "do"),
      step(5),
      control(6, "repeatIf"),
      control(7, "end"),
      step(8),
    ];
    expect(blocksOf(steps)).toEqual({ depths: [0, 1, 0, 1, 2, 1, 0, 0], problems: new Map() });
  });

  it("tells what is out of place", () => {
    const told = (...steps: RecordedStep[]) => [...blocksOf(steps).problems];
    expect(told(control(1, "while"), step(2))).toEqual([[0, "is never closed"]]);
    expect(told(control(1, "end"))).toEqual([[0, "closes nothing"]]);
    expect(told(control(1, "do"), control(2, "end"), control(3, "repeatIf"))).toEqual([[1, "does not close “do”"]]);
    expect(told(control(1, "if"), control(2, "else"), control(3, "elseIf"), control(4, "end"))).toEqual([[2, "stands in no open “if”"]]);
  });

  it("puts the selected steps into a new block, which one undo takes away", () => {
    const template = blockTemplates.find((each) => each.label === "Repeat a number of times");
    if (!template) throw new Error("no such template");
    const before = open();
    const [opens, closes] = newBlock(template, before.document, "act_002");
    const wrapped = reduceEditor(before, { do: "wrap", ids: ["act_002", "act_003"], opens, closes, after: "act_003" });
    expect(ids(wrapped)).toBe("152364");
    expect(blocksOf(wrapped.document.actions).problems.size).toBe(0);
    expect(wrapped.selected).toEqual([opens.id]);
    expect(ids(reduceEditor(wrapped, { do: "undo" }))).toBe("1234");
    const empty = reduceEditor(before, { do: "wrap", ids: [], opens, closes, after: "act_001" });
    expect(ids(empty)).toBe("156234");
  });

  it.each([
    [control(1, "if", { expression: "${N} > 1" }), "If ${N} > 1"],
    [control(1, "while", { checkType: "elementVisible", selectors: [{ strategy: "id", value: "more" }] }), "While “more” is visible"],
    [control(1, "times", { count: 3 }), "Repeat 3 times"],
    [control(1, "forEach", { items: ["a", "b"], variable: "X" }), "For each X of 2 items"],
    [step(1, { type: "store", from: "title", variable: "T" }), "Store title as T"],
    [step(1, { type: "include", recording: "r", recordingName: "Login" }), "Perform “Login”"],
  ])("says what a step does", (each, words) => expect(stepTitle(each)).toBe(words));

  it("asks for no variable that a step stores", () => {
    const steps = [step(1, { type: "store", from: "title", variable: "T" }), step(2, { type: "input", value: "${T} ${U}" })];
    expect(variablesOf(document(...steps))).toEqual(["U"]);
  });
});
