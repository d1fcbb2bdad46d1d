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
  /** What was emitted so far. */
  emitted(): Promise<Json[]>;
}

export const test = base.extend<{ inside: Inside }>({
  inside: async ({ page }, use) => {
    let document = "";
    await page.route("**/*", (route) =>
      route.request().resourceType() === "document" && route.request().url().startsWith("http://site.test/")
        ? route.fulfill({ contentType: "text/html; charset=utf-8", body: document })
        : route.fulfill({ status: 404, body: "" }),
    );
    await page.addInitScript("globalThis.__emitted = []; globalThis.__proscenium_emit = (text) => __emitted.push(JSON.parse(text));");
    await page.addInitScript(bundle);
    await use({
      page,
      async show(body, options = {}) {
        document = `<!doctype html><html lang="en"><head><title>Fixture</title>${options.head ?? ""}</head><body>${body}</body></html>`;
        await page.goto(options.url ?? "http://site.test/");
      },
      call: (name, ...args) =>
        page.evaluate(
          async ([path, list]) => {
            // biome-ignore lint/suspicious/noExplicitAny: the path is only known at run time.
            let owner: any = globalThis.__proscenium;
            const parts = path.split(".");
            const last = parts.pop() ?? "";
            for (const part of parts) owner = owner[part];
            return await owner[last](...list);
          },
          [name, args] as const,
        ),
      emitted: () => page.evaluate(() => (globalThis as Json).__emitted),
    });
  },
});

export { expect } from "@playwright/test";
