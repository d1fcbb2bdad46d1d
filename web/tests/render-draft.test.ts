import { describe, expect, it } from "vitest";
import { freshDraft, fromJob, type Output, outputs, problemsOf, toJob } from "@/features/renders/draft.ts";

describe("a draft of a render", () => {
  it.each([...outputs])("as %s becomes a job and comes back the same", (output: Output) => {
    const draft = { ...freshDraft(), output, name: "rings", code: "draw()", width: 640, fps: 60, duration: 1.5, frame: 7, seed: "x" };
    const back = fromJob(toJob(draft), freshDraft());
    const isFilm = ["mp4", "webm", "gif"].includes(output);
    // What the job has no use for is not in it.
    expect(back).toEqual(isFilm ? { ...draft, frame: 1 } : { ...draft, fps: 30, duration: 2 });
  });

  it("says what no job can have, and takes a job of another tool for what can be read of it", () => {
    const wrong = { ...freshDraft(), code: " ", width: 0, frame: Number.NaN, name: "../x" };
    expect(Object.keys(problemsOf(wrong)).sort()).toEqual(["code", "frame", "name", "width"]);
    const read = fromJob({ outputType: "webm", html: "<p>", duration: 2500, width: "wide", seed: 5 }, freshDraft());
    expect(read).toMatchObject({ output: "webm", code: "<p>", duration: 2.5, width: 800, seed: "5" });
  });

  it("is transparent only where the output can be", () => {
    expect(toJob({ ...freshDraft(), transparent: true, output: "mp4" })).not.toHaveProperty("transparent");
    expect(toJob({ ...freshDraft(), transparent: true, output: "webm" })).toHaveProperty("transparent", true);
  });
});
