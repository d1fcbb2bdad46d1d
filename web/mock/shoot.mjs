import { mkdirSync } from "node:fs";
import { chromium } from "@playwright/test";

const id = (kind, n) => `0199c8f2-4a1${kind}-7b3e-9d10-${String(n).padStart(12, "0")}`;

/** Photographs screens of the mock: `node mock/shoot.mjs OUT [name…]`, each light and dark, wide and narrow. */
const screens = {
  home: "/",
  sessions: "/sessions",
  live: `/sessions/${id(1, 1)}`,
  recordings: "/recordings",
  editor: `/recordings/${id(2, 1)}?step=2`,
  code: `/recordings/${id(2, 1)}?step=2&code=json`,
  runs: "/runs",
  run: `/runs/${id(3, 1)}`,
  healed: `/runs/${id(3, 2)}?step=2`,
  running: `/runs/${id(3, 5)}`,
  errors: "/errors",
  error: `/errors/${id(5, 1)}`,
  settings: "/settings",
  "sign-in": "/sign-in",
  welcome: "/welcome?token=bad",
  missing: "/nowhere/at/all",
  empty: "/runs?mock=empty",
  broken: "/runs?mock=broken",
  slow: "/runs?mock=slow",
};

const [out = "/tmp/shots", ...wanted] = process.argv.slice(2);
const origin = process.env.ORIGIN ?? "http://127.0.0.1:5199";
mkdirSync(out, { recursive: true });
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
for (const theme of (process.env.THEMES ?? "light,dark").split(",")) {
  for (const width of (process.env.WIDTHS ?? "1440,390").split(",").map(Number)) {
    const phone = width < 768;
    const context = await browser.newContext({
      viewport: { width, height: phone ? 844 : 900 },
      colorScheme: theme,
      hasTouch: phone,
      isMobile: phone,
      deviceScaleFactor: 1,
    });
    for (const name of wanted.length > 0 ? wanted : Object.keys(screens)) {
      const page = await context.newPage();
      page.on("console", (line) => line.type() === "error" && console.log(`${name}: ${line.text()}`));
      page.on("pageerror", (error) => console.log(`${name}: ${error.message}`));
      await page.goto(origin + screens[name]);
      await page.waitForTimeout(name === "live" ? 2200 : name === "slow" ? 500 : 1100);
      await page.screenshot({ path: `${out}/${name}-${width}-${theme}.png` });
      await page.close();
    }
    await context.close();
  }
}
await browser.close();
