import { expect, test } from "./support/fixtures";

test("what is done in the page becomes steps, also in a navigation's last moment", async ({ recorder, site }) => {
  const page = await recorder.open(`${site.origin}/form`);
  const popup = await recorder.popup();
  await expect(popup.page.getByText("What you do in “Order: your details” becomes steps")).toBeVisible();
  await popup.start();
  await expect.poll(() => popup.badge()).toBe("REC");
  await expect(popup.page.getByText("every click, text and key appears here")).toBeVisible();
  await page.getByLabel("Full name").pressSequentially("Ada Lovelace");
  await page.getByLabel("Email").pressSequentially("ada@example.test");
  await page.getByLabel("Plus").click();
  await page.getByRole("button", { name: "Continue to address" }).click();
  await page.waitForURL("**/form/address");
  await page.goBack();
  await page.waitForURL("**/form");
  await page.goForward();
  await page.waitForURL("**/form/address");
  await page.getByRole("link", { name: "Back to details" }).click();
  await page.waitForURL("**/form");
  await page.goto(`${site.origin}/hover`);
  await popup.expectSteps([
    "Type “Ada Lovelace” in “Full name”",
    "Type “ada@example.test” in “Email”",
    "Check “Plus” field",
    "Click “Continue to address” button",
    /^Arrive at .*\/form\/address$/,
    "Go back",
    "Go forward",
    "Click “Back to details” link",
    /^Arrive at .*\/form$/,
    /^Open .*\/hover$/,
  ]);
  const { actions, ...head } = await popup.document();
  expect(head).toMatchObject({ version: "1.0.0", testName: "Order: your details", url: `${site.origin}/form`, viewport: { width: 1000 } });
  expect(head.id).toMatch(/^rec_\d{13}$/);
  expect(actions.map(({ id }) => id)).toEqual(actions.map((_, index) => `act_${String(index + 1).padStart(3, "0")}`));
  const times = actions.map(({ timestamp }) => timestamp);
  expect(times, "in the order in which things happened").toEqual([...times].sort((a, b) => a - b));
});

test("a secret never leaves the page, whatever its field is called", async ({ recorder, site }) => {
  const page = await recorder.open(`${site.origin}/form`);
  const popup = await recorder.popup();
  await popup.start();
  await page.getByLabel("Password").pressSequentially("s3cret-Pass");
  await page.goto(`${site.otherOrigin}/form/payment-frame`);
  await page.getByLabel("Card number").pressSequentially("4242424242424242");
  await popup.expectSteps(["Type ${PASSWORD} in “Password”", /^Open/, "Type ${CARD_NUMBER} in “Card number”"]);
  await popup.press("Stop");
  const document = await popup.document();
  expect(document.variables?.map(({ name, fieldType, placeholder }) => [name, fieldType, placeholder])).toEqual([
    ["PASSWORD", "password", "${PASSWORD}"],
    ["CARD_NUMBER", "text", "${CARD_NUMBER}"],
  ]);
  const stored = await (await recorder.worker()).evaluate(async () => JSON.stringify(await chrome.storage.session.get(null)));
  for (const text of [JSON.stringify(document), stored, await popup.page.content()]) expect(text).not.toMatch(/s3cret|4242/);
});

test("nothing is recorded while paused, and the recording goes on afterwards", async ({ recorder, site }) => {
  const page = await recorder.open(`${site.origin}/form`);
  const popup = await recorder.popup();
  await popup.start();
  await page.getByLabel("Full name").pressSequentially("Ada");
  await popup.press("Pause");
  await expect(popup.button("Resume")).toBeVisible();
  await expect.poll(() => popup.badge()).toBe("II");
  await page.getByLabel("Email").pressSequentially("not@recorded.test");
  // A document that loads during the pause does not record either.
  await page.goto(`${site.origin}/form/review`);
  await page.getByRole("button", { name: "Place order" }).click();
  await expect(page.getByText("Thank you")).toBeVisible();
  await popup.press("Resume");
  await expect(popup.button("Pause")).toBeVisible();
  await page.getByRole("button", { name: "Place order" }).click();
  await popup.expectSteps(["Type “Ada” in “Full name”", "Click “Place order” button"]);
});

