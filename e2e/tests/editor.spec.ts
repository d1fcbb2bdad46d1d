import { readFile } from "node:fs/promises";
import type { Locator, Page } from "@playwright/test";
import type { Api } from "../support/api.js";
import { checkText, click, input, recording } from "../support/documents.js";
import { expect, test } from "../support/fixtures.js";
import { performStored, RunView } from "../support/run-view.js";

class RecordingEditor {
  constructor(readonly page: Page) {}
  static async open(page: Page, origin: string, id: string): Promise<RecordingEditor> {
    await page.goto(`${origin}/recordings/${id}`);
    const editor = new RecordingEditor(page);
    await expect(editor.steps.first()).toBeVisible();
    return editor;
  }
  get steps(): Locator {
    return this.page.getByRole("listbox", { name: "Steps" }).getByRole("option");
  }
  step(number: number): Locator {
    return this.steps.nth(number - 1);
  }
  field(name: string): Locator {
    return this.page.getByRole("region", { name: "Step", exact: true }).getByLabel(name, { exact: true });
  }
  button(name: string): Locator {
    return this.page.getByRole("button", { name, exact: true });
  }
  async save(): Promise<void> {
    await this.button("Save").click();
    // The button is disabled while the save is on its way, too.
    await expect(this.page.getByText("Not saved", { exact: true })).toHaveCount(0);
    await expect(this.button("Save")).toBeDisabled();
  }
}

async function stored(api: Api, origin: string): Promise<string> {
  const document = recording(`${origin}/gestures`, [input("#text", "one"), input("#area", "two"), click("#pad")], {
    testName: "To be edited",
    someoneElses: { field: [1, 2] },
  });
  return (await api.post<{ id: string }>("/recordings", document)).id;
}

test("steps are renamed, changed, moved, duplicated, deleted and undone; the saved recording does what the editor shows", async ({
  studio,
  product,
  site,
}) => {
  const { api } = product;
  const id = await stored(api, site.origin);
  const editor = await RecordingEditor.open(studio, product.url, id);
  await expect(editor.button("Save")).toBeDisabled();

  await editor.step(1).click();
  await editor.field("Value").fill("changed");
  await studio.getByText("Name, timeout, optional").click();
  await editor.field("Step name").fill("The first field");
  await expect(editor.step(1)).toContainText("The first field");
  await editor.step(2).click();
  await editor.button("Move step up").click();
  await expect(editor.step(2)).toContainText("The first field");
  await editor.button("Duplicate step").click();
  await expect(editor.steps).toHaveCount(4);
  await editor.button("Delete step").click();
  await expect(editor.steps).toHaveCount(3);
  await editor.step(3).click();
  await editor.button("Delete step").click();
  await expect(editor.steps).toHaveCount(2);
  await editor.button("Undo").click();
  await expect(editor.steps).toHaveCount(3);
  await editor.button("Redo").click();
  await expect(editor.steps).toHaveCount(2);
  await editor.save();

  const document = await api.document(id);
  expect(document.actions.map((step) => [step.type, step["value"]])).toEqual([
    ["input", "two"],
    ["input", "changed"],
  ]);
  expect(document["someoneElses"]).toEqual({ field: [1, 2] });
  expect(new Set(document.actions.map((step) => step["id"])).size).toBe(2);
  expect((await performStored(api, id)).status).toBe("passed");
});

test("the recording gets another name", async ({ studio, product, site }) => {
  const id = await stored(product.api, site.origin);
  const editor = await RecordingEditor.open(studio, product.url, id);
  await editor.button("Rename").click();
  await studio.getByRole("textbox", { name: "Recording name" }).fill("A better name");
  await studio.keyboard.press("Enter");
  await expect(studio.getByRole("heading", { level: 1, name: "A better name" })).toBeVisible();
  await editor.save();
  await studio.goto(`${product.url}/recordings`);
  await studio.getByRole("searchbox", { name: "Search recordings" }).fill("better");
  await expect(studio.getByRole("link", { name: "A better name" })).toBeVisible();
});

