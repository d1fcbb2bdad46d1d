import { defineConfig } from "@playwright/test";

export default defineConfig({
  fullyParallel: true,
  workers: 2,
  timeout: 15_000,
  // CI gives a second go, and names what needed it.
  retries: Number(process.env.PROSCENIUM_TEST_RETRIES ?? 0),
  reporter: [["line"]],
  projects: [
    { name: "tests", testDir: "tests" },
    // A measurement, not a test: `npm run bench -w page`.
    { name: "bench", testDir: "bench" },
  ],
  use: {
    browserName: "chromium",
    viewport: { width: 1000, height: 700 },
    launchOptions: {
      executablePath: process.env.PROSCENIUM_CHROMIUM ?? "/usr/bin/chromium",
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
});
