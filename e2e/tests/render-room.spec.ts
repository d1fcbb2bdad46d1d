// Outputs of renders where they are delivered and do not stay for ever: what did not arrive, when they go, what is kept for good, and
// rendering again what went.
import { expect, test } from "../support/fixtures.js";
import { lookAt } from "../support/look-at.js";
import { Proscenium } from "../support/proscenium.js";
import { Shelf } from "../support/shelf.js";

test("an output that did not arrive is delivered again, says when it goes, is kept, and is rendered again after it went", async ({
  page,
  context,
}, info) => {
  test.setTimeout(120_000);
  const shelf = await Shelf.start();
  const args = ["--keep-renders", "30d", "--renders-room", "50GB"];
  let product = await Proscenium.serve({ allowHosts: [], args, env: shelf.env });
  try {
    await product.api.claim(product.link);
    await context.addCookies([product.api.browserCookie()]);
    const code = "document.body.style.background = 'teal'; document.body.textContent = 'kept'";
    const job = { type: "js", code, width: 320, height: 200, output: "png", bucket: "art", filename: "piece.png" };
    shelf.isDown = true;
    const render = await product.api.post<{ id: string }>("/renders", job);
    await page.goto(`${product.url}/renders/${render.id}`);
    const trouble = page.getByRole("alert");
    await expect(trouble).toContainText("Not delivered", { timeout: 60_000 });
    await expect(trouble).toContainText("it answers 404");
    await expect(page.getByRole("img", { name: "piece.png" })).toBeVisible();
    await lookAt(page, info, "not-delivered");
    shelf.isDown = false;
    await trouble.getByRole("button", { name: "Deliver again" }).click();
    await expect(page.getByRole("link", { name: `${shelf.url}/art/piece.png` })).toBeVisible({ timeout: 60_000 });
    await expect(trouble).toHaveCount(0);
    await expect(page.getByText("removed in 30 days")).toBeVisible();
    await page.getByRole("button", { name: "Keep", exact: true }).click();
    const kept = page.getByRole("button", { name: "Kept", exact: true });
    await expect(kept).toHaveAttribute("aria-pressed", "true");
    // While it is being sent the button is dimmed.
    await expect(kept).toBeEnabled();
    await expect(page.getByText("removed in 30 days")).toHaveCount(0);
    await lookAt(page, info, "kept");
    await kept.click();
    await expect(page.getByText("removed in 30 days")).toBeVisible();
    await page.goto(`${product.url}/renders`);
    await expect(page.getByText(/^1 render · [\d.]+ [KM]?B of 50\.0 GB · kept for 30 days$/)).toBeVisible();

    await product.stop(true);
    product = await Proscenium.serve({ allowHosts: [], dataDir: product.dataDir, args: ["--renders-room", "0MB"] });
    const gone = page.getByRole("status", { name: "Removed" });
    // The server looks when it starts, beside answering.
    await expect(async () => {
      await page.goto(`${product.url}/renders/${render.id}`);
      await expect(gone).toContainText("This output was removed", { timeout: 2_000 });
    }).toPass();
    await expect(gone).toContainText("Newer outputs needed the room.");
    await lookAt(page, info, "gone");
    await gone.getByRole("button", { name: "Render it again" }).click();
    await page.waitForURL((url) => url.pathname.startsWith("/renders/") && !url.pathname.includes(render.id));
    await expect(page.getByRole("img", { name: "piece.png" })).toBeVisible({ timeout: 60_000 });
    await page.goto(`${product.url}/renders`);
    await expect(page.getByRole("list", { name: "Renders" }).getByText("Removed")).toHaveCount(1);
    await lookAt(page, info, "gallery");
  } finally {
    await product.stop();
    await shelf.stop();
  }
});
