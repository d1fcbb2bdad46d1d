import { describe, expect, it } from "vitest";
import type { Run } from "@/api/types.ts";
import { rank } from "@/components/shell/palette-rank.ts";
import { stepTitle } from "@/features/editor/step-title.ts";
import { shownTags } from "@/features/recordings/shown-tags.ts";
import { parseLines } from "@/features/runs/evidence-lines.ts";
import { marks, spans, ticks } from "@/features/runs/time-axis.ts";
import { verdict, wholeVerdict } from "@/features/runs/verdict.ts";
import { toAddress } from "@/lib/address.ts";
import { formatDuration } from "@/lib/duration.ts";
import { formatRelative } from "@/lib/moment.ts";
import { plural } from "@/lib/plural.ts";
import { wholeFigures } from "@/lib/run-status.ts";
import { cutMiddle, shortId, shortUrl } from "@/lib/shorten.ts";
import { formatBitrate, formatBytes } from "@/lib/size.ts";

describe("tags of a recording", () => {
  it("are shown as far as there is room, and counted beyond", () => {
    expect(shownTags(["a", "b", "c", "d", "e"])).toEqual({ shown: ["a", "b", "c"], more: ["d", "e"] });
  });

  it("are not counted where one more would do", () => {
    expect(shownTags(["a", "b", "c", "d"]).more).toEqual([]);
  });
});

describe("figures", () => {
  it.each([
    [0, "0 ms"],
    [820.4, "820 ms"],
    [1240, "1.24 s"],
    [9994, "9.99 s"],
    [12_340, "12.3 s"],
    [125_000, "2 min 05 s"],
    [3_840_000, "1 h 04 min"],
    [undefined, "–"],
  ])("a duration of %s ms is %s", (ms, text) => expect(formatDuration(ms)).toBe(text));

  it.each([
    [312, "312 B"],
    [72_400, "72 KB"],
    [1_420_000, "1.4 MB"],
  ])("%s bytes are %s", (bytes, text) => expect(formatBytes(bytes)).toBe(text));

  it("bandwidth is in bits", () => {
    expect([formatBitrate(80_000), formatBitrate(262_500)]).toEqual(["640 kbit/s", "2.1 Mbit/s"]);
  });

  it.each([
    [2, "just now"],
    [12, "12 s ago"],
    [300, "5 min ago"],
    [3 * 3600, "3 h ago"],
    [26 * 3600, "yesterday"],
    [4 * 86_400, "4 d ago"],
  ])("%s seconds back is %s", (seconds, text) => {
    const now = Date.parse("2026-05-05T12:00:00Z");
    expect(formatRelative(now - seconds * 1000, now)).toBe(text);
  });

  it("counts in words", () => {
    expect([plural(1, "step"), plural(1200, "step")]).toEqual(["1 step", "1,200 steps"]);
  });
});

describe("long things", () => {
  it("are cut in the middle", () => {
    expect(cutMiddle("https://shop.example/a/very/long/path.html", 21)).toBe("https://shop…ath.html");
    expect(cutMiddle("short", 20)).toBe("short");
  });

  it("ids keep the part in which neighbours differ", () => {
    expect(shortId("0199c8f2-4a10-7b3e-9d10-0000deadbeef")).toBe("deadbeef");
  });

  it("addresses lose what everybody knows", () => {
    expect([shortUrl("https://shop.example/"), shortUrl("https://shop.example/cart?x=1"), shortUrl("about:blank")]).toEqual([
      "shop.example",
      "shop.example/cart",
      "about:blank",
    ]);
  });
});

it.each([
  ["shop.example/cart", "https://shop.example/cart"],
  ["localhost:3000", "http://localhost:3000"],
  ["  http://a.test ", "http://a.test"],
  ["about:blank", "about:blank"],
  ["", "about:blank"],
])("typing %j opens %s", (typed, address) => expect(toAddress(typed)).toBe(address));

const run = (over: Partial<Run>): Run => ({
  id: "r",
  recordingId: "x",
  recordingName: "Flow",
  browser: "chromium",
  timingMode: "fast",
  attempt: 1,
  status: "passed",
  stepsTotal: 12,
  stepsPassed: 0,
  stepsFailed: 0,
  stepsSkipped: 0,
  stepsHealed: 0,
  healed: false,
  createdAt: "2026-01-01T00:00:00.000Z",
  ...over,
});

