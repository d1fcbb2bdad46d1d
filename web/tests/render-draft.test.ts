import { describe, expect, it } from "vitest";
import { freshDraft, type Output, outputs, problemsOf } from "@/features/renders/draft.ts";
import { fromJob, toJob } from "@/features/renders/job.ts";

describe("a draft of a render", () => {
  it.each([...outputs])("as %s becomes a job and comes back the same", (output: Output) => {
    const draft = { ...freshDraft(), output, name: "rings", code: "draw()", width: 640, fps: 60, duration: 1.5, frame: 7, seed: "x" };
    const back = fromJob(toJob(draft));
    const isFilm = ["mp4", "webm", "gif"].includes(output);
    // What the job has no use for is not in it.
    expect(back).toEqual(isFilm ? { ...draft, frame: 1 } : { ...draft, fps: 30, duration: 2 });
  });

  it("says what no job can have, and takes a job of another tool for what can be read of it", () => {
    const wrong = { ...freshDraft(), code: " ", width: 0, frame: Number.NaN, name: "../x" };
    expect(Object.keys(problemsOf(wrong)).sort()).toEqual(["code", "frame", "name", "width"]);
    const read = fromJob({ outputType: "webm", html: "<p>", duration: 2500, width: "wide", seed: 5 });
    expect(read).toMatchObject({ output: "webm", code: "<p>", duration: 2.5, width: 800, seed: "5" });
  });

  it("counts frames from 1 for people and from 0 for the server", () => {
    expect(freshDraft().frame).toBe(1);
    expect(toJob(freshDraft()).frame).toBe(0);
    expect(toJob({ ...freshDraft(), frame: 36_000 }).frame).toBe(35_999);
    expect(fromJob({ type: "p5", code: "x", frame: 0 }).frame).toBe(1);
    expect(fromJob({ type: "p5", code: "x" }).frame).toBe(1);
    expect(fromJob({ type: "p5", code: "x", frame: 35_999 }).frame).toBe(36_000);
  });

  it("lets through what the server takes and nothing that it refuses", () => {
    const of = (change: Partial<ReturnType<typeof freshDraft>>) => Object.keys(problemsOf({ ...freshDraft(), ...change }));
    for (const frame of [1, 36_000]) expect(of({ frame }), `frame ${frame}`).toEqual([]);
    for (const frame of [0, 1.5, 36_001]) expect(of({ frame }), `frame ${frame}`).toEqual(["frame"]);
    expect(of({ output: "mp4", fps: 60, duration: 600 })).toEqual([]);
    expect(of({ output: "mp4", fps: 60, duration: 600.1 })).toEqual(["duration"]);
    expect(of({ output: "mp4", fps: 30, duration: 0.01 })).toEqual(["duration"]);
    expect(of({ output: "mp4", fps: 60 })).toEqual([]);
    expect(of({ output: "gif", fps: 60 })).toEqual(["fps"]);
    expect(of({ width: 6000, height: 6000 })).toEqual([]);
    expect(of({ width: 6000, height: 6000, scale: 2 })).toEqual(["width"]);
    expect(of({ width: 10.5 })).toEqual(["width"]);
  });

  it("is transparent only where the output can be", () => {
    expect(toJob({ ...freshDraft(), transparent: true, output: "mp4" })).not.toHaveProperty("transparent");
    expect(toJob({ ...freshDraft(), transparent: true, output: "webm" })).toHaveProperty("transparent", true);
  });
});
