import { describe, expect, it } from "vitest";
import type { RenderJob } from "@/api/types.ts";
import { fromJob, hasCode, toJob } from "@/features/renders/job.ts";
import { keptOf } from "@/features/renders/kept.ts";

/** What the server takes a picture without further words for. */
const picture = { output: "png", width: 800, height: 800, scale: 1, seed: "0", frame: 0 };
const again = (job: RenderJob) => toJob(fromJob(job));

describe("a job that is opened in the playground", () => {
  const cases: [string, RenderJob, RenderJob][] = [
    ["a page with styles and a script keeps both", { type: "html", html: "<p>", css: "p{}", javascript: "go()" }, {}],
    [
      "a script keeps its markup and styles",
      { type: "js", html: "<p>", css: "p{}", javascript: "go()" },
      { type: "js", html: "<p>", css: "p{}", code: "go()", javascript: undefined },
    ],
    ["a script that is only markup is a page", { type: "js", html: "<p>" }, { type: "html", html: "<p>" }],
    [
      "a page that is only a script is one",
      { type: "html", html: "", javascript: "go()" },
      { type: "js", code: "go()", javascript: undefined, html: undefined },
    ],
    ["markup in the code of a page is markup", { type: "html", code: "<p>" }, { html: "<p>", code: undefined }],
    ["another word for p5", { type: "p5js", code: "x", p5: 2 }, { type: "p5" }],
    ["a sketch without a type", { code: "function draw() {}" }, { type: "p5" }],
    ["markup without a type", { html: "<p>", css: "p{}" }, { type: "html" }],
    ["a script without a type", { javascript: "go()", html: "<p>" }, { type: "js", code: "go()", javascript: undefined }],
    ["a sketch is as large as its canvas", { type: "p5", code: "createCanvas(400, 300)" }, { width: 400, height: 300 }],
    ["pixels by their other name", { type: "p5", code: "x", deviceScaleFactor: 2 }, { scale: 2, deviceScaleFactor: undefined }],
    ["a JPEG by its other name", { type: "p5", code: "x", outputType: "jpg", quality: 70 }, { output: "jpeg", outputType: undefined }],
    ["a page as the output", { type: "p5", code: "x", output: "html" }, {}],
    ["a picture and its page", { type: "p5", code: "x", output: "both", filename: "a.png" }, {}],
    ["a late frame of a picture keeps its rate", { type: "p5", code: "x", frame: 48, fps: 24 }, {}],
    ["nothing is left out", { type: "p5", code: "x", width: null, context: null }, { width: 800, context: undefined }],
    [
      "what has no field is sent again",
      { type: "p5", code: "x", p5: "2", bucket: "art", prefix: "u/s", parallel: 2, timeout: "9s", maxCpu: 5000, maxBytes: 9999, mine: [1] },
      {},
    ],
    ["a piece's hash is its seed", { type: "p5", code: "x", context: { hash: "0x5eed", variables: { hue: 200 } } }, { seed: "0x5eed" }],
    ["a file may be called anything", { type: "p5", code: "x", filename: "my.drawing" }, {}],
    ["a file with another ending", { type: "p5", code: "x", output: "jpeg", filename: "a.jpeg" }, {}],
  ];
  it.each(cases)("%s", (_, job, other) => {
    const sent = again(job);
    const meant = Object.entries({ ...picture, ...job, ...other }).filter(([, value]) => value !== undefined);
    expect(sent).toEqual(Object.fromEntries(meant));
    expect(again(sent), "and once more").toEqual(sent);
  });

  it.each([
    [
      { type: "video", code: "function draw() {}" },
      { type: "p5", output: "mp4", fps: 60, duration: "2000ms" },
    ],
    [
      { type: "video", code: "go()", output: "gif" },
      { type: "js", output: "gif", fps: 25, duration: "2000ms" },
    ],
    [
      { type: "video", html: "<p>", frames: 100, fps: 30 },
      { type: "html", output: "mp4", fps: 30, duration: "3333.333ms" },
    ],
    [
      { type: "js", code: "go()", output: "webm", duration: 570, fps: 50 },
      { fps: 50, duration: "570ms" },
    ],
    [{ type: "js", code: "go()", output: "webm", duration: "1.5 s" }, { duration: "1500ms" }],
    [{ type: "js", code: "go()", output: "webm", duration: "2m" }, { duration: "120000ms" }],
  ] as [RenderJob, RenderJob][])("a film keeps its kind, rate and length: %j", (job, meant) => {
    expect(again(job)).toMatchObject(meant);
    expect(again(job)).not.toHaveProperty("frames");
  });

  it("tells what is kept, until it is taken away or has a field", () => {
    const draft = fromJob({ type: "js", code: "go()", css: "p{}", html: "<p>", prefix: "u/s", context: { variables: { hue: 1 } } });
    expect(keptOf(draft).map(({ words }) => words)).toEqual([
      "Styles, 3 characters",
      "Markup, 3 characters",
      "Folder u/s",
      "Context · hue",
    ]);
    const fewer = { ...draft, ...keptOf(draft)[0]?.without };
    expect(toJob(fewer)).not.toHaveProperty("css");
    expect(toJob(fewer)).toHaveProperty("prefix", "u/s");
    expect(keptOf({ ...draft, kind: "html" }).map(({ key }) => key)).not.toContain("html");
    expect(keptOf(fromJob({ type: "p5", code: "x" }))).toEqual([]);
  });

  it("is called otherwise when somebody names it otherwise", () => {
    const draft = fromJob({ type: "p5", code: "x", filename: "my.drawing" });
    expect(toJob({ ...draft, name: "rings" }).filename).toBe("rings.png");
    expect(toJob({ ...draft, name: "" })).not.toHaveProperty("filename");
  });

  it("has code, unless it is a page by its address", () => {
    expect(hasCode({ type: "url", url: "https://example.com" })).toBe(false);
    expect(hasCode({ code: "x" })).toBe(true);
  });
});
