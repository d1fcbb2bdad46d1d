import { readFile } from "node:fs/promises";
import { command } from "../../e2e/support/proscenium.js";
import { performStored } from "../../e2e/support/run-view.js";
import { expect, test } from "./support/fixtures";
import { openSettings, setServer } from "./support/settings";

test("an order over three pages and two frames is recorded, uploaded and performed by the server, green and then red", async ({
  recorder,
  site,
  product,
}) => {
  test.setTimeout(90_000);
  const token = (await command(["link", "--token", "--data-dir", product.dataDir])).stdout.trim();
  const settings = await openSettings(recorder);
  await settings.getByRole("textbox", { name: "Address" }).fill(product.url.replace("http://", ""));
  await settings.getByLabel("Token").fill(token);
  await settings.getByRole("button", { name: "Test connection" }).click();
  await expect(settings.getByText(/^Connected: the token is /)).toBeVisible();
  await settings.getByRole("button", { name: "Save" }).click();
  await expect(settings.getByText("Saved.")).toBeVisible();

  const page = await recorder.open(`${site.origin}/form`);
  const popup = await recorder.popup();
  await popup.start();
  await page.getByLabel("Full name").pressSequentially("Ada Lovelace");
  await page.getByLabel("Email").pressSequentially("ada@example.test");
  await page.getByLabel("Password").pressSequentially("s3cret-Pass");
  await page.getByLabel("Country").focus();
  await page.keyboard.press("P");
  await page.getByLabel("Basic").click();
  await popup.press("Undo");
  await popup.press("Pause");
  await expect(popup.button("Resume")).toBeVisible();
  await page.getByLabel("Notes").pressSequentially("only for me");
  await page.getByLabel("Notes").blur();
  await popup.press("Resume");
  await expect(popup.button("Pause")).toBeVisible();
  await page.getByRole("button", { name: "Continue to address" }).click();
  await page.waitForURL("**/form/address");
  const address = page.frameLocator("#address-frame");
  await address.getByLabel("Street").pressSequentially("Rua Nova 1");
  await address.getByRole("button", { name: "Use this address" }).click();
  const payment = page.frameLocator("#payment-frame");
  await payment.getByLabel("Card number").pressSequentially("4242424242424242");
  await payment.getByRole("button", { name: "Authorise payment" }).click();
  await page.getByRole("button", { name: "Review order" }).click();
  await page.waitForURL("**/form/review");
  await popup.addCheck(page, page.locator("#sum-country"), "Has text", "pt");
  await page.getByRole("button", { name: "Place order" }).click();
  await popup.addCheck(page, page.getByRole("status"), "Contains text", "Thank you, Ada");
  await popup.press("Stop");
  await popup.page.getByRole("textbox", { name: "Name" }).fill("Order: a lamp?");
  await popup.press("Upload");
  await expect(popup.page.getByText("Uploaded.")).toBeVisible();
  const link = await popup.page.getByRole("link", { name: "Open it there" }).getAttribute("href");
  expect(link).toMatch(new RegExp(`^${product.url}/recordings/[0-9a-f-]{36}$`));
  // Once is enough.
  await popup.press("Upload");
  await expect(popup.page.getByText("It is on the server already.")).toBeVisible();
  const id = link?.split("/").at(-1) ?? "";
  const stored = await product.api.get<{ name: string }[]>("/recordings");
  expect(stored.map(({ name }) => name)).toEqual(["Order: a lamp?"]);
  expect(JSON.stringify(await product.api.document(id))).not.toMatch(/s3cret|4242424242|only for me|basic/);

  const variables = { PASSWORD: "s3cret-Pass", CARD_NUMBER: "4242424242424242" };
  const green = await performStored(product.api, id, { variables });
  expect(green.error).toBeUndefined();
  expect(green).toMatchObject({ status: "passed", stepsFailed: 0, stepsSkipped: 0 });
  site.break("/form/address-frame", "remove:#use-address");
  const red = await performStored(product.api, id, { variables, timeout: 1500 });
  expect(red.status).toBe("failed");
  expect(red.steps.find((step) => step.status === "failed")?.title).toContain("Use this address");
});

test("a day with TodoMVC is downloaded as a file that validates and runs from the shell, and fails on a spoiled page", async ({
  recorder,
  site,
}, info) => {
  test.setTimeout(90_000);
  const page = await recorder.open(site.todomvc("react"));
  const popup = await recorder.popup();
  await popup.start();
  const field = page.getByPlaceholder("What needs to be done?");
  for (const title of ["Buy milk", "Sleep"]) {
    await field.pressSequentially(title);
    await field.press("Enter");
    await expect(page.getByText(title)).toBeVisible();
  }
  await page.getByText("Buy milk").dblclick();
  await page.keyboard.press("Control+A");
  await page.keyboard.type("Buy oat milk");
  await page.keyboard.press("Enter");
  await page.locator("li", { hasText: "Sleep" }).getByRole("checkbox").click();
  await page.getByRole("link", { name: "Completed" }).click();
  await popup.addCheck(page, page.getByText("Sleep"), "Has text");
  await page.getByRole("link", { name: "All" }).click();
  await page.getByRole("button", { name: "Clear completed" }).click();
  await popup.addCheck(page, page.getByText("Buy oat milk"), "Has text");
  await popup.press("Stop");
  await popup.page.getByRole("textbox", { name: "Name" }).fill("Todo/list: a day");
  const downloading = popup.page.waitForEvent("download");
  await popup.press("Download JSON");
  const download = await downloading;
  expect(download.suggestedFilename()).toMatch(/^Todo-list-a-day_\d{13}\.json$/);
  const file = info.outputPath("todo.json");
  await download.saveAs(file);
  expect(JSON.parse(await readFile(file, "utf8"))).toMatchObject({ testName: "Todo/list: a day" });

  const valid = await command(["validate", file]);
  expect(valid, valid.stderr).toMatchObject({ code: 0 });
  const leaves = ["--screenshot-dir", info.outputPath("pictures"), "--results-dir", info.outputPath("results")];
  const green = await command(["run", file, "--timing-mode", "instant", ...leaves]);
  expect(green.code, green.stdout + green.stderr).toBe(0);
  site.break("/todomvc/react/index.html", "remove:.clear-completed, #clear-completed");
  const red = await command(["run", file, "--timing-mode", "instant", "--timeout", "1500", ...leaves]);
  expect(red.code, red.stdout + red.stderr).toBe(1);
  expect(red.stdout + red.stderr).toMatch(/Clear completed/);
});

test("without a server the way to upload leads to the settings", async ({ recorder, site }) => {
  const page = await recorder.open(`${site.origin}/form`);
  const popup = await recorder.popup();
  await popup.start();
  await page.getByLabel("Plus").click();
  await popup.press("Stop");
  const settings = recorder.context.waitForEvent("page");
  await popup.press("Set up upload");
  await expect((await settings).getByRole("heading", { name: "Server" })).toBeVisible();
  await setServer(recorder, "http://127.0.0.1:9", "pss_x");
  await expect(popup.button("Upload")).toBeVisible();
});
