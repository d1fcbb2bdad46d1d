// Visual checks: a picture is approved, a change is looked at and approved, and the editor makes such a check.
import type { Document, RecordingSummary } from "../support/api.js";
import { input, recording } from "../support/documents.js";
import { expect, test } from "../support/fixtures.js";
import { lookAt } from "../support/look-at.js";
import { performStored, RunView } from "../support/run-view.js";

function looks(origin: string, text: string): Document {
  const masks = [{ selectors: [{ strategy: "css", value: "#pad", priority: 1 }] }];
  const check = { type: "checkpoint", checkType: "visual", timeout: 3_000, masks };
  return recording(`${origin}/gestures`, [input("#text", text), check], { testName: "How it looks" });
}

test("a picture is approved, its change is looked at, approved, taken back, and the next run is green", async ({
  studio,
  product,
  site,
}, info) => {
  test.setTimeout(180_000);
  const { api } = product;
  const { id } = await api.post<RecordingSummary>("/recordings", looks(site.origin, "Ada"));

  const first = await performStored(api, id);
  expect(first.error).toMatchObject({ code: "no-baseline", step: 1 });
  const view = await RunView.open(studio, product.url, first.id);
  const pictures = studio.getByRole("region", { name: "Pictures" });
  await expect(pictures.getByRole("img", { name: "What was seen in this run" })).toBeVisible();
  await expect(view.failure).toContainText("No picture has been approved");
  await lookAt(studio, info, "no-baseline", pictures);
  await pictures.getByRole("button", { name: "Approve this picture" }).click();
  await expect(pictures.getByRole("status")).toContainText("Approved");
  expect((await performStored(api, id)).status).toBe("passed");

  const { revision } = await api.get<RecordingSummary>(`/recordings/${id}`);
  await api.must("PUT", `/recordings/${id}`, { document: looks(site.origin, "Somebody else entirely"), revision });
  const changed = await performStored(api, id);
  expect(changed.error?.code).toBe("check-failed");
  await RunView.open(studio, product.url, changed.id);
  await expect(studio.getByRole("region", { name: "Failure" })).toContainText(/% of the pixels differ/);
  await expect(pictures.getByRole("img", { name: "What differs, in red" })).toBeVisible();
  await lookAt(studio, info, "different", pictures);

  // By keys alone: the views are one group, the slide has a handle.
  await pictures.getByRole("radio", { name: "Difference" }).focus();
  await studio.keyboard.press("ArrowRight");
  await expect(pictures.getByRole("radio", { name: "Slide" })).toBeChecked();
  const slide = pictures.getByRole("slider", { name: "Expected and actual" });
  await slide.focus();
  const before = Number(await slide.getAttribute("aria-valuenow"));
  await studio.keyboard.press("ArrowLeft");
  await expect.poll(async () => Number(await slide.getAttribute("aria-valuenow"))).toBeLessThan(before);
  await lookAt(studio, info, "slide", pictures);
  for (const [name, picture] of [
    ["Expected", "The approved picture"],
    ["Actual", "What was seen in this run"],
  ] as const) {
    await pictures.getByRole("radio", { name }).click();
    await expect(pictures.getByRole("img", { name: picture })).toBeVisible();
  }

  await pictures.getByRole("button", { name: "Approve this picture" }).click();
  await studio.getByRole("button", { name: "Undo", exact: true }).click();
  await expect(pictures.getByRole("button", { name: "Approve this picture" })).toBeVisible();
  expect((await performStored(api, id)).error?.code).toBe("check-failed");
  await pictures.getByRole("button", { name: "Approve this picture" }).click();
  await expect(pictures.getByRole("button", { name: "Undo approval" })).toBeVisible();
  await studio.getByRole("button", { name: "Run again" }).click();
  await expect.poll(() => studio.url()).not.toContain(changed.id);
  await (await RunView.attach(studio)).expectPassed();
});

test("the editor makes a visual check with a threshold and masks", async ({ studio, product, site }, info) => {
  const { api } = product;
  const steps = [input("#text", "Ada")];
  const { id } = await api.post<RecordingSummary>(
    "/recordings",
    recording(`${site.origin}/gestures`, steps, { testName: "To be looked at" }),
  );
  await studio.goto(`${product.url}/recordings/${id}`);
  await studio.getByRole("button", { name: "Add step" }).click();
  await studio.getByRole("menuitem", { name: "Compare the picture" }).click();
  await expect(studio.getByRole("heading", { name: "Check the page looks the same" })).toBeVisible();
  await studio.getByRole("textbox", { name: "Share of pixels that may differ" }).pressSequentially("0.02");
  await studio.getByRole("button", { name: "Add mask" }).click();
  await studio.getByRole("textbox", { name: "Mask 1", exact: true }).fill("#pad");
  await studio.getByRole("checkbox", { name: "The whole page, not only what is in view" }).click();
  await expect(studio.getByRole("heading", { name: "Check the whole page looks the same" })).toBeVisible();
  for (const width of [1440, 390]) {
    await studio.setViewportSize({ width, height: 900 });
    expect(await studio.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    await studio.screenshot({ path: info.outputPath(`editor-${width}.png`), fullPage: true });
  }
  await studio.setViewportSize({ width: 1440, height: 900 });
  await studio.getByRole("button", { name: "Save" }).first().click();
  await expect.poll(async () => (await api.document(id)).actions.length).toBe(2);
  expect((await api.document(id)).actions[1]).toMatchObject({
    type: "checkpoint",
    checkType: "visual",
    fullPage: true,
    threshold: 0.02,
    masks: [{ selectors: [{ strategy: "css", value: "#pad" }] }],
  });
});
