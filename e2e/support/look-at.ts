import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Locator, type Page, type TestInfo } from "@playwright/test";

/** Pictures of the page for whoever looks, and what holds in both themes and on a phone. */
const all = [
  [1440, "dark"],
  [1440, "light"],
  [390, "light"],
  [390, "dark"],
] as const;
/** CI looks at each width and at each theme, and not at both of both: that is in the time of a tour. */
const some = [all[0], all[2]];

export async function lookAt(studio: Page, info: TestInfo, name: string, at?: Locator): Promise<void> {
  for (const [width, scheme] of process.env["CI"] ? some : all) {
    await studio.setViewportSize({ width, height: 900 });
    await studio.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
    await at?.scrollIntoViewIfNeeded();
    await expect.poll(() => studio.evaluate(() => [...document.images].every((image) => image.complete))).toBe(true);
    // Colours on their way from one theme to the other are those of neither.
    await studio.evaluate(() => {
      const ending = document.getAnimations().filter((one) => one.effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY);
      return Promise.allSettled(ending.map((one) => one.finished)).then(() => undefined);
    });
    expect(await studio.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    const { violations } = await new AxeBuilder({ page: studio }).analyze();
    const bad = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
    expect(bad.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(" ")}`)).toEqual([]);
    // Nobody looks at the pictures of CI.
    if (!process.env["CI"]) await studio.screenshot({ path: info.outputPath(`${name}-${width}-${scheme}.png`), fullPage: true });
  }
  await studio.setViewportSize({ width: 1440, height: 900 });
}
