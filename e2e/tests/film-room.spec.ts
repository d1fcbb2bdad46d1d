// Films where they are delivered and do not stay for ever: public links, what did not arrive, and what is kept for good.
import { expect, test } from "../support/fixtures.js";
import { lookAt } from "../support/look-at.js";
import { Proscenium } from "../support/proscenium.js";
import { Shelf } from "../support/shelf.js";

test("a film has public links, says what did not arrive and when it goes, and is kept", async ({ page, context, site }, info) => {
  test.setTimeout(180_000);
  const shelf = await Shelf.start();
  const args = ["--keep-films", "30d", "--films-room", "50GB"];
  const product = await Proscenium.serve({ allowHosts: ["127.0.0.1"], args, env: shelf.env });
  try {
    await product.api.claim(product.link);
    await context.addCookies([product.api.browserCookie()]);
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    shelf.isDown = true;
    const film = await product.api.post<{ id: string }>("/films", {
      name: "Seen by all",
      width: 480,
      height: 320,
      fps: 12,
      kbps: 300,
      storyboard: { url: `${site.origin}/form`, steps: [{ pause: "500ms" }] },
    });
    await page.goto(`${product.url}/films/${film.id}`);
    const about = page.getByRole("region", { name: "About this film" }).first();
    const trouble = about.getByRole("alert");
    await expect(trouble).toContainText("Film not delivered", { timeout: 90_000 });
    await expect(trouble).toContainText("it answers 404");
    await lookAt(page, info, "not-delivered");
    shelf.isDown = false;
    await trouble.getByRole("button", { name: "Deliver again" }).click();
    const copy = page.getByRole("banner").or(page.locator("header")).getByRole("button", { name: "Copy link to the film" }).first();
    await copy.click({ timeout: 60_000 });
    const link = await page.evaluate(() => navigator.clipboard.readText());
    expect(link).toBe(`${shelf.url}/films/${film.id}/Seen-by-all.mp4`);
    expect((await fetch(link)).status).toBe(200);
    await expect(trouble).toHaveCount(0);
    await expect(about.getByRole("region", { name: "Public addresses" }).getByRole("link")).toHaveCount(4);

    await expect(page.getByText("removed in 30 days")).toBeVisible();
    await page.getByRole("button", { name: "Keep", exact: true }).click();
    const kept = page.getByRole("button", { name: "Kept", exact: true });
    await expect(kept).toHaveAttribute("aria-pressed", "true");
    // While it is being sent the button is dimmed.
    await expect(kept).toBeEnabled();
    await expect(page.getByText("removed in 30 days")).toHaveCount(0);
    await lookAt(page, info, "kept");
    await page.goto(`${product.url}/films`);
    await expect(page.getByText(/^1 film · [\d.]+ [KM]B of 50\.0 GB · kept for 30 days$/)).toBeVisible();
    await lookAt(page, info, "gallery");
  } finally {
    await product.stop();
    await shelf.stop();
  }
});
