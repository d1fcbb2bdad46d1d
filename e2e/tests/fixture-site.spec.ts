// The other tests lean on the fixture site, so it is tested first, with a plain browser and no product.
import { expect, test } from "@playwright/test";
import { FixtureSite } from "../site/server.js";

let site: FixtureSite;
test.beforeAll(async () => {
  site = await FixtureSite.start();
});
test.afterAll(() => site.stop());
test.afterEach(() => site.repair());

test("a whole page lets its button be clicked", async ({ page }) => {
  await page.goto(`${site.origin}/form`);
  await page.getByLabel("Full name").fill("Ada");
  await page.getByLabel("Email").fill("ada@example.test");
  await page.getByRole("button", { name: "Continue to address" }).click();
  await expect(page.locator("#who")).toHaveText("Ada");
  await page.frameLocator("#payment-frame").getByLabel("Card number").fill("4242");
  await page.frameLocator("#payment-frame").getByRole("button").click();
  await expect(page.locator("#payment")).toHaveText("authorised card of 4 digits");
});

for (const [how, gone] of [
  ["remove:#next", "not there"],
  ["hide:#next", "not visible"],
  ["rename:#next", "not there"],
  ["text:#next", "not there"],
] as const) {
  test(`breaking the page with ${how} makes the button ${gone}`, async ({ page }) => {
    site.break("/form", how);
    await page.goto(`${site.origin}/form`);
    await expect(page.getByRole("heading", { name: "Your details" })).toBeVisible();
    await expect(page.getByRole("button", { name: "Continue to address" })).toHaveCount(0);
    if (how.startsWith("rename")) await expect(page.locator("#next")).toHaveCount(0);
  });
}

test("covering the button keeps it visible but out of reach", async ({ page }) => {
  await page.goto(`${site.origin}/form?broken=cover:%23next`);
  const next = page.getByRole("button", { name: "Continue to address" });
  await expect(next).toBeVisible();
  await expect(next.click({ timeout: 500 })).rejects.toThrow(/intercepts pointer events/);
});

test("breaking reaches into shadow roots and elements that frameworks insert later", async ({ page }) => {
  site.break("/shadow", "remove:#save");
  await page.goto(`${site.origin}/shadow`);
  await expect(page.getByLabel("Home city")).toBeVisible();
  await expect(page.getByRole("button", { name: "Save profile" })).toHaveCount(0);
  site.break("/todomvc/react/index.html", "remove:.todo-count, #todo-count");
  await page.goto(site.todomvc("react"));
  await page.locator("#new-todo, .new-todo").fill("one");
  await page.keyboard.press("Enter");
  await expect(page.locator("#todo-list li, .todo-list li")).toHaveCount(1);
  await expect(page.locator("#todo-count, .todo-count")).toHaveCount(0);
});

for (const example of ["vanillajs", "backbone", "react", "vue", "knockoutjs", "angularjs", "emberjs", "polymer"]) {
  test(`TodoMVC ${example} works without a network`, async ({ page }) => {
    await page.goto(site.todomvc(example));
    const field = page.locator("#new-todo, .new-todo");
    await field.fill("Buy milk");
    await field.press("Enter");
    await expect(page.locator("#todo-list li, .todo-list li")).toHaveText([/Buy milk/]);
  });
}

test("the kitchen sink is served whole", async ({ page }) => {
  const missing: string[] = [];
  page.on("response", (response) => response.status() >= 400 && missing.push(response.url()));
  await page.goto(`${site.kitchenSink}/commands/actions`);
  await page.getByText("Click to toggle popover").click();
  await expect(page.getByText("This popover shows up on click")).toBeVisible();
  expect(missing).toEqual([]);
});
