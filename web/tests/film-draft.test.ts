import { describe, expect, it } from "vitest";
import { changesOf, settingsOf } from "@/features/films/again.ts";
import { type Draft, freshDraft, fromFilm, keptOf, problemsOf, sources, toOrder } from "@/features/films/draft.ts";
import { plainLook } from "@/features/films/look.ts";
import { ofPreset } from "@/features/films/quality.ts";
import { sample } from "@/features/films/sample.ts";

const setup = { preset: "high", width: 1920, height: 1080, scale: 1, fps: 30, kbps: 5000, format: "mp4" };
const film = (order: Record<string, unknown>, own: Partial<typeof setup> = {}) => ({ order, setup: { ...setup, ...own }, name: "A film" });

describe("a draft of a film", () => {
  it.each([...sources])("from %s becomes an order with that source alone", (source) => {
    const draft: Draft = { ...freshDraft(), source, url: "shop.example", recordingId: "0193", name: " Shop ", duration: 12, seed: 7 };
    const order = toOrder(draft);
    expect(order).toMatchObject({ name: "Shop", preset: "high", format: "mp4", look: plainLook });
    const own = { address: ["url", "template", "seed", "duration"], storyboard: ["storyboard"], recording: ["recordingId"] };
    const others = Object.values(own).flat();
    expect(others.filter((field) => field in order)).toEqual(own[source]);
    if (source === "address") expect(order).toMatchObject({ url: "https://shop.example", duration: "12s" });
  });

  it("gives a recording the values that were typed, and keeps none of them for the next visit", () => {
    const variables = { USER: "ann", PASSWORD: "hunter2", CODE: "" };
    const draft: Draft = { ...freshDraft(), source: "recording", recordingId: "0193", variables };
    expect(toOrder(draft).variables).toEqual({ USER: "ann", PASSWORD: "hunter2" });
    expect(toOrder({ ...draft, variables: { CODE: "" } })).not.toHaveProperty("variables");
    expect(toOrder({ ...draft, source: "address", url: "shop.example" })).not.toHaveProperty("variables");
    expect(JSON.stringify(keptOf(draft))).not.toContain("hunter2");
    const order = { recordingId: "0193", recording: {} };
    expect(fromFilm(film(order), undefined, keptOf(draft)).variables).toEqual({});
  });

  it("is as long as its template usually is when nobody says", () => {
    expect(toOrder({ ...freshDraft(), url: "shop.example" })).not.toHaveProperty("duration");
  });

  it("sends own numbers in the place of a word", () => {
    const order = toOrder({ ...freshDraft(), quality: { preset: "custom", width: 640, height: 360, scale: 2, fps: 25, kbps: 900 } });
    expect(order).toMatchObject({ width: 640, height: 360, scale: 2, fps: 25, kbps: 900 });
    expect(order).not.toHaveProperty("preset");
  });

  it("says whether every frame is wanted, and a film that has each is taken up so", () => {
    expect(toOrder({ ...freshDraft(), url: "shop.example" })).toMatchObject({ perfect: false });
    const order = { url: "https://shop.example/", perfect: true };
    expect(fromFilm(film(order), undefined, freshDraft()).perfect).toBe(true);
    const settings = settingsOf(film(order));
    expect(changesOf(film(order), { ...settings, perfect: false })).toEqual({ perfect: false });
  });

  it("names its sounds by their ids, and a film that has some is taken up with them", () => {
    const sound = { voice: "v", music: "m", musicVolume: 30, page: false };
    const order = toOrder({ ...freshDraft(), url: "shop.example", sound });
    expect(order.sound).toEqual({ voice: "v", music: "m", musicVolume: 0.3 });
    expect(fromFilm(film(order), undefined, freshDraft()).sound).toEqual(sound);
    expect(toOrder({ ...freshDraft(), url: "shop.example" })).not.toHaveProperty("sound");
    const heard = { ...freshDraft(), url: "shop.example", sound: { ...freshDraft().sound, page: true } };
    expect(toOrder(heard).sound).toEqual({ page: true });
    expect(fromFilm(film(toOrder(heard)), undefined, freshDraft()).sound).toEqual(heard.sound);
    expect(toOrder({ ...heard, perfect: true }), "a page whose clock waits").not.toHaveProperty("sound");
    expect(problemsOf({ ...freshDraft(), url: "x.example", sound: { ...sound, musicVolume: 130 } })).toEqual({ sound: "0 to 100" });
  });

  it("takes up a film by the script that was written, with its comments, or else by what was performed", () => {
    const look = { frame: "card", background: "navy" };
    const written = fromFilm(film({ storyboard: "# mine\nsteps: []", title: "Hello", look }), "steps: []", freshDraft());
    expect(written).toMatchObject({ source: "storyboard", storyboard: "# mine\nsteps: []", title: "Hello" });
    expect(toOrder(written).look).toEqual({ ...plainLook, ...look });
    // The title stands in what was performed already.
    const toured = fromFilm(film({ url: "https://shop.example/", title: "Hello" }), "title: Hello\nsteps: []", freshDraft());
    expect(toured).toMatchObject({ source: "storyboard", storyboard: "title: Hello\nsteps: []", title: "" });
  });

  it("takes up the address of a tour that came to nothing, and numbers that no word has", () => {
    const order = { url: "https://shop.example/", template: "page", duration: "9s", seed: 4 };
    const draft = fromFilm(film(order, { preset: "custom", width: 480, format: "webm" }), undefined, freshDraft());
    expect(draft).toMatchObject({ source: "address", url: order.url, template: "page", duration: 9, seed: 4, format: "webm" });
    expect(draft.quality).toMatchObject({ preset: "custom", width: 480 });
  });

  it("says what no film can have, of the chosen source alone", () => {
    expect(problemsOf(freshDraft())).toEqual({ url: "Which page?" });
    expect(problemsOf({ ...freshDraft(), source: "recording" })).toEqual({ recordingId: "Which recording?" });
    expect(problemsOf({ ...freshDraft(), source: "storyboard" })).toEqual({});
    const quality = { preset: "custom", width: 20, height: Number.NaN, scale: 9, fps: 500, kbps: 1 } as const;
    expect(Object.keys(problemsOf({ ...freshDraft(), url: "a.example", seed: 1.5, duration: 1, quality })).sort()).toEqual([
      "duration",
      "fps",
      "height",
      "kbps",
      "scale",
      "seed",
      "width",
    ]);
  });
});

