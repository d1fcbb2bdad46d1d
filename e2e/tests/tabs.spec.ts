import { expect, test } from "../support/fixtures.js";
import { LiveSession } from "../support/live-session.js";

test("a popup becomes a tab, talks to its opener, and leaves when it closes itself", async ({ studio, product, site }) => {
  const live = await LiveSession.open(studio, product.api, `${site.origin}/popup`);
  await live.click("#open");
  await expect(live.tab("Popup child")).toHaveAttribute("aria-selected", "true");
  await live.expectRemote("location.pathname + location.search", "/popup/child?from=script");
  await live.fill("#message", "hello from inside");
  await live.click("#send");
  await expect(live.tab("Popup child")).toHaveCount(0);
  await live.expectRemote(live.text("#heard"), "Child said: hello from inside");
});

test("tabs open by link and by button, switch and close", async ({ studio, product, site }) => {
  const live = await LiveSession.open(studio, product.api, `${site.origin}/popup`);
  await live.click("#blank");
  await live.expectRemote("location.search", "?from=link");
  await live.tab("Popups").click();
  await live.expectRemote("location.pathname", "/popup");
  await expect(live.address).toHaveValue(`${site.origin}/popup`);
  await live.button("New tab").click();
  await expect(studio.getByRole("tablist", { name: "Page tabs" }).getByRole("tab")).toHaveCount(3);
  await live.goto(`${site.origin}/canvas`);
  await expect(live.tab("Canvas")).toHaveAttribute("aria-selected", "true");
  await live.button(/^Close tab Canvas/).click();
  await live.button(/^Close tab Popup child/).click();
  await expect(studio.getByRole("tablist", { name: "Page tabs" }).getByRole("tab")).toHaveCount(1);
  await live.expectRemote("location.pathname", "/popup");
});
