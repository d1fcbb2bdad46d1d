import { describe, expect, it } from "vitest";
import { LatencyMeter } from "@/features/live/latency.ts";
import { badStatus, emptyModel, iHoldControl, reduceNotice } from "@/features/live/live-model.ts";
import { mergePast, refusedSince } from "@/features/live/past-lines.ts";
import type { LiveState, StepView } from "@/features/live/protocol.ts";
import { Rate } from "@/features/live/rate.ts";

const state = {
  id: "s",
  status: "live",
  tabs: [],
  viewport: { width: 1280, height: 720, deviceScaleFactor: 1, mobile: false, touch: false },
  viewers: [],
  control: { viewer: "me" },
  recording: { state: "recording", steps: 0 },
  cast: { fps: 30, quality: 70 },
  highlight: false,
  browser: { name: "Chromium", version: "1", engine: "chromium" },
  sandbox: "on",
  startedAt: "2026-01-01T00:00:00.000Z",
} satisfies LiveState;

const stats = { at: 0, fps: 0, captured: 0, dropped: 0, bytes: 0, viewers: 1 };
const view = (index: number, title: string, picture?: string): StepView => ({ index, title, picture, step: { type: "click" } });
const welcomed = reduceNotice(emptyModel, { t: "welcome", viewer: "me", session: state, steps: [view(0, "Open")], stats });

describe("what a session tells", () => {
  it("begins with all that is", () => {
    expect(welcomed).toMatchObject({ phase: "live", viewer: "me", steps: [{ title: "Open" }] });
    expect(iHoldControl(welcomed)).toBe(true);
  });

  it("ends a lost connection when it greets again", () => {
    const lost = { ...welcomed, phase: "lost" as const, lostAt: 5 };
    expect(reduceNotice(lost, { t: "welcome", viewer: "me", session: state, steps: [], stats })).toMatchObject({
      phase: "live",
      lostAt: undefined,
    });
  });

  it("adds a step and then writes it anew while it is typed, keeping its picture", () => {
    let model = reduceNotice(welcomed, { t: "step", emitId: "e", replaced: false, ...view(1, "Type “a”", "data:1") });
    model = reduceNotice(model, { t: "step", emitId: "e", replaced: true, ...view(1, "Type “ab”") });
    expect(model.steps.map((step) => step.title)).toEqual(["Open", "Type “ab”"]);
    expect(model.steps[1]?.picture).toBe("data:1");
  });

  it("takes steps away after an undo", () => {
    expect(reduceNotice(welcomed, { t: "steps", steps: [] }).steps).toEqual([]);
  });

  it("forgets what was clickable when the highlight goes out", () => {
    const lit = reduceNotice(welcomed, { t: "clickables", boxes: [{ x: 0, y: 0, width: 1, height: 1 }] });
    expect(reduceNotice(lit, { t: "state", ...state }).clickables).toEqual([]);
  });

  it("keeps the last thousand lines of the console", () => {
    let model = welcomed;
    for (let n = 0; n < 1_100; n += 1) model = reduceNotice(model, { t: "console", level: "log", text: String(n), at: "" });
    expect(model.console).toHaveLength(1_000);
    expect(model.console.at(-1)?.text).toBe("1099");
  });

  it("knows the page's own bad answer until it is loaded again", () => {
    const tab = { index: 1, title: "", url: "https://a.test/x", loading: true, active: true };
    let model = reduceNotice(welcomed, { t: "state", ...state, tabs: [tab] });
    model = reduceNotice(model, { t: "network", method: "GET", url: "https://a.test/other.js", status: 500, at: "" });
    expect(badStatus(model)).toBeUndefined();
    model = reduceNotice(model, { t: "network", method: "GET", url: "https://a.test/x", status: 404, at: "" });
    model = reduceNotice(model, { t: "state", ...state, tabs: [{ ...tab, loading: false }] });
    expect(badStatus(model)).toBe(404);
    model = reduceNotice(model, { t: "state", ...state, tabs: [tab] });
    expect(badStatus(model)).toBeUndefined();
  });

  it("ends with why", () => {
    expect(reduceNotice(welcomed, { t: "bye", reason: "It was idle" })).toMatchObject({ phase: "ended", endReason: "It was idle" });
  });
});

describe("the past", () => {
  const line = (text: string, seconds: number) => ({ text, level: "log", at: new Date(seconds * 1000).toISOString() });

  it("comes before what was seen, each line once", () => {
    const merged = mergePast([line("b", 10), line("c", 20)], [line("a", 5), line("b", 10.2)]);
    expect(merged.map((each) => each.text)).toEqual(["a", "b", "c"]);
  });

  it("fills the gap of a lost connection", () => {
    expect(mergePast([line("a", 1), line("d", 9)], [line("a", 1), line("b", 4), line("d", 9)]).map((each) => each.text)).toEqual([
      "a",
      "b",
      "d",
    ]);
  });

  it("knows the bad answer of the page that is shown, not of the one before", () => {
    const network = [
      { ...line("", 5), url: "https://a.test/old", status: 404 },
      { ...line("", 11), url: "https://a.test/x", status: 404 },
    ];
    const navigations = [line("", 1), line("", 6), line("", 12)];
    expect(refusedSince(network, navigations)).toEqual({ "https://a.test/x": 404 });
    expect(refusedSince(network.slice(1), [line("", 12)])).toEqual({ "https://a.test/x": 404 });
  });

  it("keeps the same words said again", () => {
    expect(mergePast([line("a", 10)], [line("a", 2), line("a", 10)])).toHaveLength(2);
  });
});

describe("latency", () => {
  it("is measured from the newest input that a frame answers", () => {
    const meter = new LatencyMeter();
    meter.sent(1, 0);
    meter.sent(2, 10);
    meter.sent(3, 20);
    meter.drawn(2, 34);
    expect(meter.percentile(0.5)).toBe(24);
  });

  it("is unknown before the first answer and unmoved by frames without one", () => {
    const meter = new LatencyMeter();
    meter.drawn(0, 10);
    expect(meter.percentile(0.95)).toBeUndefined();
  });

  it("tells the slow end apart", () => {
    const meter = new LatencyMeter();
    for (let n = 1; n <= 20; n += 1) {
      meter.sent(n, 0);
      meter.drawn(n, n);
    }
    expect([meter.percentile(0.5), meter.percentile(0.95)]).toEqual([10, 19]);
  });
});

it("a rate forgets what is older than a second", () => {
  const rate = new Rate();
  rate.add(0, 5);
  rate.add(900, 2);
  expect(rate.perSecond(950)).toBe(7);
  expect(rate.perSecond(1_000)).toBe(2);
});
