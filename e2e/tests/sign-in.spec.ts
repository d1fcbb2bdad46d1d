import { expect, test } from "@playwright/test";
import { Proscenium } from "../support/proscenium.js";

test("the printed link makes the owner, works once, and a password works after it", async ({ browser }) => {
  const product = await Proscenium.serve({ allowHosts: [] });
  try {
    const stranger = await browser.newContext();
    const refused = await stranger.newPage();
    await refused.goto(`${product.url}/recordings`);
    await expect(refused).toHaveURL(/\/sign-in/);
    await expect(refused.getByRole("button", { name: "Sign in", exact: true })).toBeVisible();

    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(product.link);
    await expect(page.getByRole("heading", { level: 1, name: "Open a page" })).toBeVisible();
    const cookie = (await context.cookies()).find((one) => one.name === "proscenium_session");
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: "Strict" });

    await refused.goto(product.link);
    await expect(refused.getByRole("alert")).toBeVisible();
    await refused.getByRole("link", { name: "Sign in with a password" }).click();
    await expect(refused).toHaveURL(/\/sign-in/);

    await page.goto(`${product.url}/settings`);
    await page.getByRole("textbox", { name: "New password" }).fill("correct horse battery staple");
    await page.getByRole("button", { name: "Set password" }).click();
    await expect(page.getByRole("region", { name: "Notifications" })).toContainText(/password/i);
    await page.getByRole("button", { name: "Sign out" }).click();
    await expect(page).toHaveURL(/\/sign-in/);

    await page.getByLabel("Name").fill("owner");
    await page.getByRole("textbox", { name: "Password" }).fill("wrong horse");
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await expect(page.getByRole("alert")).toBeVisible();
    await page.getByRole("textbox", { name: "Password" }).fill("correct horse battery staple");
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Open a page" })).toBeVisible();
  } finally {
    await product.stop();
  }
});

test("nothing but health, sign-in and the UI itself answers without a cookie", async ({ request }) => {
  const product = await Proscenium.serve({ allowHosts: [] });
  try {
    for (const path of [
      "/sessions",
      "/recordings",
      "/runs",
      "/errors",
      "/system/doctor",
      "/artifacts/0190a5a0-0000-7000-8000-000000000000",
    ]) {
      const answer = await product.api.ask("GET", path);
      expect(answer.status, path).toBe(401);
      expect(answer.error?.code, path).toBe("unauthenticated");
    }
    expect((await product.api.ask("POST", "/sessions", { url: "http://127.0.0.1/" })).status).toBe(401);
    expect((await product.api.ask<{ status: string }>("GET", "/health")).data.status).toBe("ok");

    // A name that merely points at loopback (DNS rebinding) and another origin's form are refused.
    const rebound = await request.get(`${product.url}/api/v1/health`, { headers: { host: "evil.example" } });
    expect(rebound.status()).toBeGreaterThanOrEqual(400);
    await product.api.claim(product.link);
    const forged = await product.api.ask("POST", "/recordings", {}, { origin: "http://evil.example", "sec-fetch-site": "cross-site" });
    expect(forged.status).toBe(403);
  } finally {
    expect(await product.stop()).toBe(0);
  }
});

test("a second start finds what the first one kept", async ({ browser }) => {
  const first = await Proscenium.serve({ allowHosts: [] });
  await first.api.claim(first.link);
  const { recording } = await import("../support/documents.js");
  const kept = await first.api.post<{ id: string }>(
    "/recordings",
    recording("http://127.0.0.1:9/", [], { testName: "Kept over a restart" }),
  );
  expect(await first.stop(true)).toBe(0);

  const second = await Proscenium.serve({ allowHosts: [], dataDir: first.dataDir });
  try {
    second.api.cookie = first.api.cookie;
    const context = await browser.newContext();
    await context.addCookies([second.api.browserCookie()]);
    const page = await context.newPage();
    await page.goto(`${second.url}/recordings`);
    await expect(page.getByRole("link", { name: "Kept over a restart" })).toHaveAttribute("href", `/recordings/${kept.id}`);
  } finally {
    await second.stop();
  }
});
