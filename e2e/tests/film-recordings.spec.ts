// Films of recordings, in the form: the values that are asked for, and what is said of a recording that cannot be filmed.
import type { Locator, Page } from "@playwright/test";
import { checkText, click, input, recording } from "../support/documents.js";
import { expect, test } from "../support/fixtures.js";
import { lookAt } from "../support/look-at.js";

const order = (page: Page): Locator => page.getByRole("region", { name: "Order" });

test("values are asked for by name, those of secrets unseen, and what lacks is said", async ({ studio, product, site }, info) => {
  const variable = (name: string, description?: string) => ({ name, fieldType: "text", placeholder: `\${${name}}`, description });
  const document = recording(`${site.origin}/form`, [input("#email", "${CUSTOMER_EMAIL}"), checkText("h1", "${PASSWORD}")], {
    testName: "Sign in and look at the order that was placed last",
    variables: [variable("CUSTOMER_EMAIL", "Somebody who has placed an order"), variable("PASSWORD")],
  });
  const { id } = await product.api.post<{ id: string }>("/recordings", document);
  await studio.goto(`${product.url}/films/new?recording=${id}`);
  const email = order(studio).getByRole("textbox", { name: "CUSTOMER_EMAIL" });
  await expect(order(studio).getByLabel("PASSWORD")).toHaveAttribute("type", "password");
  await lookAt(studio, info, "values");
  await studio.keyboard.press("Control+Enter");
  const refusal = order(studio).getByRole("alert");
  await expect(refusal).toContainText("Give a value for CUSTOMER_EMAIL and PASSWORD.");
  await expect(order(studio).getByLabel("PASSWORD")).toHaveAttribute("aria-invalid", "true");
  await lookAt(studio, info, "values-missing");
  await email.focus();
  await studio.keyboard.type("ada@shop.example");
  await studio.keyboard.press("Tab");
  await expect(order(studio).getByLabel("PASSWORD")).toBeFocused();
  await studio.keyboard.press("Tab");
  await expect(order(studio).getByRole("checkbox", { name: "Name the steps" })).toBeFocused();
  await studio.keyboard.press("Control+Enter");
  await expect(refusal).toContainText("Give a value for PASSWORD.");
  await expect(email).not.toHaveAttribute("aria-invalid");
  // What was typed is not kept in the browser.
  expect(await studio.evaluate(() => JSON.stringify({ ...localStorage }))).not.toContain("ada@shop.example");
});

test("values that only an included recording needs are asked for, of a film and of a run", async ({ studio, product, site }, info) => {
  const keep = async (name: string, steps: Parameters<typeof recording>[1], extra: Record<string, unknown> = {}) => {
    const document = recording(`${site.origin}/form`, steps, { testName: name, ...extra });
    return (await product.api.post<{ id: string }>("/recordings", document)).id;
  };
  const about = { name: "VOUCHER_PIN", fieldType: "text", placeholder: "${VOUCHER_PIN}", description: "Printed on the back" };
  const inner = await keep("Take a voucher", [input("#email", "${VOUCHER_PIN}")], { variables: [about] });
  const between = await keep("Pay", [{ type: "include", recording: inner, recordingName: "Take a voucher" }]);
  const outer = await keep("Order", [{ type: "include", recording: between, recordingName: "Pay" }]);
  await studio.goto(`${product.url}/films/new?recording=${outer}`);
  const pin = order(studio).getByLabel("VOUCHER_PIN");
  await expect(pin).toHaveAttribute("type", "password");
  await expect(order(studio).getByText("Printed on the back")).toBeVisible();
  await lookAt(studio, info, "included-values");
  await studio.keyboard.press("Control+Enter");
  await expect(order(studio).getByRole("alert")).toContainText("Give a value for VOUCHER_PIN.");
  await expect(pin).toHaveAttribute("aria-invalid", "true");
  await pin.fill("1234");
  await expect(pin).not.toHaveAttribute("aria-invalid");
  // The same recording is not run without asking.
  await studio.goto(`${product.url}/recordings/${outer}`);
  await expect(studio.getByRole("button", { name: "Run", exact: true })).toBeVisible();
  await studio.getByRole("button", { name: "Run", exact: true }).click();
  await expect(studio.getByRole("dialog", { name: "Run recording" }).getByLabel("VOUCHER_PIN")).toBeVisible();
});

test("a recording that cannot be filmed is refused by its step, with what to do", async ({ studio, product, site }, info) => {
  const tab = { type: "tab", event: "new", index: 1, targetUrl: `${site.origin}/popup` };
  const { id } = await product.api.post<{ id: string }>(
    "/recordings",
    recording(`${site.origin}/form`, [click("h1"), tab], { testName: "Opens another tab" }),
  );
  await studio.goto(`${product.url}/films/new?recording=${id}`);
  await expect(order(studio).getByRole("combobox", { name: "Recording" })).toContainText("Opens another tab");
  // In real time it is: all tabs are shown then.
  await order(studio).getByRole("checkbox", { name: "Every frame" }).check();
  await studio.keyboard.press("Control+Enter");
  await expect(order(studio).getByRole("alert")).toContainText("Step 2 (tab): a storyboard of a recording keeps to one tab");
  await expect(order(studio).getByRole("alert")).toContainText("Take away “Every frame”");
  await lookAt(studio, info, "one-tab");
  // It was said of what is not asked for any more.
  await studio.getByRole("radio", { name: "Address" }).click();
  await expect(order(studio).getByRole("alert")).toHaveCount(0);
});
