// What was recorded once is performed on every engine, and TodoMVC's on other frameworks than its own, several times each.
// `PROSCENIUM_MATRIX_RUNS=10 npm run tour -w e2e -- matrix` repeats each ten times.
import { mkdir, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import type { TestInfo } from "@playwright/test";
import type { Api, Artifact, Document, Run } from "../support/api.js";
import { expect, test } from "../support/fixtures.js";
import { workThroughActions, workThroughCommands, workThroughPagesWithoutFields, workThroughTodos } from "../support/flows.js";
import { LiveSession } from "../support/live-session.js";
import { performStored } from "../support/run-view.js";

const engines = (process.env["PROSCENIUM_MATRIX_ENGINES"] ?? "chromium,firefox,webkit").split(",");
const runs = Number(process.env["PROSCENIUM_MATRIX_RUNS"] ?? 1);
// Those whose addresses and elements are the recorded ones: knockoutjs, ractive and canjs go to `#/all` or `#!active`, which a
// recorded address is not; jquery has other elements; flight shows nothing after the last edit.
const all = "vanillajs,react,backbone,angularjs,knockback,exoskeleton,spine,somajs";
const frameworks = (process.env["PROSCENIUM_MATRIX_FRAMEWORKS"] ?? all).split(",");

/** What a run that did not pass has left, in a folder for whoever looks into it. */
async function keep(api: Api, run: Run, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "run.json"), JSON.stringify(run, undefined, 2));
  for (const { name, url } of await api.get<Artifact[]>(`/runs/${run.id}/artifacts`)) {
    const answer = await api.fetch("GET", url.replace("/api/v1", ""));
    await writeFile(join(folder, basename(name)), new Uint8Array(await answer.arrayBuffer()));
  }
}

/** How many of the runs passed; what went wrong in the others, once each. */
async function repeat(api: Api, id: string, browser: string, info: TestInfo): Promise<{ passed: number; told: Set<string> }> {
  const told = new Set<string>();
  let passed = 0;
  for (let run = 0; run < runs; run++) {
    const done = await performStored(api, id, { browser, screenshotMode: "onFailure", timeout: 10_000 });
    if (done.status === "passed") {
      passed++;
      continue;
    }
    await keep(api, done, info.outputPath(`${browser}-${done.id}`));
    told.add(`${done.error?.step === undefined ? "" : `step ${done.error.step + 1}: `}${done.error?.message ?? done.status}`);
  }
  return { passed, told };
}

test("TodoMVC recorded on one framework passes on others, on every engine", { tag: "@tour" }, async ({ studio, product, site }, info) => {
  test.setTimeout(3_600_000);
  const { api } = product;
  const live = await LiveSession.open(studio, api, site.todomvc("vanillajs"), { record: true });
  await workThroughTodos(live);
  const recorded = await live.save("TodoMVC");
  const document = (await api.get<{ document: Document }>(`/recordings/${recorded}`)).document;
  const lines: string[] = [];
  for (const framework of frameworks) {
    const text = JSON.stringify(document).replaceAll(site.todomvc("vanillajs"), site.todomvc(framework));
    const { id } = await api.post<{ id: string }>("/recordings", JSON.parse(text));
    for (const engine of engines) {
      const { passed, told } = await repeat(api, id, engine, info);
      lines.push(`${framework.padEnd(12)} ${engine.padEnd(9)} ${passed} of ${runs} ${[...told].join(" | ")}`);
    }
  }
  console.log(lines.join("\n"));
  expect(lines.filter((line) => !line.includes(` ${runs} of ${runs} `))).toEqual([]);
});

for (const [name, page, work] of [
  ["the actions", "actions", workThroughActions],
  ["the other pages with fields", "querying", workThroughCommands],
  ["the pages without fields", "connectors", workThroughPagesWithoutFields],
] as const) {
  test(`${name} of the kitchen sink pass on every engine`, { tag: "@tour" }, async ({ studio, product, site }, info) => {
    test.setTimeout(3_600_000);
    const { api } = product;
    const live = await LiveSession.open(studio, api, `${site.kitchenSink}/commands/${page}`, { record: true });
    await work(live, site.kitchenSink, studio);
    const id = await live.save("Kitchen sink");
    const lines: string[] = [];
    for (const engine of engines) {
      const { passed, told } = await repeat(api, id, engine, info);
      lines.push(`${engine.padEnd(9)} ${passed} of ${runs} ${[...told].join(" | ")}`);
    }
    console.log(lines.join("\n"));
    expect(lines.filter((line) => !line.includes(` ${runs} of ${runs} `))).toEqual([]);
  });
}
