// The kinds of steps and checks that the editor adds and edits: what is typed stands in the recording, and how each looks.
import type { Locator, Page } from "@playwright/test";
import type { Step } from "../support/api.js";
import { click, recording } from "../support/documents.js";
import { expect, test } from "../support/fixtures.js";
import { lookAt } from "../support/look-at.js";

const stepRegion = (page: Page): Locator => page.getByRole("region", { name: "Step", exact: true });
const field = (page: Page, name: string): Locator => stepRegion(page).getByLabel(name, { exact: true });
const box = (page: Page, name: string): Locator => stepRegion(page).getByRole("checkbox", { name, exact: true });
const options = (page: Page): Locator => page.getByRole("listbox", { name: "Steps" }).getByRole("option");
const menu = (page: Page): Locator => page.getByRole("menu");

async function add(page: Page, item: string): Promise<void> {
  await page.getByRole("button", { name: "Add step" }).click();
  await page.getByRole("menuitem", { name: item, exact: true }).click();
  await expect(menu(page)).toHaveCount(0);
}

async function choose(page: Page, name: string, option: string): Promise<void> {
  await field(page, name).click();
  await page.getByRole("option", { name: option, exact: true }).click();
  await expect(field(page, name)).toContainText(option);
}

async function save(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("Not saved", { exact: true })).toHaveCount(0);
  // It would go while a picture is taken.
  const said = page.getByRole("region", { name: "Notifications" });
  // Nobody is told of this button until the notifications have the focus.
  await said.getByLabel("Dismiss").last().click();
  await expect(said.getByText("Saved", { exact: true })).toHaveCount(0);
}

async function selector(page: Page, value: string): Promise<void> {
  await stepRegion(page).getByRole("button", { name: "Add selector" }).click();
  await stepRegion(page).getByRole("textbox", { name: "Selector 1" }).fill(value);
}

test("the menu of steps is gone through by keyboard, also where the screen is short", async ({ studio, product, site }, info) => {
  const { id } = await product.api.post<{ id: string }>("/recordings", recording(`${site.origin}/upload`, [click("#download")]));
  await studio.goto(`${product.url}/recordings/${id}`);
  const button = studio.getByRole("button", { name: "Add step" });
  await expect(options(studio)).toHaveCount(1);
  await button.focus();
  await studio.keyboard.press("Enter");
  await expect(menu(studio)).toBeVisible();
  await lookAt(studio, info, "menu");
  await studio.setViewportSize({ width: 390, height: 600 });
  await expect.poll(async () => (await menu(studio).boundingBox())?.height, "the menu takes what room there is").toBeLessThanOrEqual(600);
  await studio.keyboard.press("End");
  const last = menu(studio).getByRole("menuitem").last();
  await expect(last).toBeFocused();
  await expect(last).toBeInViewport({ ratio: 1 });
  const place = await menu(studio).boundingBox();
  expect((place?.y ?? -1) >= 0 && (place?.y ?? 0) + (place?.height ?? 0) <= 600, "the menu is on the screen").toBe(true);
  await studio.screenshot({ path: info.outputPath("menu-end-390.png") });
  await studio.keyboard.press("Escape");
  await expect(button).toBeFocused();
  // By its first letters, as in any menu.
  await studio.keyboard.press("Enter");
  await studio.keyboard.type("wait for");
  await expect(menu(studio).getByRole("menuitem", { name: "Wait for a download" })).toBeFocused();
  await studio.keyboard.press("Enter");
  await expect(options(studio)).toHaveCount(2);
  await expect(options(studio).last()).toHaveAttribute("aria-selected", "true");
});

