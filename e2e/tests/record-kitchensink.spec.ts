// Cypress' kitchen sink, written by other people: record, save, run green, spoil, run red.
import { expect, test } from "../support/fixtures.js";
import { workThroughActions, workThroughPagesWithoutFields } from "../support/flows.js";
import { LiveSession } from "../support/live-session.js";
import { performStored } from "../support/run-view.js";

test("the actions page of the kitchen sink is recorded and performed again", async ({ studio, product, site }) => {
  test.setTimeout(180_000);
  const { api } = product;
  const live = await LiveSession.open(studio, api, `${site.kitchenSink}/commands/actions`, { record: true });
  await workThroughActions(live, site.kitchenSink, studio);
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

test("the pages of the kitchen sink without fields are recorded and performed again, with what they ask a service", async ({
  studio,
  product,
  site,
}) => {
  const { api } = product;
  const live = await LiveSession.open(studio, api, `${site.kitchenSink}/commands/connectors`, { record: true });
  await workThroughPagesWithoutFields(live, site.kitchenSink);
  const id = await live.save("Kitchen sink pages");

  const before = site.seen.length;
  const green = await performStored(api, id);
  expect(green.error).toBeUndefined();
  expect(green).toMatchObject({ status: "passed", stepsPassed: green.stepsTotal });
  // What a page does not show is seen where it arrives; the preflight before the change is the browser's own.
  const asked = site.seen.slice(before).filter((one) => one.url.includes("/comments"));
  expect(asked.map((one) => `${one.method} ${one.url.replace(/^.*\/comments(?=\/|$)/, "/comments")}`)).toEqual([
    "GET /comments/1",
    "POST /comments",
    "OPTIONS /comments/1",
    "PUT /comments/1",
    "GET /comments/1",
  ]);
});
