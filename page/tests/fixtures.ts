/** A page with the bundle inside and typed access to it. */
import { readFileSync } from "node:fs";
import { test as base, type Page } from "@playwright/test";

const bundle = readFileSync(new URL("../../crates/browser/src/page_bundle.js", import.meta.url), "utf8");

// biome-ignore lint/suspicious/noExplicitAny: the bundle's answers are compared as JSON.
export type Json = any;

export interface Inside {
  page: Page;
  /** Shows the markup at http://site.test/ with the bundle loaded. */
  show(body: string, options?: { head?: string; url?: string }): Promise<void>;
  /** Calls a function of the bundle: `call("record.start", …)` reaches into objects. */
  call(name: string, ...args: unknown[]): Promise<Json>;
  /** Runs a script and calls the function in the same task, so that timers and animations start with the call. */
  after(script: string, name: string, ...args: unknown[]): Promise<Json>;
  /** What was emitted so far. */
  emitted(): Promise<Json[]>;
}

const routes = new WeakMap<Page, { document: string }>();

/** One page for all tests of a worker: a new document is enough, and much faster than a new context. */
export const test = base.extend<{ inside: Inside }, { shared: Page }>({
  shared: [
    async ({ browser }, use) => {
      const page = await browser.newPage({ viewport: { width: 1000, height: 700 } });
      const state = { document: "" };
      routes.set(page, state);
      await page.route("**/*", (route) =>
        route.request().resourceType() === "document" && new URL(route.request().url()).hostname === "site.test"
          ? route.fulfill({ contentType: "text/html; charset=utf-8", body: state.document })
          : route.fulfill({ status: 404, body: "" }),
      );
      await page.addInitScript("globalThis.__emitted = []; globalThis.__proscenium_emit = (text) => __emitted.push(JSON.parse(text));");
      await page.addInitScript(bundle);
      await use(page);
      await page.close();
    },
    { scope: "worker" },
  ],
  inside: async ({ shared: page }, use) => {
    const after = (script: string, name: string, ...args: unknown[]) =>
      page.evaluate(
        async ([text, path, list]) => {
          // biome-ignore lint/security/noGlobalEval: the test's own script.
          if (text) globalThis.eval(text);
          // biome-ignore lint/suspicious/noExplicitAny: the path is only known at run time.
          let owner: any = globalThis.__proscenium;
          const parts = path.split(".");
          const last = parts.pop() ?? "";
          for (const part of parts) owner = owner[part];
          return await owner[last](...list);
        },
        [script, name, args] as const,
      );
    await page.mouse.move(990, 690);
    await use({
      page,
      async show(body, options = {}) {
        const state = routes.get(page);
        if (state) {
          state.document = `<!doctype html><html lang="en"><head><title>Fixture</title>${options.head ?? ""}</head><body>${body}</body></html>`;
        }
        const open = () => page.goto(options.url ?? "http://site.test/");
        // The page is that of the test before, and a link that it clicked last may only now lead away.
        await open().catch((error: Error) =>
          error.message.includes("interrupted by another navigation") ? open() : Promise.reject(error),
        );
      },
      call: (name, ...args) => after("", name, ...args),
      after,
      emitted: () => page.evaluate(() => (globalThis as Json).__emitted),
    });
  },
});

export { expect } from "@playwright/test";