describe("a verdict", () => {
  it.each([
    [run({ status: "failed", stepsPassed: 6, stepsFailed: 1, error: { code: "x", message: "", step: 6 } }), "Failed at step 7 of 12"],
    [run({ status: "failed", stepsPassed: 6, stepsFailed: 1 }), "Failed at step 7 of 12"],
    [run({ status: "failed" }), "Failed"],
    [run({ status: "running", stepsPassed: 1 }), "Running step 2 of 12"],
    [run({ status: "queued" }), "Waiting for a worker"],
    [run({ stepsPassed: 12 }), "Passed"],
    [run({ stepsPassed: 10, stepsSkipped: 2 }), "Passed, 2 skipped"],
    [run({ stepsPassed: 11, stepsSkipped: 1, stepsHealed: 1, healed: true }), "Passed, 1 skipped, 1 healed"],
  ])("is plain", (of, words) => expect(verdict(of)).toBe(words));
});

describe("the time axis", () => {
  const at = (ms: number) => new Date(Date.parse("2026-01-01T00:00:00Z") + ms).toISOString();
  const step = (index: number, startedAt: string | undefined, durationMs: number) => ({
    index,
    id: "",
    type: "",
    title: "",
    retries: 0,
    rounds: 1,
    waits: [],
    status: "passed" as const,
    startedAt,
    durationMs,
  });

  it("puts each step at its share of the time", () => {
    const axis = spans({ ...run({ startedAt: at(0), durationMs: 1000 }), steps: [step(0, at(0), 250), step(1, at(500), 500)] });
    expect(axis?.spans.map(({ start, width }) => [start, width])).toEqual([
      [0, 0.25],
      [0.5, 0.5],
    ]);
  });

  it("is not there before anything began", () => {
    expect(spans({ ...run({}), steps: [step(0, undefined, 0)] })).toBeUndefined();
  });

  it("leaves out what happened before or after it", () => {
    const lines = [{ at: at(-50) }, { at: at(250) }, { at: at(2000) }, {}];
    expect(marks({ ...run({ startedAt: at(0) }), steps: [] }, 1000, lines)).toEqual([{ at: 0.25, line: lines[1] }]);
  });

  it("has round moments", () => {
    expect(ticks(6500)).toEqual([0, 2000, 4000, 6000]);
  });
});

describe("a step's sentence", () => {
  const step = (type: string, rest: object) => stepTitle({ id: "", type, timestamp: 0, url: "https://shop.example/", ...rest });
  it.each([
    [step("click", { tagName: "BUTTON", text: "Add  to cart" }), "Click “Add to cart” button"],
    [step("click", { clickCount: 2, selectors: [{ strategy: "role", value: 'button[name="Save"]' }] }), "Double-click “Save”"],
    [step("input", { value: "${EMAIL}", selectors: [{ strategy: "label", value: "Email" }] }), "Type ${EMAIL} in “Email”"],
    [step("input", { value: "hunter2", isSensitive: true, selectors: [] }), "Type •••• in field"],
    [step("navigation", { to: "https://shop.example/cart", navigationTrigger: "manual" }), "Open shop.example/cart"],
    [step("keypress", { key: "a", modifiers: ["ctrl"] }), "Press Ctrl+A"],
    [step("wheel", { tagName: "canvas", deltaY: 120 }), "Turn wheel over canvas"],
    [step("download", { fileName: "report-*.csv" }), "Wait for download “report-*.csv”"],
    [step("download", {}), "Wait for download"],
    [step("screenshot", { fullPage: true }), "Take picture of the whole page"],
    [step("checkpoint", { checkType: "urlContains", expectedUrl: "/thanks", negated: true }), "Check address does not contain “/thanks”"],
    [step("checkpoint", { checkType: "pageTitle", expectedValue: "Cart" }), "Check title is “Cart”"],
    [step("checkpoint", { checkType: "pageTitle", mode: "contains", expectedValue: "Cart" }), "Check title contains “Cart”"],
    [
      step("checkpoint", { checkType: "elementAttribute", attribute: "class", mode: "contains", negated: true, expectedValue: "open" }),
      "Check “class” of the element does not contain “open”",
    ],
    [step("checkpoint", { checkType: "elementAttribute", expectedValue: "open" }), "Check attribute of the element is “open”"],
    [step("checkpoint", { checkType: "elementCount", selectors: [] }), "Check number of elements is …"],
    [step("checkpoint", { checkType: "visual", fullPage: true }), "Check the whole page looks the same"],
    [
      step("checkpoint", { checkType: "visual", negated: true, selectors: [{ strategy: "label", value: "Map" }] }),
      "Check “Map” looks different",
    ],
    [step("wait", { waitFor: "duration", value: 500 }), "Wait 500 ms"],
    [step("click", { name: "Buy it" }), "Buy it"],
    [step("click", { tagName: "input", inputType: "radio", checked: true, text: "Brick" }), "Check “Brick” field"],
    [step("click", { selectors: [{ strategy: "css", value: "#next" }], tagName: "button" }), "Click “next” button"],
    [step("click", { selectors: [{ strategy: "css", value: "form > #next" }], tagName: "button" }), "Click button"],
    [step("select", { selectedText: "Norway", selectors: [{ strategy: "label", value: "Country" }] }), "Choose “Norway” in “Country”"],
    [step("select", {}), "Choose an option in list"],
  ])("%s", (said, wanted) => expect(said).toBe(wanted));
});

