// What the log means, without a browser.
import { expect, test } from "@playwright/test";
import { callerOf } from "../src/background/gate";
import { readServer } from "../src/background/settings";
import { documentOf, fileName, type Head } from "../src/recording/document";
import type { ArrivalEntry, Cause, Entry, Step } from "../src/recording/entry";
import { historyFrom, moved, visited } from "../src/recording/history";
import { readEmission } from "../src/recording/read-step";
import { deriveSteps, withoutLastStep } from "../src/recording/steps";

const a = "http://site.test/a";
const b = "http://site.test/b";

function gesture(at: number, step: Partial<Step> = {}, tab = 0): Entry {
  return { kind: "step", at, tab, emit: `${at}`, touched: at, step: { type: "click", timestamp: at, url: a, ...step } };
}
function arrival(at: number, extra: Partial<ArrivalEntry> = {}): Entry {
  return { kind: "arrival", at, tab: 0, from: a, to: b, sameDocument: false, ...extra };
}
function words(log: Entry[]): string[] {
  return deriveSteps(log).map(({ step }) =>
    [step.type, step["navigationTrigger"] ?? step["event"] ?? "", step["index"] ?? ""].join(" ").trim(),
  );
}

test("an arrival takes its cause from the browser, then from what was done last, then from nothing", () => {
  const by = (step: Partial<Step>, cause?: Cause, at = 200) => words([gesture(100, step), arrival(at, cause ? { cause } : {})])[1];
  expect(by({ type: "click" })).toBe("navigation click");
  expect(by({ type: "keypress", key: "Enter" })).toBe("navigation form-submit");
  expect(by({ type: "keypress", key: "F5" })).toBe("navigation click");
  expect(by({ type: "submit" })).toBe("navigation form-submit");
  expect(by({ type: "scroll" })).toBe("navigation redirect");
  expect(by({ type: "click" }, "manual")).toBe("navigation manual");
  expect(by({ type: "click" }, "back")).toBe("navigation back");
  expect(by({ type: "click" }, "redirect")).toBe("navigation click");
  expect(by({ type: "click" }, undefined, 20_000)).toBe("navigation manual");
  expect(by({ type: "click" }, "redirect", 20_000)).toBe("navigation redirect");
  expect(words([arrival(1, { to: a, cause: "redirect" })]), "a page that refreshes itself").toEqual([]);
});

test("inside a document only a step that leads to another view is a navigation", () => {
  const inside = (to: string, step: Partial<Step> = {}) => words([gesture(100, step), arrival(110, { to, sameDocument: true })]);
  expect(inside(`${a}#/done`)).toEqual(["click", "navigation click"]);
  expect(inside(`${a}?sort=name`)).toEqual(["click"]);
  expect(inside(b, { type: "scroll" })).toEqual(["scroll"]);
  expect(words([arrival(1, { sameDocument: true })])).toEqual([]);
});

test("a gesture whose report comes late still comes before what it caused", () => {
  expect(words([arrival(110, { sameDocument: true }), gesture(110)])).toEqual(["click", "navigation click"]);
  expect(words([arrival(300), gesture(100)])).toEqual(["click", "navigation click"]);
});

test("work in another tab switches to it, and the end of a tab leads back to its opener", () => {
  const log: Entry[] = [
    gesture(1),
    { kind: "opened", at: 2, tab: 1, url: b, trigger: "popup", opener: 0 },
    arrival(3, { tab: 1 }),
    gesture(4, {}, 1),
    arrival(5, { tab: 0, cause: "redirect" }),
    gesture(6, {}, 0),
    gesture(7, {}, 1),
    { kind: "closed", at: 8, tab: 1, trigger: "page" },
    gesture(9, {}, 0),
  ];
  expect(words(log)).toEqual(["click", "tab new 1", "click", "tab switch 0", "click", "tab switch 1", "click", "tab close 1", "click"]);
});

test("undo takes a step away with what it hid", () => {
  const opened: Entry = { kind: "opened", at: 2, tab: 1, url: b, trigger: "popup", opener: 0 };
  const log = [gesture(1), opened, arrival(3, { tab: 1 })];
  expect(words(log)).toEqual(["click", "tab new 1"]);
  expect(words(withoutLastStep(log))).toEqual(["click"]);
  expect(withoutLastStep([])).toEqual([]);
});

