// axe on each page, in both themes and on a phone: nothing serious or critical, contrast included.
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { click, recording } from "../support/documents.js";
import { expect, test } from "../support/fixtures.js";
import { LiveSession } from "../support/live-session.js";
import { perform } from "../support/run-view.js";

async function violations(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id}: ${node.target.join(" ")} ${node.failureSummary?.split("\n")[1]?.trim() ?? ""}`),
    );
}

for (const [theme, width] of [
  ["dark", 1440],
  ["light", 1440],
  ["light", 390],
] as const) {
  const tag = theme === "light" && width === 1440 ? ["@tour"] : [];
  test(`every page is accessible in the ${theme} theme at ${width} px`, { tag }, async ({ studio, product, site }) => {
    test.setTimeout(240_000);
    const { api } = product;
    await studio.setViewportSize({ width, height: 900 });
    await studio.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
    const failed = await perform(
      api,
      recording(`${site.origin}/errors`, [click("#throw"), { ...click("#nowhere"), timeout: 700 }], { testName: "Fails" }),
      {},
    );
    const errors = await api.get<{ id: string }[]>(`/errors?run=${failed.id}`);
    const session = await api.post<{ id: string }>("/sessions", { url: `${site.origin}/form`, record: true });
    const found: Record<string, string[]> = {};
    for (const path of [
      "/",
      "/sessions",
      "/recordings",
      `/recordings/${failed.recordingId}`,
      "/runs",
      `/runs/${failed.id}`,
      "/schedules",
      "/films",
      "/films/new",
      "/renders",
      "/renders/new",
      "/errors",
      `/errors/${errors[0]?.id}`,
      "/settings",
      `/sessions/${session.id}`,
    ]) {
      await studio.goto(product.url + path);
      await expect(studio.getByRole("main")).toBeVisible();
      await expect(studio.locator("[aria-busy=true]")).toHaveCount(0);
      if (path.endsWith(session.id)) await LiveSession.attach(studio, api);
      expect(
        await studio.evaluate(() => document.documentElement.scrollWidth - innerWidth),
        `${path} does not scroll sideways`,
      ).toBeLessThanOrEqual(0);
      const bad = await violations(studio);
      if (bad.length > 0) found[path] = bad;
    }
    await studio.goto(`${product.url}/`);
    await expect(studio.getByRole("main")).toBeVisible();
    await studio.keyboard.press("Control+K");
    await expect(studio.getByRole("dialog", { name: "Command palette" })).toBeVisible();
    const bad = await violations(studio);
    if (bad.length > 0) found["palette"] = bad;
    await studio.context().clearCookies();
    await studio.goto(`${product.url}/sign-in`);
    await expect(studio.getByRole("button", { name: "Sign in", exact: true })).toBeVisible();
    const signIn = await violations(studio);
    if (signIn.length > 0) found["/sign-in"] = signIn;
    expect(found).toEqual({});
  });
}
