import { click, recording } from "../support/documents.js";
import { expect, test } from "../support/fixtures.js";

test("everything is reached from the palette and the letter keys", async ({ studio, product, site }) => {
  const name = `Palette target ${Date.now()}`;
  const { id } = await product.api.post<{ id: string }>(
    "/recordings",
    recording(`${site.origin}/gestures`, [click("#pad")], { testName: name }),
  );
  // Keys count from here on: the page listens once it shows something.
  await expect(studio.getByRole("heading", { level: 1 })).toBeVisible();
  await studio.keyboard.press("Control+K");
  const palette = studio.getByRole("dialog", { name: "Command palette" });
  await expect(palette.getByRole("combobox", { name: "Command" })).toBeFocused();
  await studio.keyboard.type("Palette target");
  await expect(palette.getByRole("option", { name: new RegExp(name) }).first()).toBeVisible();
  await palette
    .getByRole("option", { name: new RegExp(`^(Open |Recording )?.*${name}`) })
    .first()
    .click();
  await expect(studio).toHaveURL(new RegExp(id));

  await studio.keyboard.press("Control+K");
  await studio.keyboard.type("Settings");
  await studio.keyboard.press("Enter");
  await expect(studio.getByRole("heading", { level: 1, name: "Settings" })).toBeVisible();
  // While the palette goes, letters are still typed into it.
  await expect(palette).toHaveCount(0);

  for (const [keys, heading] of [
    ["gs", "Sessions"],
    ["gr", "Runs"],
    ["gt", "Schedules"],
    ["gf", "Films"],
    ["gh", "Open a page"],
  ] as const) {
    for (const key of keys) await studio.keyboard.press(key);
    await expect(studio.getByRole("heading", { level: 1, name: heading })).toBeVisible();
  }
  await studio.getByRole("heading", { level: 1 }).click();
  await studio.keyboard.press("?");
  await expect(studio.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
  await studio.keyboard.press("Escape");
  await expect(studio.getByRole("dialog")).toHaveCount(0);

  await studio.goto(`${product.url}/recordings`);
  await expect(studio.getByRole("link", { name })).toBeVisible();
  await studio.keyboard.press("/");
  await expect(studio.getByRole("searchbox", { name: "Search recordings" })).toBeFocused();
  await studio.keyboard.type("Palette target");
  await expect(studio).toHaveURL(/q=Palette/);
  await expect(studio.getByRole("link", { name })).toBeVisible();
  // Escape empties the field, and the rows of the whole list take the place of those that were found, with the focus.
  await studio.keyboard.press("Escape");
  await expect(studio).not.toHaveURL(/q=/);
  await expect(studio.getByRole("main").locator("[aria-busy=true]")).toHaveCount(0);
  await studio.keyboard.press("j");
  await studio.keyboard.press("Enter");
  await expect(studio).toHaveURL(/\/recordings\/[0-9a-f-]{36}/);
});

test("a session is started from the palette and everything can be reached by Tab with a visible focus", async ({ studio, site }) => {
  await expect(studio.getByRole("heading", { level: 1, name: "Open a page" })).toBeVisible();
  await studio.keyboard.press("Control+K");
  await expect(studio.getByRole("dialog", { name: "Command palette" }).getByRole("combobox", { name: "Command" })).toBeFocused();
  await studio.keyboard.type(`${site.origin}/canvas`);
  await studio.keyboard.press("Enter");
  await studio.waitForURL(/\/sessions\//);
  await studio.goBack();
  await expect(studio.getByRole("heading", { level: 1, name: "Open a page" })).toBeVisible();
  const seen = new Set<string>();
  for (let presses = 0; presses < 25; presses += 1) {
    await studio.keyboard.press("Tab");
    const focus = await studio.evaluate(() => {
      const element = document.activeElement;
      if (element === null || element === document.body) return null;
      const style = getComputedStyle(element);
      return {
        name: element.getAttribute("aria-label") ?? element.textContent?.trim().slice(0, 40) ?? "",
        shown: style.outlineStyle !== "none" || style.boxShadow !== "none" || style.borderColor !== "",
      };
    });
    if (focus === null) continue;
    seen.add(focus.name);
    expect(focus.shown, `focus is visible on "${focus.name}"`).toBe(true);
  }
  expect(seen.size).toBeGreaterThan(8);
});