test("undo takes back the last step, also one that is still being typed", async ({ recorder, site }) => {
  const page = await recorder.open(`${site.origin}/form`);
  const popup = await recorder.popup();
  await popup.start();
  await expect(popup.button("Undo")).toBeDisabled();
  await page.getByLabel("Notes").pressSequentially("first");
  await page.getByLabel("Plus").click();
  await page.getByLabel("Full name").pressSequentially("oops");
  await popup.press("Undo");
  await popup.expectSteps(["Type “first” in “Notes”", "Check “Plus” field"]);
  await popup.press("Undo");
  await popup.expectSteps(["Type “first” in “Notes”"]);
  await page.getByLabel("Send me the newsletter").click();
  await popup.expectSteps(["Type “first” in “Notes”", /^Check “Send me the newsletter”/]);
});

test("what was typed becomes a variable and back", async ({ recorder, site }) => {
  const page = await recorder.open(`${site.origin}/form`);
  const popup = await recorder.popup();
  await popup.start();
  await page.getByLabel("Email").pressSequentially("ada@example.test");
  await popup.press("Make it a variable: Type “ada@example.test” in “Email”");
  const dialog = popup.page.getByRole("dialog", { name: "Make it a variable" });
  const name = dialog.getByRole("textbox", { name: "Name" });
  await expect(name).toHaveValue("EMAIL");
  await name.fill("1 mail");
  await name.press("Enter");
  await expect(dialog.getByRole("alert")).toContainText("letters, digits and _ only");
  await name.fill("USER_EMAIL");
  await name.press("Enter");
  await popup.expectSteps(["Type ${USER_EMAIL} in “Email”"]);
  const marked = await popup.document();
  expect(JSON.stringify(marked)).not.toContain("ada@example.test");
  expect(marked.variables).toMatchObject([{ name: "USER_EMAIL", fieldType: "email", placeholder: "${USER_EMAIL}" }]);
  // Typing on in the same field changes nothing about it.
  await page.getByLabel("Email").pressSequentially(".org");
  await page.getByLabel("Plus").click();
  await popup.expectSteps(["Type ${USER_EMAIL} in “Email”", "Check “Plus” field"]);
  await popup.press("Keep the typed value: Type ${USER_EMAIL} in “Email”");
  await popup.expectSteps(["Type “ada@example.test.org” in “Email”", "Check “Plus” field"]);
  expect((await popup.document()).variables).toBeUndefined();
});

test("frames are recorded with the way to them, of this site and of another, in shadow roots too", async ({ recorder, site }) => {
  const page = await recorder.open(`${site.origin}/form/address`);
  const popup = await recorder.popup();
  await popup.start();
  await page.frameLocator("#address-frame").getByLabel("City").pressSequentially("Porto");
  await page.frameLocator("#payment-frame").getByLabel("Card number").pressSequentially("1");
  await page.evaluate(() => {
    const host = document.body.appendChild(document.createElement("div"));
    host.attachShadow({ mode: "open" }).innerHTML = `<iframe title="Deep" src="/form/address"></iframe>`;
  });
  // A frame that came later, in a shadow root, with a frame of another site in it.
  const deep = page.frameLocator('iframe[title="Deep"]').frameLocator("#payment-frame").getByLabel("Card number");
  await deep.pressSequentially("2");
  await expect(popup.steps()).toHaveCount(3);
  const ways = (await popup.document()).actions.map(({ frames }) => frames?.map(({ selectors, url }) => [selectors[0]?.value, url]));
  expect(ways).toEqual([
    [["address-frame", `${site.origin}/form/address-frame`]],
    [["payment-frame", `${site.otherOrigin}/form/payment-frame`]],
    [
      [expect.stringContaining("Deep"), `${site.origin}/form/address`],
      ["payment-frame", `${site.otherOrigin}/form/payment-frame`],
    ],
  ]);
});
