// Record on the own form site, save, run green; spoil the page, run red at the right step with the evidence on screen.
import { expect, test } from "../support/fixtures.js";
import { LiveSession } from "../support/live-session.js";
import { finished, performStored, RunView } from "../support/run-view.js";

test("an order over four pages, two frames and a password is recorded, saved and performed again", async ({ studio, product, site }) => {
  test.setTimeout(240_000);
  const { api } = product;
  const live = await LiveSession.open(studio, api, `${site.origin}/form`);
  await live.startRecording();
  await live.fill("#full-name", "Ada Lovelace");
  await live.fill("#email", "ada@example.test");
  await live.fill("#password", "s3cret-Pass");
  await live.click("#country");
  await studio.getByRole("listbox", { name: "Options" }).getByRole("option", { name: "Portugal" }).click();
  await live.expectRemote("document.querySelector('#country').value", "pt");
  await live.click("input[name=plan][value=plus]");
  await live.click("#news");
  await live.click("#next");
  await live.expectRemote("location.pathname", "/form/address");

  await live.fill("#address-frame >>> #street", "Rua Nova 1");
  await live.fill("#address-frame >>> #city", "Porto");
  await live.click("#address-frame >>> #use-address");
  await live.expectRemote(live.text("#address"), "Rua Nova 1, Porto");
  await live.expectRemote("typeof window.paymentBoxes", "object");
  await live.fill(await live.evaluate("window.paymentBoxes.card()"), "4242424242424242");
  await live.click(await live.evaluate<{ x: number; y: number }>("window.paymentBoxes.button()"));
  await live.expectRemote(live.text("#payment"), "authorised card of 16 digits");
  await live.click("#review");
  await live.expectRemote("location.pathname", "/form/review");
  await live.addCheck("#sum-country", "Has text", "pt");
  await live.click("#place-order");
  await live.expectRemote(live.text("#result"), "Thank you, Ada Lovelace");
  await live.addCheck("#result", "Contains text", "Thank you, Ada");

  // The panel shows each step as it happened, secrets masked.
  await expect(live.steps.filter({ hasText: "Type “Ada Lovelace”" })).toHaveCount(1);
  const panel = (await live.stepTitles()).join("\n");
  expect(panel).not.toContain("s3cret");
  expect(panel).not.toContain("4242424242424242");
  expect(panel).toContain("${PASSWORD}");

  const id = await live.save("Order a lamp");
  const document = await api.document(id);
  const text = JSON.stringify(document);
  expect(text).not.toContain("s3cret-Pass");
  expect(text).not.toContain("4242424242424242");
  for (const step of document.actions.filter((one) => ["click", "input", "select"].includes(one.type))) {
    expect((step["selectors"] as unknown[]).length, `step ${String(step["id"])} has several selectors`).toBeGreaterThan(1);
  }

  const variables = Object.fromEntries(
    [...text.matchAll(/\$\{([A-Z0-9_]+)\}/g)].map(([, name]) => [name, name === "PASSWORD" ? "s3cret-Pass" : "4242424242424242"]),
  );
  const green = await performStored(api, id, { variables });
  expect(green.error).toBeUndefined();
  expect(green).toMatchObject({ status: "passed", stepsFailed: 0, stepsSkipped: 0 });
  expect(green.stepsPassed).toBe(green.stepsTotal);
  expect(green.stepsTotal).toBe(green.steps.length);
  for (const step of green.steps) expect(step.status, step.title).toBe("passed");

  // A variable nobody gave is a clear failure, not a typed placeholder.
  const unfilled = await performStored(api, id);
  expect(unfilled.status).toBe("failed");
  expect(JSON.stringify(unfilled.error)).toContain("PASSWORD");

  // Spoiled inside the frame: red there, green before, nothing after it pretends to have passed.
  const expectedIndex = green.steps.findIndex((step) => step.title.includes("Use this address"));
  expect(expectedIndex).toBeGreaterThan(0);
  for (const how of ["remove", "rename"]) {
    site.break("/form/address-frame", `${how}:#use-address`);
    const run = await api.post<{ id: string }>("/runs", { recordingId: id, timingMode: "instant", timeout: 1500, variables });
    const view = await RunView.open(studio, product.url, run.id);
    const red = await finished(api, run.id);
    expect(red.status, how).toBe("failed");
    expect(
      red.steps.map((step) => step.status),
      how,
    ).toEqual(red.steps.map((_, index) => (index < expectedIndex ? "passed" : index === expectedIndex ? "failed" : "skipped")));
    await expect(view.verdict).toContainText(`Failed at step ${expectedIndex + 1} of ${red.stepsTotal}`);
    await expect(view.failure).toBeVisible();
    await expect(view.failure).toContainText(/no element matches/i);
    await expect(view.failure).toContainText("use-address");
  }
});

for (const [how, says] of [
  ["remove:#place-order", /no element|not found|nothing/i],
  ["hide:#place-order", /hidden|not visible/i],
  ["disable:#place-order", /disabled/i],
  ["cover:#place-order", /cover/i],
] as const) {
  const tag = /^(hide|disable):/.test(how) ? ["@tour"] : [];
  test(`a page spoiled with ${how} fails at that step and says why, with picture, DOM, console and call log`, { tag }, async ({
    studio,
    product,
    site,
  }) => {
    const { api } = product;
    const live = await LiveSession.open(studio, api, `${site.origin}/form/review`, { record: true });
    await live.waitForRemote("#place-order");
    await live.click("#place-order");
    await live.expectRemote(live.text("#result"), "Thank you, undefined");
    const id = await live.save("Place the order");
    expect((await performStored(api, id)).status).toBe("passed");

    site.break("/form/review", how);
    const run = await performStored(api, id, { timeout: 1500 });
    expect(run.status).toBe("failed");
    const failed = run.steps.filter((step) => step.status === "failed");
    expect(failed).toHaveLength(1);
    expect(failed[0]?.title).toContain("Place order");
    expect(`${failed[0]?.error?.message} ${failed[0]?.error?.detail}`).toMatch(says);
    expect(failed[0]?.error?.callLog?.length).toBeGreaterThan(0);

    const view = await RunView.open(studio, product.url, run.id);
    await expect(view.verdict).toContainText(`Failed at step ${(failed[0]?.index ?? 0) + 1} of ${run.stepsTotal}`);
    await expect(view.failure).toContainText(says);
    const picture = (await view.tab("Full page")).getByRole("img");
    await expect(picture).toBeVisible();
    expect(await picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(300);
    await expect(await view.tab("Call log")).toContainText(/place-order|Place order/);
    await expect(await view.tab("DOM")).toBeVisible();
    const kinds = (await api.get<{ kind: string }[]>(`/runs/${run.id}/artifacts`)).map((artifact) => artifact.kind);
    expect(kinds).toEqual(expect.arrayContaining(["screenshot", "fullPage", "dom", "console", "network"]));
    const errors = await api.get<{ id: string; message: string; stepIndex?: number; kind: string }[]>(`/errors?run=${run.id}`);
    expect(errors.filter((error) => error.kind === "step")).toHaveLength(1);
    await studio.goto(`${product.url}/errors/${errors.find((error) => error.kind === "step")?.id}`);
    await expect(studio.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(studio.getByRole("img").first()).toBeVisible();
  });
}
