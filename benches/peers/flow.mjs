// `node benches/peers/flow.mjs [--repeat=8] [--only=firefox]`: the flow through every client on every browser, or on those
// that have the word in their path, in turn, as a table of ratios.
import { execFile } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { options } from "./lib/options.mjs";
import { recordingOf } from "./lib/recording.mjs";
import { serveSite } from "./lib/site.mjs";

const run = promisify(execFile);
const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const root = here("../../");
const results = here("../results/");
const { repeat, only } = options();
// Playwright drives Firefox and WebKit in builds of its own only; Puppeteer drives a stock Firefox.
const drivenBy = {
  "/usr/bin/chromium-headless-shell": ["playwright", "puppeteer", "raw protocol", "proscenium"],
  "/usr/bin/chromium": ["playwright", "puppeteer", "raw protocol", "proscenium"],
  "/usr/bin/firefox-esr": ["puppeteer", "proscenium"],
  "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser": ["raw protocol", "raw protocol, no checks", "proscenium"],
};
const browsers = Object.keys(drivenBy).filter((path) => existsSync(path) && path.includes(only));

mkdirSync(results, { recursive: true });
const site = await serveSite();
const recording = `${results}flow.recording.json`;
writeFileSync(recording, JSON.stringify(recordingOf(site.url), null, 2));

const raw = (browser, checks) => [
  `${root}target/release/bench-floor`,
  [`--browser=${browser}`, `--repeat=${repeat}`, `--site=${site.url}`, `--flow=${here("flow.json")}`, `--checks=${checks}`],
];
const clients = {
  playwright: (browser) => ["node", [here("flow-playwright.mjs"), `--browser=${browser}`, `--repeat=${repeat}`]],
  puppeteer: (browser) => ["node", [here("flow-puppeteer.mjs"), `--browser=${browser}`, `--repeat=${repeat}`]],
  "raw protocol": (browser) => raw(browser, "all"),
  "raw protocol, no checks": (browser) => raw(browser, "none"),
  proscenium: (browser) => [
    `${root}target/release/examples/flow_bench`,
    [`--browser=${browser}`, `--repeat=${repeat}`, `--recording=${recording}`],
  ],
};

const rows = [];
for (const browser of browsers) {
  for (const name of drivenBy[browser]) {
    const [program, parameters] = clients[name](browser);
    const { stdout } = await run(program, parameters, { timeout: 300_000 });
    rows.push({ ...JSON.parse(stdout.trim().split("\n").at(-1)), runner: name, browser });
    console.error(`measured ${name} on ${browser}`);
  }
}
site.close();
writeFileSync(`${results}flow.json`, JSON.stringify(rows, null, 2));

console.log(
  "\n| client | browser | flow p50 ms | p95 ms | × Playwright | × Puppeteer | × raw protocol | × no checks | client CPU s | client RSS MiB |",
);
console.log("|---|---|--:|--:|--:|--:|--:|--:|--:|--:|");
for (const row of rows) {
  const against = (name) => {
    const other = rows.find((other) => other.runner === name && other.browser === row.browser);
    return other ? (row.flowMs.p50 / other.flowMs.p50).toFixed(2) : "–";
  };
  const cells = [
    row.runner,
    row.browser.split("/").at(-1),
    Math.round(row.flowMs.p50),
    Math.round(row.flowMs.p95 ?? row.flowMs.max),
    against("playwright"),
    against("puppeteer"),
    against("raw protocol"),
    against("raw protocol, no checks"),
    row.clientCpuS?.p50 ?? "–",
    row.clientRssMib ?? "–",
  ];
  console.log(`| ${cells.join(" | ")} |`);
}
