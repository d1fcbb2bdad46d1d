import { describe, expect, it } from "vitest";
import { formatMoment, fromCron, inWords, namesHour, type Repeat, toCron } from "@/features/schedules/when.ts";
import { formatUntil } from "@/lib/moment.ts";

const chosen = (repeat: Repeat) => toCron({ repeat, time: "07:05", day: "0", cron: " 1 2 * * * " });

describe("when a schedule repeats", () => {
  it.each([
    ["quarter", "*/15 * * * *", "every 15 minutes"],
    ["hourly", "0 * * * *", "every hour"],
    ["daily", "5 7 * * *", "every day at 07:05"],
    ["weekdays", "5 7 * * MON-FRI", "on weekdays at 07:05"],
    ["weekly", "5 7 * * SUN", "every Sunday at 07:05"],
    ["custom", "1 2 * * *", "every day at 02:01"],
  ] as const)("%s is %s", (repeat, cron, words) => {
    expect(chosen(repeat)).toBe(cron);
    expect(inWords(cron)).toBe(words);
  });

  it.each(["*/15 * * * *", "0 * * * *", "5 7 * * *", "5 7 * * MON-FRI", "5 7 * * SUN", "0 9-17 * * *", "@daily"])(
    "is chosen again for %s",
    (cron) => {
      expect(toCron(fromCron(cron))).toBe(cron);
      expect(fromCron(cron).repeat === "custom").toBe(/-17|@/.test(cron));
    },
  );

  it.each([
    ["@daily", "every day at 00:00"],
    ["@weekly", "every Sunday at 00:00"],
    ["@monthly", "on day 1 of each month at 00:00"],
    ["30 * * * *", "every hour, 30 min past"],
    ["* * * * *", "every minute"],
    ["0 9 * * 7", "every Sunday at 09:00"],
    ["0 9-17 * * 1-5", "0 9-17 * * 1-5"],
    ["nonsense", "nonsense"],
  ])("%s is said as %s", (cron, words) => {
    expect(inWords(cron)).toBe(words);
  });

  it("names a clock only where it matters", () => {
    expect(["*/15 * * * *", "@hourly", "5 7 * * *", "@daily"].map(namesHour)).toEqual([false, false, true, true]);
  });

  it("is told by the clock of the schedule", () => {
    expect(formatMoment("2026-11-02T06:00:00Z", "Asia/Tokyo")).toContain("15:00");
    expect(formatMoment("2026-11-02T06:00:00Z", "Mars/Olympus")).toContain("UTC");
  });

  it.each([
    [30, "in less than a minute"],
    [600, "in 10 min"],
    [7_200, "in 2 h"],
    [100_000, "in 28 h"],
    [400_000, "in 5 d"],
    [-5, "now"],
  ])("%d seconds ahead is %s", (seconds, words) => {
    expect(formatUntil(seconds * 1000, 0)).toBe(words);
  });
});
