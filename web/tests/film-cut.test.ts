import { describe, expect, it } from "vitest";
import { type Cut, cutOf, freshClip, type Known, lengthOf, placeInCut, problemOf, toOrder } from "@/features/films/cut.ts";
import { freshText, problemOfText, readMs } from "@/features/films/cut-texts.ts";
import { silence } from "@/features/films/sound.ts";

const film = { id: "a", name: "Harbour", order: {}, setup: { format: "webm" } } as Parameters<typeof cutOf>[0];
const known = new Map([["a", { name: "Harbour", result: { durationMs: 10_000 } }]]) as unknown as Known;

describe("a cut", () => {
  it("begins with the whole film and says only what is otherwise", () => {
    const cut = cutOf(film);
    expect(cut.format).toBe("webm");
    expect(toOrder(cut)).toEqual({ name: "Harbour, cut", format: "webm", edit: { clips: [{ film: "a" }] } });
    expect(lengthOf(cut, known)).toBe(10_000);
  });

  it("of a cut is that cut again", () => {
    const cut: Cut = {
      name: "Short",
      format: "mp4",
      sound: { voice: "", music: "m", musicVolume: 40 },
      clips: [freshClip("a", { from: 1500, dull: "4" }), freshClip("a", { to: 3000, speed: "2", transition: "wipe" })],
      texts: [],
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
  });

  it("has its first clip come in by nothing", () => {
    const cut: Cut = { name: "x", format: "mp4", sound: silence, texts: [], clips: [freshClip("a", { transition: "fade" })] };
    expect(toOrder(cut).edit).toEqual({ clips: [{ film: "a" }] });
    expect(lengthOf(cut, known)).toBe(10_000);
  });

  it("keeps its texts, also what the form does not show of them", () => {
    const edit = {
      clips: [{ film: "a" }],
      overlays: [{ text: "New\nin <2.4>", from: "2s", to: 4000, place: "top-left", size: 40 }, { text: "x" }],
    };
    const cut = cutOf({ ...film, order: { edit } });
    expect(cut.texts.map(({ from, to, place }) => [from, to, place])).toEqual([
      [2000, 4000, "top-left"],
      [0, null, "bottom"],
    ]);
    expect(toOrder(cut).edit).toEqual({
      clips: [{ film: "a" }],
      overlays: [{ text: "New\nin <2.4>", from: 2000, to: 4000, place: "top-left", size: 40 }, { text: "x" }],
    });
  });

  it("says which text cannot be seen", () => {
    const text = { ...freshText(1500), text: "New" };
    expect([text.from, text.to]).toEqual([1500, 4500]);
    expect(problemOfText(text, 10_000)).toEqual({});
    expect(problemOfText({ ...text, text: " " }, 10_000)).toEqual({ text: "What does it say?" });
    expect(problemOfText(text, 1500)).toEqual({ from: "After the end" });
    expect(problemOfText({ ...text, to: 1500 }, 10_000)).toEqual({ to: "Before it comes" });
    expect(["1.5s", "200 ms", "1m", 70, "soon", undefined].map(readMs)).toEqual([1500, 200, 60_000, 70, null, null]);
  });

  it("knows where a moment of its film is in the new one", () => {
    const clips = [freshClip("a", { to: 2000 }), freshClip("a", { from: 4000, to: 8000, speed: "2", transition: "dissolve" })];
    const cut: Cut = { name: "x", format: "mp4", sound: silence, texts: [], clips };
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
