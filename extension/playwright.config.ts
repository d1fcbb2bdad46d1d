import { defineConfig } from "@playwright/test";

export default defineConfig({
  projects: [{ name: "tests", testDir: "tests" }],
  outputDir: "test-results",
  // CI gives a second go, and names what needed it.
  retries: Number(process.env["PROSCENIUM_TEST_RETRIES"] ?? 0),
  workers: 2,
  fullyParallel: false,
  timeout: 30_000,
  expect: { timeout: 10_000 },
  forbidOnly: true,
  reporter: [["list"]],
});
