import { existsSync } from "node:fs";
import { defineConfig } from "@playwright/test";

/** The browser that shows the UI. The headless shell takes a third of the memory and half of the time. */
const browser =
  process.env["PROSCENIUM_E2E_CHROMIUM"] ?? ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium"].find((path) => existsSync(path));

export default defineConfig({
  testDir: "tests",
  outputDir: "test-results",
  // CI gives a second go, and names what needed it.
  retries: Number(process.env["PROSCENIUM_TEST_RETRIES"] ?? 0),
  workers: Number(process.env["PROSCENIUM_E2E_WORKERS"] ?? 4),
  fullyParallel: false,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  forbidOnly: true,
  reporter: [["list"], ["html", { open: "never" }]],
  use: {
    browserName: "chromium",
    viewport: { width: 1440, height: 900 },
    locale: "en-GB",
    colorScheme: "dark",
    actionTimeout: 15_000,
    navigationTimeout: 20_000,
    screenshot: "only-on-failure",
    trace: "on-first-retry",
    launchOptions: {
      ...(browser ? { executablePath: browser } : {}),
      args: [
        "--no-sandbox",
        "--disable-quic",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
      ],
    },
  },
  projects: [
    // Everything. CI leaves out what is tagged @tour: the same on one more page, theme or framework than fits into its time.
    { name: "tests", testDir: "tests", ...(process.env["CI"] ? { grepInvert: /@tour/ } : {}) },
    { name: "tour", testDir: "tests", grep: /@tour/ },
    // Pictures of the UI for docs/images: `npm run shots -w e2e`. Not part of the tests.
    { name: "shots", testDir: "shots", timeout: 180_000 },
  ],
});
