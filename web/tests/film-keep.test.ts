import { describe, expect, it } from "vitest";
import { filmsLeave, leavesIn, takenRoom } from "@/features/films/keep.ts";

const now = Date.parse("2026-11-02T09:00:00Z");
const at = (hours: number) => ({ expiresAt: new Date(now + hours * 3_600_000).toISOString() });
const storage = { films: 12, bytes: 3_400_000_000, pinnedBytes: 0, deletedBytes: 0 };

describe("how long films stay", () => {
  it.each([
    [at(0.5), "removed within the hour"],
    [at(-3), "removed within the hour"],
    [at(12), "removed in 12 hours"],
    [at(24 * 12), "removed in 12 days"],
    [{ expiresAt: undefined }, undefined],
  ])("%o is %s", (film, said) => {
    expect(leavesIn(film, now)).toBe(said);
  });

  it("is told with the room that they take", () => {
    expect(takenRoom(storage)).toBe("12 films · 3.4 GB");
    expect(takenRoom({ ...storage, films: 1, mostBytes: 50e9, keptMs: 30 * 86_400_000 })).toBe(
      "1 film · 3.4 GB of 50.0 GB · kept for 30 days",
    );
  });

  it("matters only where they go by themselves", () => {
    expect(filmsLeave(undefined)).toBe(false);
    expect(filmsLeave(storage)).toBe(false);
    expect(filmsLeave({ ...storage, mostBytes: 0 })).toBe(true);
    expect(filmsLeave({ ...storage, keptMs: 1 })).toBe(true);
  });
});