it("the palette puts what begins so first", () => {
  const command = (name: string) => ({ id: name, name, kind: "", run: () => undefined });
  expect(rank([command("Preruns"), command("My runs"), command("Runs"), command("xyz")], "run").map((each) => each.name)).toEqual([
    "Runs",
    "My runs",
    "Preruns",
  ]);
});

it.each([
  ['[{"text":"a"}]', 1],
  ['{"entries":[{"text":"a"},{"text":"b"}]}', 2],
  ['{"text":"a"}\n{"text":"b"}', 2],
  ["", 0],
  ["not json", 0],
])("evidence %j has %s lines", (text, count) => expect(parseLines(text)).toHaveLength(count));

it("a run on several browsers counts what all of them did", () => {
  const one = (browser: string, status: string, stepsPassed: number, durationMs: number, stepsHealed = 0) => ({
    id: browser,
    browser,
    status,
    stepsPassed,
    stepsFailed: status === "failed" ? 1 : 0,
    stepsSkipped: status === "failed" ? 4 - stepsPassed : 0,
    stepsHealed,
    stepsTotal: 5,
    durationMs,
  });
  const run = (status: string, runs: unknown[]) =>
    ({ status: "passed", stepsPassed: 5, stepsTotal: 5, durationMs: 900, group: { id: "g", status, runs } }) as unknown as Run;
  const failed = run("failed", [one("chromium", "passed", 5, 900), one("firefox", "failed", 2, 4000)]);
  expect(wholeVerdict(failed)).toBe("Failed on Firefox");
  expect(wholeFigures(failed)).toMatchObject({ stepsPassed: 7, stepsFailed: 1, stepsSkipped: 2, stepsTotal: 10, durationMs: 4000 });
  const healed = run("passed", [one("chromium", "passed", 5, 900, 1), one("webkit", "passed", 5, 700, 1)]);
  expect(wholeVerdict(healed)).toBe("Passed on 2 browsers, 2 healed");
  const row = (n: number, status: string, browser = "chromium") => ({ ...one(browser, status, 5, 900), row: n });
  expect(wholeVerdict(run("failed", [row(1, "passed"), row(2, "failed")]))).toBe("Failed with row 2");
  expect(wholeVerdict(run("failed", [row(1, "failed", "firefox"), row(1, "passed")]))).toBe("Failed with Firefox row 1");
  expect(
    wholeVerdict(
      run(
        "failed",
        [1, 2, 3, 4, 5].map((n) => row(n, n > 1 ? "failed" : "passed")),
      ),
    ),
  ).toBe("Failed in 4 of 5 runs");
  expect(wholeVerdict(run("passed", [row(1, "passed"), row(2, "passed")]))).toBe("Passed in 2 runs");
});