test("a changed selector, an added wait and an added check are performed", async ({ studio, product, site }) => {
  const { api } = product;
  const id = await stored(api, site.origin);
  const editor = await RecordingEditor.open(studio, product.url, id);
  await editor.step(1).click();
  const selectors = studio.getByRole("group", { name: "Selectors" });
  await selectors.getByRole("textbox", { name: "Selector 1" }).fill("#area");
  await editor.button("Add step").click();
  await studio.getByRole("menuitem", { name: "Wait", exact: true }).click();
  await expect(editor.steps).toHaveCount(4);
  await editor.button("Add step").click();
  await studio.getByRole("menuitem", { name: "Check", exact: true }).click();
  await expect(editor.steps).toHaveCount(5);
  await editor.save();
  const types = (await api.document(id)).actions.map((step) => step.type);
  expect(types.filter((type) => type === "wait")).toHaveLength(1);
  expect(types.filter((type) => type === "checkpoint")).toHaveLength(1);
  const document = await api.document(id);
  expect((document.actions[0]?.["selectors"] as { value: string }[] | undefined)?.[0]?.value).toBe("#area");
});

for (const [tab, label, parse] of [
  ["JSON", "Recording as JSON", "json"],
  ["YAML", "Recording as YAML", "yaml"],
] as const) {
  test(`the code view edits the recording as ${tab} and names what is wrong with its place`, async ({ studio, product, site }) => {
    const { api } = product;
    const id = await stored(api, site.origin);
    const editor = await RecordingEditor.open(studio, product.url, id);
    await editor.button("Code").click();
    await studio.getByRole("radio", { name: tab }).click();
    const code = studio.getByRole("textbox", { name: label });
    const text = await code.inputValue();
    expect(text).toContain("someoneElses");
    await code.fill(text.replace(/"?one"?(?=,?\r?\n)/, parse === "json" ? '"from the code"' : "from the code"));
    await studio.getByRole("button", { name: "Apply" }).click();
    await editor.step(1).click();
    await expect(editor.field("Value")).toHaveValue("from the code");
    await editor.save();
    expect((await api.document(id)).actions[0]?.["value"]).toBe("from the code");

    const problems = studio.getByRole("list", { name: "Problems" });
    await code.fill((await code.inputValue()).replace(/(type"?: "?)click/, "$1levitate"));
    await expect(problems).toContainText(/actions\[2\].*levitate/s);
    await code.fill("{ this is : not [ a recording");
    await expect(problems).toContainText(/line 1/);
    await expect(studio.getByRole("button", { name: "Apply" })).toBeDisabled();
    expect((await api.document(id)).actions).toHaveLength(3);
  });
}

test("two editors of one recording never overwrite each other in silence", async ({ studio, product, site, context }) => {
  const { api } = product;
  const id = await stored(api, site.origin);
  const mine = await RecordingEditor.open(studio, product.url, id);
  const theirs = await RecordingEditor.open(await context.newPage(), product.url, id);
  await theirs.step(1).click();
  await theirs.field("Value").fill("theirs");
  await theirs.save();
  await mine.step(1).click();
  await mine.field("Value").fill("mine");
  await mine.button("Save").click();
  const conflict = studio.getByRole("alertdialog", { name: "This recording was changed elsewhere" });
  await expect(conflict).toBeVisible();
  expect((await api.document(id)).actions[0]?.["value"]).toBe("theirs");
  await conflict.getByRole("button", { name: "Keep mine" }).click();
  await expect.poll(async () => (await api.document(id)).actions[0]?.["value"]).toBe("mine");
});

