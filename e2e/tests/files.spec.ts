import { expect, test } from "../support/fixtures.js";
import { LiveSession } from "../support/live-session.js";

const text = (name: string, content: string) => ({ name, mimeType: "text/plain", buffer: Buffer.from(content) });

test("files of the viewer reach the page's file inputs, one, many and behind a button", async ({ studio, product, site }) => {
  const live = await LiveSession.open(studio, product.api, `${site.origin}/upload`);
  const dialog = studio.getByRole("dialog", { name: "Choose files" });

  await live.click("#one", { fx: 0.15 });
  await dialog.getByLabel("Files").setInputFiles(text("notes.txt", "remember the milk"));
  await dialog.getByRole("button", { name: "Upload" }).click();
  await live.expectRemote(live.text("#chosen"), "one: notes.txt 17 remember the milk");

  await live.click("#many", { fx: 0.15 });
  await dialog.getByLabel("Files").setInputFiles([text("a.txt", "a"), text("b.txt", "bb")]);
  await dialog.getByRole("button", { name: "Upload" }).click();
  await live.expectRemote(live.text("#chosen"), "many: a.txt 1 a | b.txt 2 bb");

  await live.click("#custom");
  await dialog.getByLabel("Files").setInputFiles(text("../sly.txt", "x"));
  await dialog.getByRole("button", { name: "Upload" }).click();
  await live.expectRemote(live.text("#chosen"), "hidden: sly.txt 1 x");

  await live.click("#one", { fx: 0.15 });
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await expect(dialog).toBeHidden();
  await live.expectRemote("document.querySelector('#one').files.length", 1, "a cancelled chooser keeps what was chosen");
});

test("a download of the page is offered to the viewer with its content", async ({ studio, product, site, context }) => {
  const live = await LiveSession.open(studio, product.api, `${site.origin}/upload`);
  await live.click("#download");
  const said = studio.getByRole("region", { name: "Notifications" });
  await expect(said).toContainText("report.csv downloaded");
  const asked = context.waitForEvent("request", (request) => request.url().includes("/artifacts/"));
  await said.getByRole("button", { name: "Open" }).click();
  const content = await product.api.fetch("GET", new URL((await asked).url()).pathname.replace("/api/v1", ""));
  expect(await content.text()).toBe("name,amount\nlamp,3\n");
  expect(content.headers.get("content-disposition")).toMatch(/attachment.*report\.csv/);
});
