import { expect, test } from "./support/fixtures";

test("a tab that the page opens, work in both, and its end are steps", async ({ recorder, site }) => {
  const page = await recorder.open(`${site.origin}/popup`);
  const popup = await recorder.popup();
  await popup.start();
  await page.bringToFront();
  const opened = recorder.context.waitForEvent("page");
  await page.getByRole("link", { name: "Open a tab" }).click();
  const child = await opened;
  await child.getByLabel("Message").pressSequentially("hello");
  await page.bringToFront();
  await page.getByRole("heading").click();
  await child.bringToFront();
  const gone = child.waitForEvent("close");
  await child.getByRole("button", { name: "Send and close" }).click();
  // A tab opened by a link has no window that may close it.
  await child.close();
  await gone;
  await page.getByRole("heading").click();
  await popup.expectSteps([
    "Click “Open a tab” link",
    "Open tab",
    "Type “hello” in “Message”",
    "Switch tab 1",
    "Click “Popups”",
    "Switch tab 2",
    "Click “Send and close” button",
    "Close tab 2",
    "Click “Popups”",
  ]);
  const tabs = (await popup.document()).actions.filter(({ type }) => type === "tab");
  expect(tabs).toMatchObject([
    { event: "new", index: 1, trigger: "popup", targetUrl: `${site.origin}/popup/child?from=link` },
    { event: "switch", index: 0 },
    { event: "switch", index: 1 },
    { event: "close", index: 1 },
  ]);
});

test("a new tab belongs to the recording, a tab that was open before does not", async ({ recorder, site }) => {
  const other = await recorder.open(`${site.origin}/hover`);
  const page = await recorder.open(`${site.origin}/form`);
  const popup = await recorder.popup();
  await popup.start();
  await page.getByLabel("Full name").pressSequentially("Ada");
  await other.bringToFront();
  await other.getByRole("heading").click();
  await other.goto(`${site.origin}/form`);
  await other.getByLabel("Full name").pressSequentially("private");
  const fresh = await recorder.open(`${site.origin}/form/review`);
  await fresh.getByRole("button", { name: "Place order" }).click();
  await popup.expectSteps(["Type “Ada” in “Full name”", "Open tab", "Click “Place order” button"]);
  expect((await popup.document()).actions[1]).toMatchObject({
    event: "new",
    index: 1,
    trigger: "manual",
    targetUrl: `${site.origin}/form/review`,
  });
  await other.bringToFront();
  await popup.page.reload();
  await expect(popup.page.getByText("The tab in front does not belong to this recording.")).toBeVisible();
});

test("the recording ends with its last tab, and is still there", async ({ recorder, site }) => {
  const page = await recorder.open(`${site.origin}/form`);
  const popup = await recorder.popup();
  await popup.start();
  await page.getByLabel("Plus").click();
  await popup.expectSteps(["Check “Plus” field"]);
  await page.close();
  await expect(popup.page.getByRole("heading", { name: "Save the recording" })).toBeVisible();
  await popup.expectSteps(["Check “Plus” field"]);
});
