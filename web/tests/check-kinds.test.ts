import { describe, expect, it } from "vitest";
import { checkKinds, kindsFor, negatedNow, stateNow } from "../src/features/live/check-kinds.ts";
import type { Picked } from "../src/features/live/protocol.ts";

const picked = (more: Partial<Picked>): Picked => ({ selectors: [], ...more });
const kinds = (of: Picked) => kindsFor(of).map(({ kind }) => kind);
const kind = (name: string) => checkKinds.find((each) => each.kind === name) as (typeof checkKinds)[number];

describe("checks of what was pointed at", () => {
  it("offers of the states only those that the element has", () => {
    expect(kinds(picked({ tag: "h1", state: { enabled: true, editable: false } }))).not.toContain("elementEnabled");
    const box = kinds(picked({ tag: "input", value: "on", state: { checked: true, enabled: true, editable: false } }));
    expect(box).toEqual(expect.arrayContaining(["elementChecked", "elementEnabled", "elementEditable"]));
    expect(kinds(picked({ tag: "button", state: { enabled: false } }))).toContain("elementEnabled");
    expect(kinds(picked({ tag: "div", state: { enabled: false } }))).toContain("elementEnabled");
  });

  it("offers no text and no value of a box to tick, unless the page suggests it", () => {
    const box = picked({ tag: "input", value: "on", state: { checked: true } });
    const ofText = ["elementText", "containsText", "elementHasValue"];
    expect(kinds(box).filter((each) => ofText.includes(each))).toEqual([]);
    expect(kinds({ ...box, suggestions: [{ kind: "elementHasValue" }] })).toContain("elementHasValue");
    expect(kinds(picked({ tag: "div", state: { checked: true } }))).toEqual(expect.arrayContaining(["elementText", "containsText"]));
  });

  it("says what the element is now", () => {
    const off = picked({ state: { checked: false, enabled: true } });
    expect(stateNow(kind("elementChecked"), off)).toBe("It is not checked now.");
    expect(stateNow(kind("elementEnabled"), off)).toBe("It is enabled now.");
    expect(stateNow(kind("elementVisible"), off)).toBeUndefined();
  });

  it("begins with what the page suggests", () => {
    const suggestions = [{ kind: "elementChecked" }, { kind: "elementVisible" }];
    expect(kinds(picked({ value: "on", state: { checked: false }, suggestions })).slice(0, 2)).toEqual([
      "elementChecked",
      "elementVisible",
    ]);
  });

  it("is the opposite where the element is the opposite now", () => {
    const off = picked({ state: { checked: false, enabled: true } });
    expect(negatedNow(kind("elementChecked"), off)).toBe(true);
    expect(negatedNow(kind("elementEnabled"), off)).toBe(false);
    expect(negatedNow(kind("elementVisible"), off)).toBe(false);
  });
});
