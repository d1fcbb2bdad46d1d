// The 50-action flow through Puppeteer's locators, which wait as Playwright's do.
import { readFileSync } from "node:fs";
import puppeteer from "puppeteer-core";
import { distribution, residentMib } from "./lib/measure.mjs";
import { options, quietFlags } from "./lib/options.mjs";
import { serveSite } from "./lib/site.mjs";

const { browser: executablePath, repeat } = options();
const flow = JSON.parse(readFileSync(new URL("./flow.json", import.meta.url)));
const site = await serveSite();
const isFirefox = executablePath.includes("firefox");
const browser = await puppeteer.launch(
  isFirefox
    ? { browser: "firefox", executablePath, headless: true }
    : { executablePath, headless: executablePath.endsWith("shell") ? "shell" : true, args: quietFlags, pipe: true },
);

async function scopeOf(page, step) {
  if (!step.frame) return page;
  const owner = await page.waitForSelector(step.frame);
  return owner.contentFrame();
}

const perform = {
  goto: (page, step) => page.goto(site.url + step.path),
  fill: (_, step, scope, css) => scope.locator(css).fill(step.value),
  check: (_, __, scope, css) => scope.locator(css).click(),
  click: (_, __, scope, css) => scope.locator(css).click(),
  follow: (page, _, scope, css) => Promise.all([page.waitForNavigation(), scope.locator(css).click()]),
  select: (_, step, scope, css) => scope.locator(css).fill(step.value),
  type: async (_, step, scope, css) => (await scope.waitForSelector(css)).type(step.value),
  press: async (_, step, scope, css) => (await scope.waitForSelector(css)).press(step.value),
  expect: async (_, step, scope, css) => {
    const handle = await scope.waitForSelector(css);
    const text = (await handle.evaluate((element) => element.textContent)).trim();
    if (text !== step.value) throw new Error(`expected ${step.value}, found ${text}`);
  },
};

const times = [];
const cpu = [];
for (let round = 0; round <= repeat; round += 1) {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  await page.setViewport({ width: 1280, height: 720 });
  const before = process.cpuUsage();
  const start = performance.now();
  for (const step of flow) {
    const scope = await scopeOf(page, step);
    await perform[step.op](page, step, scope, step.css?.join(" >>> "));
  }
  const took = performance.now() - start;
  const used = process.cpuUsage(before);
  if (round > 0) {
    times.push(took);
    cpu.push((used.user + used.system) / 1e6);
  }
  await context.close();
}
console.log(
  JSON.stringify({
    runner: "puppeteer",
    browser: executablePath,
    flowMs: distribution(times),
    clientCpuS: distribution(cpu),
    clientRssMib: residentMib(process.pid),
  }),
);
await browser.close();
site.close();