describe("a film made again", () => {
  const other = { ...settingsOf(film({})), look: { ...plainLook, frame: "none" as const } };

  it("changes only what is otherwise", () => {
    expect(changesOf(film({}), settingsOf(film({})))).toEqual({});
    expect(changesOf(film({}), other)).toEqual({ look: other.look });
    const low = {
      ...settingsOf(film({}, { preset: "custom", fps: 12 })),
      quality: { preset: "low", width: 1280, height: 720, scale: 1, fps: 24, kbps: 1500 },
    } as const;
    // The earlier numbers would win over the word.
    expect(changesOf(film({}, { preset: "custom", fps: 12 }), low)).toEqual({
      preset: "low",
      width: null,
      height: null,
      scale: null,
      fps: null,
      kbps: null,
    });
  });

  it("changes the look where a script has its own", () => {
    const text = `${sample}look: { frame: card }\n`;
    const changes = changesOf(film({ storyboard: text }), other);
    expect(changes.storyboard).toContain("frame: none");
    expect(changes.storyboard).toContain("chapter: What it says");
    expect(changesOf(film({ storyboard: { steps: [], look: { frame: "card" } } }), other).storyboard).toMatchObject({
      look: { frame: "none" },
    });
    expect(settingsOf(film({ storyboard: { steps: [], look: { frame: "card" } } })).look.frame).toBe("card");
  });
});

describe("a film's own numbers", () => {
  it("begin with those of the word before, and sides have to fit the scale", () => {
    const ownAfter = (preset: "low" | "medium" | "ultra") => ofPreset("custom", ofPreset(preset, freshDraft().quality));
    expect(ownAfter("low")).toEqual({ preset: "custom", width: 1280, height: 720, scale: 1, fps: 24, kbps: 1500 });
    expect(ownAfter("ultra")).toEqual({ preset: "custom", width: 3840, height: 2160, scale: 2, fps: 60, kbps: 10_000 });
    // Numbers that somebody wrote stay, however large.
    const own = { preset: "custom", width: 1280, height: 720, scale: 3, fps: 30, kbps: 5000 } as const;
    expect(ofPreset("custom", own)).toEqual(own);
    const problems = (quality: Draft["quality"]) => problemsOf({ ...freshDraft(), url: "a.example", quality });
    expect(problems(own)).toEqual({ width: "A multiple of 6" });
    expect(problems({ ...own, width: 1290 })).toEqual({});
    expect(problems({ ...own, scale: Number.NaN })).toEqual({ scale: "1 to 4" });
    expect(problems({ ...own, width: 320, height: 320, scale: 4 })).toEqual({ scale: "Less, or a larger film" });
  });
});
