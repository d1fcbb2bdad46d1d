import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test } from "./support/fixtures";
import { openSettings } from "./support/settings";

/** What axe finds, contrast in both themes; and a picture of each where PROSCENIUM_SHOTS names a folder. */
async function expectAccessible(page: Page, name: string): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await expect(page.locator("html")).toHaveAttribute("data-theme", colorScheme);
    // There are no frames to look into, for which axe would open a page of its own.
    const axe = new AxeBuilder({ page }).setLegacyMode();
    const { violations } = await (colorScheme === "light" ? axe : axe.withRules(["color-contrast"])).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`)).toEqual([]);
    const folder = process.env["PROSCENIUM_SHOTS"];
    if (folder) await page.screenshot({ path: `${folder}/${name}-${colorScheme}.png` });
  }
}

test("every view of the popup and the settings can be read by everybody, light and dark", async ({ recorder, site }) => {
  test.setTimeout(90_000);
  const page = await recorder.open(`${site.origin}/form`);
  const popup = await recorder.popup();
  await expectAccessible(popup.page, "idle");
  await popup.start();
  await expectAccessible(popup.page, "recording-empty");
  await page.getByLabel("Full name").pressSequentially("Ada Lovelace");
  await page.getByLabel("Password").pressSequentially("secret");
  await page.getByLabel("Plus").click();
  await expect(popup.steps()).toHaveCount(3);
  await expectAccessible(popup.page, "recording");
  await popup.press("Make it a variable: Type “Ada Lovelace” in “Full name”");
  await expectAccessible(popup.page, "variable");
  await popup.page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
  await popup.press("Pause");
  await expect(popup.button("Resume")).toBeVisible();
  await popup.press("Add check");
  await expectAccessible(popup.page, "picking");
  await page.bringToFront();
  await page.getByRole("button", { name: "Continue to address" }).click();
  await expect(popup.page.getByRole("form", { name: "Add check" })).toBeVisible();
  await expectAccessible(popup.page, "check");
  await popup.press("Cancel");
  await popup.press("Stop");
  await expectAccessible(popup.page, "stopped");
  await popup.press("Discard");
  await expectAccessible(popup.page, "discard");
  await popup.press("Keep it");
  const settings = await openSettings(recorder);
  await settings.getByRole("button", { name: "Save" }).click();
  await expectAccessible(settings, "settings");
});

test("a recording can be begun, stopped and thrown away by keyboard alone", async ({ recorder, site }) => {
  await recorder.open(`${site.origin}/form`);
  const { page } = await recorder.popup();
  await expect(page.getByRole("button", { name: "Start recording" })).toBeEnabled();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "Start recording" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Stop" })).toBeVisible();
  await page.getByRole("button", { name: "Stop" }).press("Enter");
  await page.getByRole("button", { name: "Discard" }).press("Enter");
  const dialog = page.getByRole("dialog", { name: "Discard this recording?" });
  await expect(dialog.getByRole("button", { name: "Keep it" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await page.getByRole("button", { name: "Discard" }).press("Enter");
  await dialog.getByRole("button", { name: "Discard" }).press("Enter");
  await expect(page.getByRole("heading", { name: "Nothing is recorded" })).toBeVisible();
});

test("a page of the browser itself is refused with the way out", async ({ recorder }) => {
  const page = await recorder.context.newPage();
  await page.goto("chrome://version");
  const popup = await recorder.popup();
  await expect(popup.page.getByText("The browser keeps extensions out of this page.")).toBeVisible();
  await expect(popup.button("Start recording")).toBeDisabled();
});
