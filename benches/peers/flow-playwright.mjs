// The 50-action flow through Playwright: the first repetition warms up and is left out.
import { readFileSync } from "node:fs";
import { chromium } from "playwright-core";
import { cpuSeconds, distribution, residentMib, tree } from "./lib/measure.mjs";
import { options, quietFlags } from "./lib/options.mjs";
import { serveSite } from "./lib/site.mjs";

const { browser: executablePath, repeat } = options();
const flow = JSON.parse(readFileSync(new URL("./flow.json", import.meta.url)));
const site = await serveSite();
const browser = await chromium.launch({ executablePath, args: quietFlags });

const perform = {
  goto: (page, step) => page.goto(site.url + step.path),
  fill: (_, step, target) => target.fill(step.value),
  check: (_, __, target) => target.check(),
  click: (_, __, target) => target.click(),
  follow: async (page, step, target) => {
    await target.click();
    await page.waitForURL((url) => url.pathname === step.path);
  },
  select: (_, step, target) => target.selectOption(step.value),
  type: (_, step, target) => target.pressSequentially(step.value),
  press: (_, step, target) => target.press(step.value),
  expect: async (_, step, target) => {
    const text = (await target.textContent()).trim();
    if (text !== step.value) throw new Error(`expected ${step.value}, found ${text}`);
  },
};

const times = [];
const cpu = [];
for (let round = 0; round <= repeat; round += 1) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 720 } });
  const page = await context.newPage();
  const before = process.cpuUsage();
  const start = performance.now();
  for (const step of flow) {
    const scope = step.frame ? page.frameLocator(step.frame) : page;
    await perform[step.op](page, step, step.css && scope.locator(step.css.join(" ")));
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
    runner: "playwright",
    browser: executablePath,
    flowMs: distribution(times),
    clientCpuS: distribution(cpu),
    clientRssMib: residentMib(process.pid),
    browserCpuS: cpuSeconds(tree(process.pid).filter((pid) => pid !== process.pid)),
  }),
);
await browser.close();
site.close();
