import { describe, expect, it } from "vitest";
import { leavesIn, takenRoom, theyLeave } from "@/lib/keep.ts";

const now = Date.parse("2026-11-02T09:00:00Z");
const at = (hours: number) => ({ expiresAt: new Date(now + hours * 3_600_000).toISOString() });
const storage = { bytes: 3_400_000_000 };

describe("how long things stay", () => {
  it.each([
    [at(0.5), "removed within the hour"],
    [at(-3), "removed within the hour"],
    [at(12), "removed in 12 hours"],
    [at(24 * 12), "removed in 12 days"],
    [{ expiresAt: undefined }, undefined],
  ])("%o is %s", (kept, said) => {
    expect(leavesIn(kept, now)).toBe(said);
  });

  it("is told with the room that they take", () => {
    expect(takenRoom(12, "film", storage)).toBe("12 films · 3.4 GB");
    expect(takenRoom(1, "render", { ...storage, mostBytes: 50e9, keptMs: 30 * 86_400_000 })).toBe(
      "1 render · 3.4 GB of 50.0 GB · kept for 30 days",
    );
  });

  it("matters only where they go by themselves", () => {
    expect(theyLeave(undefined)).toBe(false);
    expect(theyLeave(storage)).toBe(false);
    expect(theyLeave({ ...storage, mostBytes: 0 })).toBe(true);
    expect(theyLeave({ ...storage, keptMs: 1 })).toBe(true);
  });
});
