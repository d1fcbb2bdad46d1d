import { checkText, click, input, recording } from "../support/documents.js";
import { expect, test } from "../support/fixtures.js";
import { RunView } from "../support/run-view.js";

test("steps are put into a loop, a branch and another recording in the editor, and performed so", async ({ studio, product, site }) => {
  const { api } = product;
  const page = `${site.origin}/gestures`;
  const other = await api.post<{ id: string }>(
    "/recordings",
    recording(page, [input("#area", "from the other one")], { testName: "Other" }),
  );
  const document = recording(page, [input("#text", "a ${ROUND}"), click("#pad")], { testName: "Round and round" });
  const { id } = await api.post<{ id: string }>("/recordings", document);
  expect(other.id).not.toBe(id);

  await studio.goto(`${product.url}/recordings/${id}`);
  const steps = studio.getByRole("listbox", { name: "Steps" }).getByRole("option");
  const detail = studio.getByRole("region", { name: "Step", exact: true });
  const add = async (name: string) => {
    await studio.getByRole("button", { name: "Add step" }).click();
    await studio.getByRole("menuitem", { name, exact: true }).click();
  };

  await steps.nth(0).click();
  await steps.nth(1).click({ modifiers: ["Shift"] });
  await studio.getByRole("button", { name: "Add step" }).click();
  await expect(studio.getByText("Around the 2 selected steps")).toBeVisible();
  await studio.getByRole("menuitem", { name: "Repeat a number of times" }).click();
  await expect(steps).toHaveCount(4);
  await detail.getByLabel("How often").fill("2");
  await detail.getByLabel("Variable").fill("ROUND");
  await expect(steps.nth(0)).toContainText("Repeat 2 times");

  await steps.nth(3).click();
  await add("If");
  await detail.getByLabel("Condition").click();
  await studio.getByRole("option", { name: "JavaScript is true" }).click();
  await detail.getByLabel("JavaScript").fill("document.querySelector('#text').value === 'a ' + ${ROUND}");
  await add("Another recording");
  await detail.getByLabel("Recording").click();
  await studio.getByRole("option", { name: "Other" }).click();
  await expect(steps.nth(5)).toContainText("Perform “Other”");

  // A block that is open says so, and the loss of its end is undone.
  await steps.nth(6).click();
  await studio.getByRole("button", { name: "Delete step" }).click();
  await expect(steps.nth(4)).toContainText("is never closed");
  await studio.keyboard.press("Control+z");
  await expect(studio.getByText("is never closed")).toHaveCount(0);
  await studio.screenshot({ path: "screenshots/control-editor.png" });
  await studio.setViewportSize({ width: 390, height: 844 });
  await studio.screenshot({ path: "screenshots/control-editor-390.png" });
  await studio.setViewportSize({ width: 1440, height: 900 });

  await studio.getByRole("button", { name: "Save", exact: true }).click();
  await expect(studio.getByRole("button", { name: "Save", exact: true })).toBeDisabled();
  const run = await api.post<{ id: string }>("/runs", { recordingId: id, timingMode: "instant" });
  const view = await RunView.open(studio, product.url, run.id);
  await view.expectPassed();
  await expect(view.step(2)).toContainText("2 rounds");
  await view.step(6).click();
  await expect(await view.tab("Call log")).toContainText("1. Type “from the other one” in “area”");
  await studio.screenshot({ path: "screenshots/control-run.png" });
});

test("each row of the data is a run of its own", async ({ studio, product, site }) => {
  const document = recording(`${site.origin}/gestures`, [input("#text", "${WHO}"), checkText("#area", "${NOTE}")], {
    testName: "For each",
  });
  const { id } = await product.api.post<{ id: string }>("/recordings", document);
  await studio.goto(`${product.url}/recordings/${id}`);
  await studio.getByRole("button", { name: /^Run with options/ }).click();
  const dialog = studio.getByRole("dialog");
  await dialog.getByLabel("Data", { exact: true }).fill("WHO;NOTE\nann\n");
  await dialog.getByRole("button", { name: "Start run" }).click();
  await expect(dialog.getByRole("alert")).toContainText("no name for a variable");
  await dialog.getByLabel("Data", { exact: true }).fill("WHO,NOTE\nann,\nbob,something else\n");
  await dialog.getByLabel("Step timeout").fill("2");
  await studio.screenshot({ path: "screenshots/data-dialog.png" });
  await dialog.getByRole("button", { name: "Start run" }).click();
  const view = await RunView.attach(studio);
  await view.expectPassed();
  const runs = studio.getByRole("navigation", { name: "Runs together" });
  await expect(runs.getByRole("link")).toHaveText([/Row 1Passed2 of 2/, /Row 2Failed1 of 2/]);
  await studio.goto(`${product.url}/runs`);
  await expect(studio.getByRole("row", { name: /For each/ })).toContainText("Failed with row 2");
  await studio.screenshot({ path: "screenshots/data-runs.png" });
});
