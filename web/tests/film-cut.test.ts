import { describe, expect, it } from "vitest";
import { type Cut, cutOf, freshClip, type Known, lengthOf, problemOf, toOrder } from "@/features/films/cut.ts";
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
    const cut: Cut = { name: "x", format: "mp4", sound: silence, clips: [freshClip("a", { transition: "fade" })] };
    expect(toOrder(cut).edit).toEqual({ clips: [{ film: "a" }] });
    expect(lengthOf(cut, known)).toBe(10_000);
  });
});
