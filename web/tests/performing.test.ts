import { describe, expect, it } from "vitest";
import { asUsual, requested } from "@/features/runs/performing.ts";

describe("the limits of a run", () => {
  it("are seconds in the fields and milliseconds in the request", () => {
    const asked = requested({ ...asUsual, stepTimeout: "1.5", runTimeout: " 90 " });
    expect(asked).toMatchObject({ timeout: 1_500, runTimeout: 90_000, heal: true });
    expect(asked).not.toHaveProperty("stepTimeout");
  });

  it.each(["", "  ", "soon", "Infinity"])("are left to the server for %j", (text) => {
    expect(requested({ ...asUsual, stepTimeout: text }).timeout).toBeUndefined();
  });

  it.each(["0", "-5", "0.0001"])("are a millisecond at least for %j", (text) => {
    expect(requested({ ...asUsual, stepTimeout: text }).timeout).toBe(1);
  });
});
