import { describe, expect, it } from "vitest";
import { figuresOf } from "@/features/renders/pool-figures.ts";

describe("how the renderers stand", () => {
  const pool = { size: 4, busy: 1, started: 9, replaced: { jobs: 5 }, drawnBy: { software: 9 } };

  it("is told with how many there are, how many draw and how many jobs wait", () => {
    expect(figuresOf(pool, 1200)).toEqual([
      ["Renderers", "4"],
      ["Busy", "1 of 4"],
      ["Jobs waiting", "1,200"],
    ]);
  });

  it("does not take what is not known yet for nothing", () => {
    expect(figuresOf(pool, undefined).at(-1)).toEqual(["Jobs waiting", "–"]);
    expect(figuresOf(pool, 0).at(-1)).toEqual(["Jobs waiting", "0"]);
  });

  it("says when this server has none of its own", () => {
    expect(figuresOf(undefined, 2)).toEqual([
      ["Renderers", "only on workers"],
      ["Jobs waiting", "2"],
    ]);
  });
});
