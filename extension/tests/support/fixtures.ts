// What a test gets: the fixture site, a browser with the extension in it, and optionally the product.
import { test as base } from "@playwright/test";
import { FixtureSite } from "../../../e2e/site/server.js";
import { Proscenium } from "../../../e2e/support/proscenium.js";
import { Recorder } from "./recorder";

interface PerWorker {
  site: FixtureSite;
  browserWithRecorder: Recorder;
  product: Proscenium;
}
interface PerTest {
  recorder: Recorder;
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
  browserWithRecorder: [
    async ({}, use) => {
      const recorder = await Recorder.launch();
      await use(recorder);
      await recorder.close();
    },
    { scope: "worker", timeout: 40_000 },
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
  recorder: async ({ browserWithRecorder, site }, use) => {
    await use(browserWithRecorder);
    site.repair();
    await browserWithRecorder.reset();
  },
});

export { expect } from "@playwright/test";