test("steps for the wheel, for a download and for a picture are saved as they are filled in", async ({ studio, product, site }, info) => {
  const { api } = product;
  const { id } = await api.post<{ id: string }>("/recordings", recording(`${site.origin}/upload`, [click("#download")]));
  await studio.goto(`${product.url}/recordings/${id}`);
  await add(studio, "Turn the wheel");
  await field(studio, "To the right in all (px)").fill("-40");
  await field(studio, "Down in all (px)").fill("600");
  await field(studio, "In how many turns").fill("5");
  await selector(studio, "#list");
  await lookAt(studio, info, "wheel");
  await add(studio, "Wait for a download");
  await lookAt(studio, info, "download-empty");
  await field(studio, "Name of the file").fill("report-*.csv");
  await studio.keyboard.press("Tab");
  await studio.keyboard.type("lamp,12");
  await lookAt(studio, info, "download");
  await add(studio, "Take a picture");
  await box(studio, "The whole page, not only what is in view").focus();
  await studio.keyboard.press("Space");
  await lookAt(studio, info, "screenshot");
  await save(studio);
  const { actions } = await api.document(id);
  expect(actions.slice(1).map(({ type }) => type)).toEqual(["wheel", "download", "screenshot"]);
  expect(actions[1]).toMatchObject({ deltaX: -40, deltaY: 600, turns: 5, selectors: [{ value: "#list" }] });
  expect(actions[2]).toMatchObject({ fileName: "report-*.csv", contains: "lamp,12" });
  expect(actions[3]).toMatchObject({ fullPage: true });
});

test("checks of states, attributes, numbers and JavaScript are saved as they are filled in", async ({ studio, product, site }, info) => {
  const { api } = product;
  const { id } = await api.post<{ id: string }>("/recordings", recording(`${site.origin}/controls`, [click("#check")]));
  await studio.goto(`${product.url}/recordings/${id}`);
  await add(studio, "Check");
  await selector(studio, "#off");
  await studio.getByRole("region", { name: "Step", exact: true }).getByLabel("Check", { exact: true }).click();
  await expect(studio.getByRole("option", { name: "JavaScript is true" })).toBeVisible();
  await lookAt(studio, info, "check-types");
  await studio.keyboard.press("Escape");
  const saved = async (): Promise<Step | undefined> => {
    await save(studio);
    return (await api.document(id)).actions.at(-1);
  };
  for (const [label, checkType] of [
    ["Is in the page", "elementPresent"],
    ["Is checked", "elementChecked"],
    ["Is enabled", "elementEnabled"],
    ["Is editable", "elementEditable"],
  ] as const) {
    await choose(studio, "Check", label);
    await expect(field(studio, "Expected value")).toHaveCount(0);
    expect(await saved()).toMatchObject({ checkType, selectors: [{ value: "#off" }] });
  }
  await box(studio, "Negate: it must not hold").focus();
  await studio.keyboard.press("Space");
  await expect(options(studio).last()).toContainText("is not editable");
  await lookAt(studio, info, "not-editable");
  expect(await saved()).toMatchObject({ negated: true });
  await box(studio, "Negate: it must not hold").click();

  await choose(studio, "Check", "Has attribute");
  await lookAt(studio, info, "attribute-empty");
  await field(studio, "Attribute").fill("class");
  await field(studio, "Expected value").fill("is-open");
  await choose(studio, "Compared", "Contains this");
  await expect(options(studio).last()).toContainText("“class” of “off” contains “is-open”");
  await lookAt(studio, info, "attribute");
  expect(await saved()).toMatchObject({ checkType: "elementAttribute", attribute: "class", expectedValue: "is-open", mode: "contains" });

  await choose(studio, "Check", "Number of elements is");
  await field(studio, "Expected value").fill("3");
  await lookAt(studio, info, "count");
  expect(await saved()).toMatchObject({ checkType: "elementCount", expectedValue: "3" });

  await choose(studio, "Check", "JavaScript is true");
  await expect(stepRegion(studio).getByRole("group", { name: "Selectors" })).toHaveCount(0);
  await field(studio, "JavaScript").fill("document.querySelectorAll('#cart li').length === Number('${COUNT}')");
  await lookAt(studio, info, "expression");
  expect(await saved()).toMatchObject({ checkType: "expression", expression: expect.stringContaining("#cart li") });
});

test("the number of elements is stored in a variable", async ({ studio, product, site }, info) => {
  const { api } = product;
  const { id } = await api.post<{ id: string }>("/recordings", recording(`${site.origin}/controls`, [click("#check")]));
  await studio.goto(`${product.url}/recordings/${id}`);
  await add(studio, "Store a value");
  await choose(studio, "What", "Number of elements");
  await field(studio, "Variable").fill("COUNT");
  await selector(studio, "#controls input");
  await lookAt(studio, info, "store-count");
  await save(studio);
  expect((await api.document(id)).actions.at(-1)).toMatchObject({ from: "count", variable: "COUNT" });
});
