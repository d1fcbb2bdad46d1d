import { expect, test } from "./support/fixtures";

test("every kind of check of the live view can be added by pointing, and none of it reaches the page", async ({ recorder, site }) => {
  const page = await recorder.open(`${site.origin}/form/review`);
  await page.evaluate(() => {
    document.body.insertAdjacentHTML("beforeend", `<label>Coupon <input id="coupon" value="TENOFF"></label>`);
  });
  const popup = await recorder.popup();
  await popup.start();
  const button = page.getByRole("button", { name: "Place order" });
  await popup.addCheck(page, button, "Is visible");
  await popup.addCheck(page, button, "Has text");
  await popup.addCheck(page, page.getByRole("heading"), "Contains text", "your order");
  await popup.addCheck(page, page.getByLabel("Coupon"), "Has value");
  await popup.addCheck(page, button, "Address is");
  await popup.addCheck(page, button, "Address contains", "/review");
  await popup.addCheck(page, button, "Title is");
  await popup.expectSteps([
    "Check “Place order” is visible",
    "Check text of “Place order” is “Place order”",
    "Check “Review your order” contains “your order”",
    "Check value of “Coupon” is “TENOFF”",
    /^Check address is “http.*\/form\/review”$/,
    "Check address contains “/review”",
    "Check title is “Order: review”",
  ]);
  await expect(page.getByRole("status"), "the order was not placed by pointing at its button").toHaveText("");
  const { actions } = await popup.document();
  expect(actions.every((step) => step.type === "checkpoint" && step["auto"] === false)).toBe(true);
  expect(actions.map((step) => step.selectors !== undefined)).toEqual([true, true, true, true, false, false, false]);
});

test("a check in a frame knows its way, and may be negated", async ({ recorder, site }) => {
  const page = await recorder.open(`${site.origin}/form/address`);
  const popup = await recorder.popup();
  await popup.start();
  await popup.press("Add check");
  await page.bringToFront();
  const pay = page.frameLocator("#payment-frame").getByRole("button", { name: "Authorise payment" });
  await pay.hover();
  await pay.click();
  await popup.page.getByRole("radio", { name: "Is visible" }).check();
  await popup.page.getByRole("checkbox", { name: /Negate/ }).check();
  await popup.press("Add this check");
  await popup.expectSteps(["Check “Authorise payment” is not visible"]);
  const [check] = (await popup.document()).actions;
  expect(check).toMatchObject({ url: `${site.origin}/form/address`, negated: true });
  expect(check?.frames?.[0]?.selectors[0]?.value).toBe("payment-frame");
});

test("Escape ends the pointing, Tab and Enter point without a mouse", async ({ recorder, site }) => {
  const page = await recorder.open(`${site.origin}/form`);
  const popup = await recorder.popup();
  await popup.start();
  await popup.press("Add check");
  await expect.poll(() => popup.badge()).toBe("◎");
  await page.bringToFront();
  await page.keyboard.press("Escape");
  await expect.poll(() => popup.badge()).toBe("REC");
  await popup.press("Add check");
  await expect.poll(() => popup.badge()).toBe("◎");
  await page.bringToFront();
  await page.keyboard.press("Tab");
  await expect(page.getByLabel("Full name")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect.poll(() => popup.badge()).toBe("?");
  await expect(popup.page.getByText("textbox “Full name”")).toBeVisible();
  await popup.press("Add this check");
  await expect(popup.steps()).toHaveText([/Full name/]);
  // The keys were pointing, not work in the page.
  expect((await popup.document()).actions.map(({ type }) => type)).toEqual(["checkpoint"]);
});

test("what has to be hovered for an element comes before its check", async ({ recorder, site }) => {
  const page = await recorder.open(`${site.origin}/hover`);
  const popup = await recorder.popup();
  await popup.start();
  await popup.press("Add check");
  await expect.poll(() => popup.badge()).toBe("◎");
  await page.bringToFront();
  await page.getByText("Products").hover();
  await page.getByRole("link", { name: "Chairs" }).hover();
  await page.getByRole("link", { name: "Chairs" }).click();
  await popup.page.getByRole("radio", { name: "Is visible" }).check();
  await popup.press("Add this check");
  await popup.expectSteps(["Hover “Products”", "Check “Chairs” is visible"]);
  expect(new URL(page.url()).hash).toBe("");
});
