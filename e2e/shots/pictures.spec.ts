// Takes the pictures of the UI for docs/images: each page, light and dark, 1440 and 390 px wide.
import { mkdir } from "node:fs/promises";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { Page } from "@playwright/test";
import { checkText, click, input, recording } from "../support/documents.js";
import { expect, test } from "../support/fixtures.js";
import { LiveSession } from "../support/live-session.js";
import { perform } from "../support/run-view.js";

const IMAGES = resolve(fileURLToPath(import.meta.url), "../../../docs/images");

async function settle(page: Page): Promise<void> {
  await expect(page.getByRole("main")).toBeVisible();
  await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
  await page.evaluate(async () => {
    await document.fonts.ready;
    await Promise.all([...document.images].map((image) => image.decode().catch(() => undefined)));
  });
}

test("pictures of every page", async ({ studio, product, site }) => {
  const { api } = product;
  await mkdir(IMAGES, { recursive: true });
  const order = recording(
    `${site.origin}/form`,
    [
      input("#full-name", "Ada Lovelace", { text: "Full name" }),
      input("#email", "ada@example.test"),
      input("#notes", "Ring twice"),
      click("#news", { tagName: "input" }),
      click("#next", { text: "Continue to address" }),
      checkText("#who", "Ada Lovelace"),
    ],
    { testName: "Order a lamp" },
  );
  const green = await perform(api, order);
  site.break("/form", "cover:#next");
  const red = await perform(api, { ...order, testName: "Order a lamp, express" }, { timeout: 700 });
  site.repair();
  await perform(
    api,
    recording(`${site.origin}/errors`, [click("#console"), click("#throw"), click("#missing")], { testName: "Error page" }),
  );
  const errors = await api.get<{ id: string }[]>(`/errors?run=${red.id}`);

  await studio.setViewportSize({ width: 1440, height: 900 });
  const live = await LiveSession.open(studio, api, `${site.origin}/form`, { record: true });
  await live.fill("#full-name", "Ada Lovelace");
  await live.fill("#email", "ada@example.test");
  await live.fill("#password", "s3cret");
  await live.click("#news");
  await live.expectRemote("document.querySelector('#news').checked", true);

  const pages: Record<string, string> = {
    session: `/sessions/${live.id}`,
    home: "/",
    sessions: "/sessions",
    recordings: "/recordings",
    editor: `/recordings/${green.recordingId}`,
    runs: "/runs",
    "run-passed": `/runs/${green.id}`,
    "run-failed": `/runs/${red.id}`,
    errors: "/errors",
    error: `/errors/${errors[0]?.id}`,
    settings: "/settings",
  };
  for (const theme of ["light", "dark"] as const) {
    await studio.emulateMedia({ colorScheme: theme });
    for (const width of [1440, 390]) {
      await studio.setViewportSize({ width, height: width === 390 ? 844 : 900 });
      for (const [name, path] of Object.entries(pages)) {
        await studio.goto(product.url + path);
        await settle(studio);
        if (name === "session") await expect(live.status).toContainText("fps");
        await studio.screenshot({ path: `${IMAGES}/${name}-${theme}-${width}.png`, animations: "disabled" });
      }
    }
  }
});
