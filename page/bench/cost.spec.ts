import { readFileSync } from "node:fs";
import { type Json, test } from "../tests/fixtures";

/** What the bundle costs a page: its evaluation, one location by each strategy, one description. Prints milliseconds. */
const bundle = readFileSync(new URL("../../crates/browser/src/page_bundle.js", import.meta.url), "utf8");

test("the cost of the bundle on a page of 400 rows", async ({ inside }) => {
  const rows = Array.from(
    { length: 400 },
    (_, i) => `<tr><td>Row ${i}</td><td><a href="/r/${i}">Open</a></td><td><button data-testid="b${i}">Delete</button></td></tr>`,
  );
  await inside.show(`<table>${rows.join("")}</table>`);
  const times: Json = await inside.page.evaluate(async (source) => {
    const page = globalThis.__proscenium;
    if (!page) throw new Error("no bundle");
    const median = (list: number[]) => list.sort((a, b) => a - b)[list.length >> 1] ?? 0;
    const evaluations: number[] = [];
    for (let i = 0; i < 15; i++) {
      // A new text each time, so that nothing is taken from the code cache.
      const text = `${source}\n//${i}`;
      const started = performance.now();
      // biome-ignore lint/security/noGlobalEval: this is what is measured.
      globalThis.eval(text);
      evaluations.push(performance.now() - started);
    }
    const measure = async (selector: { strategy: string; value: string }) => {
      const list: number[] = [];
      for (let i = 0; i < 25; i++) {
        const started = performance.now();
        const answer = await page.actionable([selector], { action: "click", timeoutMs: 0 });
        list.push(performance.now() - started);
        if (!answer.ok) throw new Error(answer.detail);
      }
      return median(list);
    };
    await page.actionable([{ strategy: "data-testid", value: "b3" }], { action: "click", timeoutMs: 1000 });
    const describing: number[] = [];
    for (let i = 0; i < 15; i++) {
      const started = performance.now();
      page.describe({ x: 20, y: 20 + i });
      describing.push(performance.now() - started);
    }
    return {
      evaluate: median(evaluations),
      testId: await measure({ strategy: "data-testid", value: "b3" }),
      css: await measure({ strategy: "css", value: "tr:nth-child(4) button" }),
      role: await measure({ strategy: "role", value: 'row[name="Row 3 Open Delete"] >> button[name="Delete"]' }),
      text: await measure({ strategy: "text", value: "Row 3" }),
      describe: median(describing),
    };
  }, bundle);
  console.log(JSON.stringify({ bytes: bundle.length, medianMs: times }, undefined, 2));
});
