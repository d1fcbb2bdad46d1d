// The tour of a page, planned before it is filmed.
import { expect, test } from "../support/fixtures.js";
import { lookAt } from "../support/look-at.js";

test("a tour is planned into the editor, and what cannot be opened says why", async ({ studio, product, site }, info) => {
  await studio.goto(`${product.url}/films/new`);
  const plan = studio.getByRole("button", { name: "Plan first" });
  const told = studio.getByRole("status", { name: "Plan", exact: true });
  await expect(plan).toBeDisabled();
  await studio.getByLabel("Page address").fill(`${site.origin}/nowhere-at-all`);
  await plan.click();
  await expect(told).toContainText("404", { timeout: 60_000 });
  await lookAt(studio, info, "refused");
  await studio.getByLabel("Page address").fill(`${site.origin}/form`);
  await studio.getByLabel("Title card").fill("A form");
  await plan.click();
  await expect(studio.getByRole("radio", { name: "Storyboard" })).toBeChecked({ timeout: 60_000 });
  // What was there before comes back.
  await studio.getByRole("button", { name: "Undo" }).click();
  await expect(studio.getByLabel("Page address")).toHaveValue(`${site.origin}/form`);
  await expect(studio.getByLabel("Title card")).toHaveValue("A form");
  await plan.click();
  const editor = studio.getByRole("textbox", { name: "Storyboard" });
  await expect(editor).toHaveValue(/title:\s+text: A form/, { timeout: 60_000 });
  await expect(editor).toHaveValue(/steps:\s+- /);
  await studio.getByLabel("Quality").click();
  await studio.getByRole("option", { name: "Custom" }).click();
  await studio.getByLabel("Scale").fill("3");
  await expect(studio.getByText("laid out on 640 × 360")).toBeVisible();
  await lookAt(studio, info, "planned");
  // Nothing was filmed.
  expect(await product.api.get<{ url: string }[]>("/films?limit=100")).not.toContainEqual(
    expect.objectContaining({ url: `${site.origin}/form` }),
  );
});
