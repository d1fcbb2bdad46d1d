import { expect, test } from "../support/fixtures.js";
import { LiveSession } from "../support/live-session.js";
import { isNear, pixelAt } from "../support/pixels.js";

test("two viewers watch, one holds the controls and hands them over", async ({ studio, product, site, browser }) => {
  const first = await LiveSession.open(studio, product.api, `${site.origin}/gestures`);
  const other = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  await other.addCookies([product.api.browserCookie()]);
  const guest = await other.newPage();
  await guest.goto(studio.url());
  const second = await LiveSession.attach(guest, product.api);
  const log = (type: string) => first.evaluate<unknown[]>(`window.log.filter((one) => one.type === ${JSON.stringify(type)})`);

  // A late joiner sees the picture at once although nothing changes on the page.
  const pad = await second.at("#pad", { fx: 0.9, fy: 0.9 });
  await expect.poll(async () => isNear(await pixelAt(guest, pad.x, pad.y), { r: 0xdd, g: 0xe6, b: 0xee })).toBe(true);
  await expect(second.button(/^Control: /)).toBeVisible();

  // Whoever has no control changes nothing.
  await second.click("#pad");
  await second.type("x");
  await first.click("#pad");
  await expect.poll(() => log("click")).toHaveLength(1);
  expect(await log("keydown")).toHaveLength(0);

  // Hand-over by the holder.
  await first.button(/^Control: /).click();
  await studio
    .getByRole("menuitem", { name: /^Give control to/ })
    .first()
    .click();
  await expect(second.button(/^Control: you/i)).toBeVisible();
  await second.click("#pad");
  await expect.poll(() => log("click")).toHaveLength(2);
  await first.click("#pad");
  await second.click("#pad");
  await expect.poll(() => log("click")).toHaveLength(3);

  // Released, then taken.
  await second.button(/^Control: /).click();
  await guest.getByRole("menuitem", { name: "Release control" }).click();
  await first.button(/^Control: /).click();
  await studio.getByRole("menuitem", { name: "Take control" }).click();
  await expect(first.button(/^Control: you/i)).toBeVisible();
  await first.click("#pad");
  await expect.poll(() => log("click")).toHaveLength(4);
  await other.close();
});

test("a viewer who loses the connection comes back to the same session with the controls", async ({ studio, product, site, context }) => {
  const live = await LiveSession.open(studio, product.api, `${site.origin}/gestures`);
  await live.fill("#text", "before");
  await context.setOffline(true);
  const cdp = await context.newCDPSession(studio);
  await cdp.send("Network.enable");
  await cdp.send("Network.emulateNetworkConditions", { offline: true, latency: 0, downloadThroughput: 0, uploadThroughput: 0 });
  await studio.evaluate(() => window.dispatchEvent(new Event("offline")));
  await context.setOffline(false);
  await cdp.send("Network.emulateNetworkConditions", { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: -1 });
  await studio.evaluate(() => window.dispatchEvent(new Event("online")));
  await expect(studio.getByRole("alert", { name: "Connection" })).toHaveCount(0);
  await live.click("#text");
  await live.press("End");
  await live.type(" and after");
  await live.expectRemote("document.querySelector('#text').value", "before and after");
});

test("a session that is ended says so to every viewer and is listed as ended", async ({ studio, product, site, context }) => {
  const live = await LiveSession.open(studio, product.api, `${site.origin}/canvas`);
  const second = await context.newPage();
  await second.goto(studio.url());
  await LiveSession.attach(second, product.api);
  await studio.getByRole("toolbar", { name: "Session" }).getByRole("button", { name: "More" }).click();
  await studio.getByRole("menuitem", { name: "End session" }).click();
  await studio.getByRole("alertdialog", { name: "End this session?" }).getByRole("button", { name: "End session" }).click();
  await expect(studio.getByRole("heading", { level: 1, name: "Sessions" })).toBeVisible();
  await expect(second.getByRole("heading", { name: "This session has ended" })).toBeVisible();
  await expect.poll(async () => (await product.api.get<{ status: string }>(`/sessions/${live.id}`)).status).toBe("stopped");
  await studio.goto(`${product.url}/sessions`);
  await studio.getByRole("tab", { name: "Ended" }).click();
  await expect(studio.locator(`a[href*="${live.id}"]`).first()).toBeVisible();
});
