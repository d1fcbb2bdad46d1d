// Takes the pictures for docs/images: the places that the README shows, in the dark theme and (`-light`) in the light one.
import { mkdir } from "node:fs/promises";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, type Page, test } from "@playwright/test";
import { checkText, click, input, recording } from "../support/documents.js";
import { LiveSession } from "../support/live-session.js";
import { Proscenium } from "../support/proscenium.js";
import { perform, performStored } from "../support/run-view.js";
import { Shop } from "./shop.js";

const IMAGES = resolve(fileURLToPath(import.meta.url), "../../../docs/images");
const ROOM = { width: 1440, height: 900 };
/** As high as leaves no dark above and below a desktop page. */
const LIVE_ROOM = { width: 1440, height: 742 };

async function settle(page: Page): Promise<void> {
  await expect(page.getByRole("main")).toBeVisible();
  await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
  await page.evaluate(async () => {
    await document.fonts.ready;
    // Pictures further down are loaded when somebody scrolls to them.
    const near = [...document.images].filter((image) => image.getBoundingClientRect().top < innerHeight);
    await Promise.all(near.map((image) => image.decode().catch(() => undefined)));
  });
}

async function shoot(page: Page, name: string): Promise<void> {
  for (const theme of ["dark", "light"] as const) {
    await page.emulateMedia({ colorScheme: theme });
    await page.mouse.move(0, 0);
    await expect(page.getByRole("region", { name: "Notifications" })).toBeEmpty();
    await settle(page);
    const suffix = theme === "dark" ? "" : "-light";
    await page.screenshot({ path: `${IMAGES}/${name}${suffix}.png`, animations: "disabled", caret: "hide" });
  }
}

test("pictures for the documentation", async ({ browser }) => {
  await mkdir(IMAGES, { recursive: true });
  const shop = await Shop.start();
  const product = await Proscenium.serve({ allowHosts: ["localhost"] });
  const context = await browser.newContext({ viewport: ROOM, locale: "en-GB", reducedMotion: "reduce" });
  try {
    const { api } = product;
    await api.claim(product.link);
    const order = (testName: string, path: string) =>
      recording(
        `${shop.origin}/${path}`,
        [
          click("#brick", { tagName: "input", text: "Brick" }),
          input("#email", "ada@example.com"),
          click("#add", { text: "Add to cart" }),
          checkText("#total", "€ 129.00"),
        ],
        { testName },
      );
    const green = await perform(api, order("Order a lamp", "halo"));
    for (let again = 0; again < 5; again += 1) await performStored(api, green.recordingId);
    await perform(api, order("Order as a guest", "halo"));
    const red = await perform(api, order("Order in the sale", "halo?sale"), { timeout: 900 });
    await performStored(api, green.recordingId);

    await context.addCookies([product.api.browserCookie()]);
    const page = await context.newPage();
    await page.goto(product.url);
    await page.setViewportSize(LIVE_ROOM);
    const live = await LiveSession.open(page, api, `${shop.origin}/halo`, { record: true });
    await live.click("#brick");
    await live.fill("#email", "ada@example.com");
    await live.fill("#password", "lovelace");
    await live.click("#add");
    await live.expectRemote("document.querySelector('#total').textContent", "€ 129.00");
    await live.addCheck("#total", "Has text");
    await expect(live.steps).toHaveCount(8);
    // A viewer who has only just come: how fast this machine is today does not belong in the picture.
    await page.reload();
    await expect(live.steps).toHaveCount(8);
    await expect(live.button("Stop recording")).toBeEnabled();
    await expect(page.getByText("The curtain rises…")).toHaveCount(0);
    await shoot(page, "live");

    await page.setViewportSize(ROOM);
    await live.save("Buy a Halo in brick");
    const saved = /recordings\/([0-9a-f-]{36})/.exec(page.url())?.[1] ?? "";
    await performStored(api, saved, { variables: { PASSWORD: "lovelace" } });
    await page.goto(`${product.url}/recordings/${saved}?step=2`);
    await expect(page.getByText("In the last run")).toBeVisible();
    await shoot(page, "editor");

    await page.goto(`${product.url}/runs/${red.id}`);
    await shoot(page, "run");

    await api.post("/sessions", { url: `${shop.origin}/halo?sale`, name: "The summer sale" });
    await page.goto(product.url);
    await expect(page.getByRole("link", { name: "The summer sale" })).toBeVisible();
    await shoot(page, "home");
  } finally {
    await context.close();
    await product.stop();
    shop.stop();
  }
});
