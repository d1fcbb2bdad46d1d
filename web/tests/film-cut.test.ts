import { describe, expect, it } from "vitest";
import { type Cut, cutOf, lengthOf, placeInCut, sizeOf, toOrder } from "@/features/films/cut.ts";
import { freshClip, type Known, problemOf } from "@/features/films/cut-clips.ts";
import { keptOfClip, keptOfCut, keptOfOverlay } from "@/features/films/cut-kept.ts";
import { freshPicture, problemOfPicture, shareOf } from "@/features/films/cut-pictures.ts";
import { freshText, problemOfText } from "@/features/films/cut-texts.ts";
import { readMs } from "@/features/films/overlaid.ts";
import { silence } from "@/features/films/sound.ts";

const film = { id: "a", name: "Harbour", order: {}, setup: { format: "webm" } } as Parameters<typeof cutOf>[0];
const chapters = [
  { title: "Rooms", startMs: 0 },
  { title: "Prices", startMs: 4000 },
  { title: "End", startMs: 7000 },
];
const known = new Map([["a", { name: "Harbour", result: { durationMs: 10_000, width: 1280, height: 720, chapters } }]]) as unknown as Known;
const plain: Cut = { name: "x", format: "mp4", sound: silence, overlays: [], rest: {}, clips: [] };

/** The edit that comes out of the form when it is opened with this one and nothing is changed. */
const through = (edit: Record<string, unknown>) => toOrder(cutOf({ ...film, order: { edit } })).edit;

