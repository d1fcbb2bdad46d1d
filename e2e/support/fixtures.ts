// What a test gets: the fixture site and the product (one of each per worker), and a signed-in page.
import { test as base, type Page } from "@playwright/test";
import { FixtureSite } from "../site/server.js";
import { Proscenium } from "./proscenium.js";

interface PerWorker {
  site: FixtureSite;
  /** A server whose pages may reach loopback, so that they can reach the site. Signed in through its link. */
  product: Proscenium;
}
interface PerTest {
  /** A page of the UI, signed in. */
  studio: Page;
  /** Whatever a test leaves spoiled or running is put right after it. */
  tidy: undefined;
}

export const test = base.extend<PerTest, PerWorker>({
  site: [
    async ({}, use) => {
      const site = await FixtureSite.start();
      await use(site);
      await site.stop();
    },
    { scope: "worker" },
  ],
  product: [
    async ({}, use) => {
      const product = await Proscenium.serve({ allowHosts: ["127.0.0.1", "localhost"] });
      await product.api.claim(product.link);
      await use(product);
      await product.stop();
    },
    { scope: "worker", timeout: 40_000 },
  ],
  tidy: [
    async ({ site, product }, use) => {
      await use(undefined);
      site.repair();
      const live = await product.api.get<{ id: string }[]>("/sessions?status=live");
      await Promise.all(live.map(({ id }) => product.api.ask("POST", `/sessions/${id}/stop`)));
    },
    { auto: true },
  ],
  studio: async ({ page, context, product }, use) => {
    await context.addCookies([product.api.browserCookie()]);
    const complaints: string[] = [];
    page.on("pageerror", (error) => complaints.push(`${error.name}: ${error.message}`));
    page.on("console", (message) => {
      if (message.type() === "error" && /Content Security Policy|Uncaught|React/.test(message.text())) complaints.push(message.text());
    });
    await page.goto(product.url);
    await use(page);
    base.expect(complaints, "the UI itself must not throw").toEqual([]);
  },
});

export { expect } from "@playwright/test";
