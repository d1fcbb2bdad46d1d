import { describe, expect, it } from "vitest";
import { lineOfPath, parseCode, pathKeys, printCode } from "@/features/editor/code-text.ts";

const document = {
  testName: "Flow",
  url: "https://shop.example/",
  actions: [{ id: "act_001", type: "click", timestamp: 0, url: "https://shop.example/" }],
};

describe("the recording as text", () => {
  it.each(["json", "yaml"] as const)("comes back from %s as it went", (format) => {
    expect(parseCode(printCode(document, format), format).document).toEqual(document);
  });

  it("says the line of a comma too many", () => {
    expect(parseCode('{\n  "testName": "x",,\n  "url": ""\n}', "json").problem?.line).toBe(2);
  });

  it("says the line of broken YAML", () => {
    expect(parseCode("testName: x\nactions: [1, 2", "yaml").problem?.line).toBeGreaterThan(1);
  });

  it.each([
    ["document", "[]"],
    ["testName", '{"url":"","actions":[]}'],
    ["actions", '{"testName":"","url":""}'],
    ["actions[0]", '{"testName":"","url":"","actions":[{"type":"click"}]}'],
    ["actions[1].id", '{"testName":"","url":"","actions":[{"id":"a","type":"click"},{"id":"a","type":"click"}]}'],
  ])("names %s when that is what is wrong", (path, text) => {
    expect(parseCode(text, "json").problem?.path).toBe(path);
  });

  it("finds the line of a path, or of its parent", () => {
    const text = printCode(document, "json");
    const line = text.split("\n").findIndex((each) => each.includes('"type"')) + 1;
    expect(lineOfPath(text, "actions[0].type")).toBe(line);
    expect(lineOfPath(text, "actions[0].selectors[2].value")).toBe(text.split("\n").indexOf("    {") + 1);
  });

  it("reads paths with names and places", () => {
    expect(pathKeys("actions[3].selectors[0].value")).toEqual(["actions", 3, "selectors", 0, "value"]);
  });
});