describe("a cut", () => {
  it("begins with the whole film and says only what is otherwise", () => {
    const cut = cutOf(film);
    expect(cut.format).toBe("webm");
    expect(toOrder(cut)).toEqual({ name: "Harbour, cut", format: "webm", edit: { clips: [{ film: "a" }] } });
    expect(lengthOf(cut, known)).toBe(10_000);
  });

  it("of a cut is that cut again", () => {
    const cut: Cut = {
      ...plain,
      name: "Short",
      sound: { voice: "", music: "m", musicVolume: 40, page: false },
      clips: [freshClip("a", { from: 1500, dull: "4" }), freshClip("a", { to: 3000, speed: "2", transition: "wipe" })],
    };
    const order = toOrder(cut);
    expect(order.edit).toMatchObject({ sound: { music: "m", musicVolume: 0.4 } });
    const again = cutOf({ ...film, name: "Short", setup: { format: "mp4" } as never, order });
    expect(toOrder(again)).toEqual(order);
    expect(lengthOf(again, known)).toBe(8500 + 1500 - 500);
  });

  it("says which time makes no sense", () => {
    expect(problemOf(freshClip("a", { from: 10_000 }), known)).toEqual({ from: "After its end" });
    expect(problemOf(freshClip("a", { from: 4000, to: 4000 }), known)).toEqual({ to: "After its beginning" });
    expect(problemOf(freshClip("a", { from: 4000, to: 99_000 }), known)).toEqual({});
    expect(problemOf(freshClip("gone", { from: 4000 }), known)).toEqual({});
    expect(problemOf(freshClip("a", { chapter: "Prices" }), known)).toEqual({});
    expect(problemOf(freshClip("a", { chapter: "Sights" }), known)).toEqual({ chapter: "Its film has no such chapter" });
    expect(problemOf(freshClip("gone", { chapter: "Sights" }), known)).toEqual({});
  });

  it("has its first clip come in by nothing", () => {
    const cut: Cut = { ...plain, clips: [freshClip("a", { transition: "fade" })] };
    expect(toOrder(cut).edit).toEqual({ clips: [{ film: "a" }] });
    expect(lengthOf(cut, known)).toBe(10_000);
  });

  it("keeps its texts, also what the form does not show of them", () => {
    const edit = {
      clips: [{ film: "a" }],
      overlays: [{ text: "New\nin <2.4>", from: "2s", to: 4000, place: "top-left", size: 40 }, { text: "x" }],
    };
    const cut = cutOf({ ...film, order: { edit } });
    expect(cut.overlays.map(({ from, to, place }) => [from, to, place])).toEqual([
      [2000, 4000, "top-left"],
      [0, null, "bottom"],
    ]);
    expect(toOrder(cut).edit).toEqual({
      clips: [{ film: "a" }],
      overlays: [{ text: "New\nin <2.4>", from: 2000, to: 4000, place: "top-left", size: 40 }, { text: "x" }],
    });
  });

  it("says which text or picture cannot be seen", () => {
    const text = { ...freshText(1500), text: "New" };
    expect([text.from, text.to]).toEqual([1500, 4500]);
    expect(problemOfText(text, 10_000)).toEqual({});
    expect(problemOfText({ ...text, text: " " }, 10_000)).toEqual({ text: "What does it say?" });
    expect(problemOfText(text, 1500)).toEqual({ from: "After the end" });
    expect(problemOfText(text, undefined)).toEqual({});
    expect(problemOfText({ ...text, to: 1500 }, 10_000)).toEqual({ to: "Before it comes" });
    const picture = { ...freshPicture(undefined), picture: "p" };
    expect(problemOfPicture(picture, 10_000)).toEqual({});
    expect(problemOfPicture(freshPicture(undefined), 10_000)).toEqual({ picture: "Which picture?" });
    expect(problemOfPicture({ ...picture, width: 7, opacity: 101 }, 10_000)).toEqual({ width: "8 to 4096", opacity: "0 to 100" });
    expect(problemOfPicture({ ...picture, from: 2000 }, 2000)).toEqual({ from: "After the end" });
    expect(["1.5s", "200 ms", "1m", 70, "soon", undefined].map(readMs)).toEqual([1500, 200, 60_000, 70, null, null]);
  });

  it("knows where a moment of its film is in the new one", () => {
    const clips = [freshClip("a", { to: 2000 }), freshClip("a", { from: 4000, to: 8000, speed: "2", transition: "dissolve" })];
    const cut: Cut = { ...plain, clips };
    const at = (ms: number) => placeInCut(cut, known, film, ms);
    expect([at(500), at(3000), at(6000)]).toEqual([500, undefined, 2000 - 500 + 1000]);
    const dull = { ...cut, clips: [freshClip("a", { dull: "4" })] };
    expect(placeInCut(dull, known, film, 500)).toBeUndefined();
    // The film that was made of it says itself.
    const made = { ...film, id: "b", order: toOrder(dull) };
    expect(placeInCut(dull, known, made, 1200)).toBe(1200);
    expect(placeInCut(cut, known, made, 1200)).toBeUndefined();
  });
});