test("the history tells back from forward", () => {
  const there = visited(visited(historyFrom(a), b, false), "http://site.test/c", false);
  const back = moved(there, b);
  expect(back.way).toBe("back");
  expect(moved(back.history, "http://site.test/c").way).toBe("forward");
  expect(moved(back.history, a)).toMatchObject({ way: "back", history: { at: 0 } });
  expect(moved(there, "http://elsewhere.test/")).toMatchObject({ way: "back", history: { at: 0 } });
  expect(visited(there, "http://site.test/d", true).urls).toEqual([a, b, "http://site.test/d"]);
});

test("a document has what the format wants, and a file name that every system takes", () => {
  const size = { width: 1000, height: 700 };
  const surroundings = { viewport: size, windowSize: size, screenSize: size, devicePixelRatio: 1, userAgent: "x" };
  const head: Head = { name: " ", url: a, startedAt: 1_700_000_000_000, endedAt: 1_700_000_001_000, surroundings, variables: [] };
  expect(documentOf(head, [gesture(5)])).toMatchObject({
    id: "rec_1700000000000",
    testName: "Untitled recording",
    startTime: "2023-11-14T22:13:20.000Z",
    endTime: "2023-11-14T22:13:21.000Z",
    actions: [{ id: "act_001", type: "click" }],
  });
  for (const [testName, name] of [
    ["Order: a lamp?", "Order-a-lamp_7.json"],
    ["../../etc/passwd", "etc-passwd_7.json"],
    ["Zürich–Köln", "Zürich-Köln_7.json"],
    ["???", "recording_7.json"],
  ] as const) {
    expect(fileName({ testName, id: "rec_7" })).toBe(name);
  }
});

test("only what the page's recorder makes is read as a step", () => {
  const step = { type: "click", timestamp: 5, url: a, selectors: [{ strategy: "css", value: "#x" }], box: {}, id: "act_9", frames: [] };
  expect(readEmission({ emitId: "e", step })?.step).toEqual({ type: "click", timestamp: 5, url: a, selectors: step.selectors });
  for (const bad of [
    null,
    "step",
    { step },
    { emitId: "e" },
    { emitId: "x".repeat(101), step },
    { emitId: "e", replaces: 5, step },
    ...["checkpoint", "tab", "dialog", "wait", "", 5].map((type) => ({ emitId: "e", step: { ...step, type } })),
    ...[-1, Number.NaN, Number.POSITIVE_INFINITY, "5"].map((timestamp) => ({ emitId: "e", step: { ...step, timestamp } })),
    ...["x", [{ strategy: "css" }], [null], Array(51).fill({ strategy: "css", value: "a" })].map((selectors) => ({
      emitId: "e",
      step: { ...step, selectors },
    })),
  ]) {
    expect(readEmission(bad), JSON.stringify(bad)).toBeNull();
  }
});

test("only the extension's own pages may command, whoever claims what", () => {
  const own = { id: "me", origin: "chrome-extension://me" };
  const tab = { id: 7, windowId: 1, url: a, title: "A" } as chrome.tabs.Tab;
  const from = (sender: chrome.runtime.MessageSender) => callerOf(sender, own)?.kind ?? null;
  expect(from({ id: "me", origin: own.origin, url: `${own.origin}/popup.html` })).toBe("ui");
  expect(from({ id: "me", origin: own.origin, url: `${own.origin}/options.html`, tab, frameId: 0 })).toBe("ui");
  expect(from({ id: "me", origin: "http://site.test", url: a, tab, frameId: 3 })).toBe("page");
  expect(from({ id: "me", origin: "http://site.test", url: `${own.origin}/popup.html`, tab, frameId: 3 })).toBeNull();
  expect(from({ id: "other", origin: "chrome-extension://other", url: "chrome-extension://other/x.html" })).toBeNull();
  expect(from({ id: "me", url: a })).toBeNull();
  expect(from({})).toBeNull();
});

test("a server's address is read as people write it", () => {
  expect(readServer(" 127.0.0.1:7777/ ")).toEqual({ server: "http://127.0.0.1:7777" });
  expect(readServer("https://studio.example/team/")).toEqual({ server: "https://studio.example/team" });
  for (const bad of ["", "ftp://x", "http://", "javascript://%0aalert(1)"]) expect(readServer(bad)).toHaveProperty("problem");
});
