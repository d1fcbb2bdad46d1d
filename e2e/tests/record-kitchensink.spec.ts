// Cypress' kitchen sink, written by other people: record, save, run green, spoil, run red.
import { expect, test } from "../support/fixtures.js";
import { LiveSession } from "../support/live-session.js";
import { performStored } from "../support/run-view.js";

test("the actions page of the kitchen sink is recorded and performed again", async ({ studio, product, site }) => {
  test.setTimeout(180_000);
  const { api } = product;
  const live = await LiveSession.open(studio, api, `${site.kitchenSink}/commands/actions`, { record: true });
  await live.waitForRemote(".action-email");
  await live.fill(".action-email", "fake@email.test");
  await live.fill(".action-blur", "About to blur");
  await live.press("Tab");
  await live.expectRemote("document.querySelector('.action-blur').classList.contains('error')", true);
  await live.fill("#couponCode1", "HALFOFF");
  await live.press("Enter");
  await live.expectRemote(
    "document.querySelector('.action-form').nextElementSibling?.textContent ?? null",
    "Your form has been submitted!",
  );
  await live.click(".action-btn");
  await live.expectRemote("document.querySelector('.popover-content')?.textContent ?? null", "This popover shows up on click");
  await live.click("#action-canvas", { fx: 0.2, fy: 0.7 });
  await live.click(".action-div", { fx: 0.1, count: 2 });
  await live.expectRemote("document.querySelector('.action-input-hidden').classList.contains('hidden')", false);
  await live.click(".rightclick-action-div", { fx: 0.1, button: "right" });
  await live.expectRemote("document.querySelector('.rightclick-action-input-hidden').classList.contains('hidden')", false);
  await live.click(".action-checkboxes [value=checkbox1]");
  await live.click(".action-checkboxes [value=checkbox3]");
  await live.click(".action-select");
  await studio.getByRole("listbox", { name: "Options" }).getByRole("option", { name: "bananas" }).click();
  await live.expectRemote("document.querySelector('.action-select').value", "fr-bananas");
  await live.addCheck(".action-select", "Has value", "fr-bananas");
  const id = await live.save("Kitchen sink actions");

  const green = await performStored(api, id);
  expect(green.error).toBeUndefined();
  expect(green).toMatchObject({ status: "passed", stepsPassed: green.stepsTotal });

  site.break("/commands/actions", "remove:.action-select");
  const red = await performStored(api, id, { timeout: 1500 });
  expect(red.status).toBe("failed");
  expect(red.steps.find((step) => step.status === "failed")?.type).toBe("select");
});

test("walking through the kitchen sink's menu and tables is recorded and performed again", async ({ studio, product, site }) => {
  const { api } = product;
  const live = await LiveSession.open(studio, api, `${site.kitchenSink}/`, { record: true });
  await live.waitForRemote(".dropdown-toggle");
  await live.click(".dropdown-toggle");
  await live.click(".dropdown-menu a[href='/commands/misc']");
  await live.expectRemote("location.pathname", "/commands/misc");
  await live.waitForRemote(".misc-table");
  await live.click(".misc-table tbody tr:nth-child(2), .misc-table tr:nth-child(2)");
  await live.expectRemote("document.querySelectorAll('.misc-table tr.info').length", 1);
  await live.button("Back").click();
  await live.expectRemote("location.pathname", "/");
  const id = await live.save("Kitchen sink walk");
  const green = await performStored(api, id);
  expect(green.error).toBeUndefined();
  expect(green.status).toBe("passed");
});
