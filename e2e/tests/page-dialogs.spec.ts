import { expect, test } from "../support/fixtures.js";
import { LiveSession } from "../support/live-session.js";

test("alert, confirm, prompt and leaving are the viewer's to answer", async ({ studio, product, site }) => {
  const live = await LiveSession.open(studio, product.api, `${site.origin}/dialogs`);
  const says = studio.getByRole("alertdialog", { name: "The page says" });
  const asks = studio.getByRole("alertdialog", { name: "The page asks" });

  await live.click("#alert");
  await expect(says).toContainText("Hello from the page");
  await expect(says.getByRole("button", { name: "Cancel" })).toHaveCount(0);
  await says.getByRole("button", { name: "OK" }).click();
  await live.expectRemote(live.text("#answer"), "alert closed");

  for (const [button, result] of [
    ["OK", "confirm: true"],
    ["Cancel", "confirm: false"],
  ] as const) {
    await live.click("#confirm");
    await expect(asks).toContainText("Really delete everything?");
    await asks.getByRole("button", { name: button }).click();
    await live.expectRemote(live.text("#answer"), result);
  }

  await live.click("#prompt");
  const answer = asks.getByRole("textbox", { name: "Answer" });
  await expect(answer).toHaveValue("Nobody");
  await answer.fill("Ada");
  await asks.getByRole("button", { name: "OK" }).click();
  await live.expectRemote(live.text("#answer"), "prompt: Ada");
  await live.click("#prompt");
  await asks.getByRole("button", { name: "Cancel" }).click();
  await live.expectRemote(live.text("#answer"), "prompt: null");

  await live.click("#guard");
  await live.click("#leave");
  const leave = studio.getByRole("alertdialog", { name: "Leave this page?" });
  await leave.getByRole("button", { name: "Stay" }).click();
  await live.expectRemote("location.pathname", "/dialogs");
  await live.click("#leave");
  await leave.getByRole("button", { name: "Leave" }).click();
  await live.expectRemote("location.pathname", "/");
});

test("a dialog can be answered by a viewer who arrives while it is open", async ({ studio, product, site, context }) => {
  const live = await LiveSession.open(studio, product.api, `${site.origin}/dialogs`);
  await live.click("#confirm");
  await expect(studio.getByRole("alertdialog", { name: "The page asks" })).toBeVisible();
  const second = await context.newPage();
  await second.goto(studio.url());
  await expect(second.getByRole("alertdialog", { name: "The page asks" })).toContainText("Really delete everything?");
  await studio.getByRole("alertdialog").getByRole("button", { name: "OK" }).click();
  await expect(second.getByRole("alertdialog")).toHaveCount(0);
  await live.expectRemote(live.text("#answer"), "confirm: true");
});