test("a recording is deleted, brought back by undo, downloaded and imported again", async ({ studio, product, site }) => {
  const { api } = product;
  const name = `Deleted and back ${Date.now()}`;
  const { id } = await api.post<{ id: string }>("/recordings", recording(`${site.origin}/gestures`, [click("#pad")], { testName: name }));
  await studio.goto(`${product.url}/recordings`);
  const row = studio.getByRole("link", { name });
  const menu = async (item: string) => {
    await studio.getByRole("button", { name: `More for ${name}` }).click();
    await studio.getByRole("menuitem", { name: item }).click();
  };
  const download = studio.waitForEvent("download");
  await menu("Download JSON");
  const file = await (await download).path();
  expect(JSON.parse((await readFile(file)).toString())).toMatchObject({ testName: name });

  await menu("Delete");
  await expect(row).toHaveCount(0);
  expect((await api.ask("GET", `/recordings/${id}`)).status).toBe(404);
  const news = studio.getByRole("region", { name: "Notifications" });
  // For whoever hears the page too.
  await expect(news.getByRole("button", { name: "Dismiss" })).toBeVisible();
  await news.getByRole("button", { name: "Undo" }).click();
  await expect(row).toHaveCount(1);

  await studio.getByRole("button", { name: "Import recording" }).click();
  const dialog = studio.getByRole("dialog", { name: "Import recording" });
  await dialog.getByLabel("File").setInputFiles(file);
  await dialog.getByRole("button", { name: "Import" }).click();
  await studio.waitForURL(/\/recordings\/[0-9a-f-]{36}/);
  await expect(studio.getByRole("heading", { level: 1, name })).toBeVisible();
});

test("run options and variables are asked for and obeyed", async ({ studio, product, site }) => {
  const { api } = product;
  const document = recording(`${site.origin}/dialogs`, [checkText("h1", "${HEADING}")], {
    testName: "Asks for a heading",
    variables: [{ name: "HEADING", fieldType: "text", placeholder: "${HEADING}" }],
  });
  const { id } = await api.post<{ id: string }>("/recordings", document);
  await RecordingEditor.open(studio, product.url, id);
  await studio.getByRole("button", { name: /^Run with options/ }).click();
  const dialog = studio.getByRole("dialog", { name: "Run recording" });
  await dialog.getByRole("textbox", { name: "HEADING" }).fill("Dialogs");
  await dialog.getByRole("button", { name: "Start run" }).click();
  const view = await RunView.attach(studio);
  await view.expectPassed();
});

test("the dialog chooses the browsers, and the run says how it went on each", async ({ studio, product, site }) => {
  const { api } = product;
  const document = recording(`${site.origin}/gestures`, [input("#text", "elsewhere")], { testName: "Elsewhere" });
  const { id } = await api.post<{ id: string }>("/recordings", document);
  await RecordingEditor.open(studio, product.url, id);
  await studio.getByRole("button", { name: /^Run with options/ }).click();
  const dialog = studio.getByRole("dialog", { name: "Run recording" });
  await dialog.getByRole("checkbox", { name: "Firefox" }).click();
  await dialog.getByRole("button", { name: "Start run" }).click();
  const view = await RunView.attach(studio);
  await view.expectPassed();
  const engines = studio.getByRole("navigation", { name: "Runs together" });
  await expect(engines.getByRole("link", { name: /^Chromium passed/i })).toHaveAttribute("aria-current", "page");
  await engines.getByRole("link", { name: /^Firefox passed/i }).click();
  await expect(engines.getByRole("link", { name: /^Firefox/ })).toHaveAttribute("aria-current", "page");
  await view.expectPassed();
  const whole = await api.get<{ browser: string; group: { status: string; runs: { browser: string; status: string }[] } }>(
    `/runs/${view.id}`,
  );
  expect(whole.group.status).toBe("passed");
  expect(whole.group.runs.map((run) => [run.browser, run.status])).toEqual([
    ["chromium", "passed"],
    ["firefox", "passed"],
  ]);

  // One row stands for both; and both go with it.
  await studio.goto(`${product.url}/runs`);
  const row = studio.getByRole("row", { name: /Elsewhere/ });
  await expect(row).toHaveCount(1);
  await expect(row).toContainText("Passed on 2 browsers");
});