describe("what the form has no field for", () => {
  const edit = {
    title: "The best of it",
    width: 640,
    height: 360,
    fps: 24,
    bitrate: 900,
    author: "somebody",
    clips: [
      { film: "a", chapter: "Prices", crop: { x: 0, y: 60, width: 640, height: 360 }, speed: 3, note: "ours" },
      { film: "a", from: 31, to: 4400.5, dull: 5.5, transition: { kind: "wipe", duration: 800 } },
      { film: "gone", speed: 0.25, transition: { kind: "fade", duration: 500 } },
    ],
    overlays: [
      { picture: "p", place: "bottom-left", from: 100, to: 900, width: 160, opacity: 0.333, note: "ours" },
      { text: "over it", size: 40, opacity: 0.8 },
      { picture: "q", place: "bottom" },
    ],
    sound: { voice: "v", music: "m", musicVolume: 0.125 },
  };

  it("stays as it was written", () => {
    expect(through(edit)).toEqual(edit);
    // Clips without the words that are otherwise so, and transitions as they are written short.
    const short = { clips: [{ film: "a" }, { film: "a", transition: "dissolve" }], overlays: [{ text: "x", place: null }] };
    expect(through(short)).toEqual({
      clips: [{ film: "a" }, { film: "a", transition: { kind: "dissolve", duration: 500 } }],
      overlays: [{ text: "x" }],
    });
  });

  it.each(
    // Each field alone, and each pair of them.
    Object.entries({
      crop: { x: 2, y: 4, width: 20, height: 30 },
      chapter: "Prices",
      speed: 7,
      dull: 3,
      transition: { kind: "wipe", duration: 1234 },
      extra: { of: ["anything"] },
    }).flatMap(([key, value], index, all) =>
      all.slice(index).map(([other, also]) => [key, other, { [key]: value, [other]: also }] as const),
    ),
  )("stays in a clip: %s, %s", (_, __, fields) => {
    const wanted = { clips: [{ film: "a" }, { film: "a", ...fields }] };
    expect(through(wanted)).toEqual(wanted);
  });

  it("is told in words, and taken away where somebody wants that", () => {
    const cut = cutOf({ ...film, order: { edit } });
    const words = (kept: { words: string }[]) => kept.map((each) => each.words);
    expect(words(keptOfCut(cut))).toEqual(["Title “The best of it”", "640 × 360", "24 frames a second", "900 kbit/s", "Also: author"]);
    expect(cut.clips.map((clip, index) => words(keptOfClip(clip, index + 1)))).toEqual([
      ["Cropped to 640 × 360", "Also: note"],
      ["Transition 0.8 s"],
      [],
    ]);
    expect(cut.overlays.map((overlay) => words(keptOfOverlay(overlay)))).toEqual([
      ["Also: note"],
      ["Letters 40 px high", "Opacity 80 %"],
      [],
    ]);
    const bare = { ...cut, ...keptOfCut(cut)[1]?.without };
    expect(toOrder(bare).edit).toEqual({ ...edit, width: undefined, height: undefined });
    const [first] = cut.clips;
    const uncropped = first && { ...first, ...keptOfClip(first, 1)[0]?.without };
    expect(toOrder({ ...plain, clips: uncropped ? [uncropped] : [] }).edit).toEqual({
      clips: [{ film: "a", chapter: "Prices", speed: 3, note: "ours" }],
    });
  });

  it("counts in the length and the places of the new film", () => {
    const [first, second] = cutOf({ ...film, order: { edit } }).clips;
    if (!first || !second) throw new Error("two clips");
    const cut: Cut = { ...plain, clips: [first, { ...second, dull: "1" }] };
    expect(lengthOf(cut, known)).toBeCloseTo(1000 + 4369.5 - 800);
    expect(placeInCut(cut, known, film, 5500)).toBeCloseTo(500);
    expect(placeInCut(cut, known, film, 1031)).toBeCloseTo(1000 - 800 + 1000);
    const unknown = { ...cut, clips: [{ ...first, film: "gone" }, second] };
    expect([lengthOf(unknown, known), placeInCut(unknown, known, film, 1031)]).toEqual([undefined, undefined]);
    expect(lengthOf({ ...cut, clips: [freshClip("gone", { from: 500, to: 2000 })] }, known)).toBe(1500);
  });

  it("says how large the new film is, and a picture in it", () => {
    const own = { width: 320, height: 200 };
    expect(sizeOf({ ...plain, clips: [freshClip("a")] }, known, own)).toEqual({ width: 1280, height: 720 });
    expect(sizeOf({ ...plain, clips: [freshClip("gone")] }, known, own)).toEqual(own);
    expect(sizeOf(cutOf({ ...film, order: { edit } }), known, own)).toEqual({ width: 640, height: 360 });
    const share = (width: number | null, picture: [number, number]) =>
      shareOf({ width }, { width: picture[0], height: picture[1] }, { width: 1280, height: 720 });
    expect([share(null, [40, 20]), share(null, [1000, 100]), share(null, [100, 1000]), share(640, [1, 1])]).toEqual([
      40 / 1280,
      1 / 4,
      18 / 1280,
      1 / 2,
    ]);
  });
});
