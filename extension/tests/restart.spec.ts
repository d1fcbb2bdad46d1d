import { test as base, expect } from "./support/fixtures";
import { type Popup, Recorder } from "./support/recorder";

/** Ends the service worker as the browser does when it was idle. */
async function endWorker(recorder: Recorder, popup: Popup): Promise<void> {
  const session = await recorder.context.newCDPSession(popup.page);
  const stopped = new Promise<void>((resolve) => {
    session.on("ServiceWorker.workerVersionUpdated", ({ versions }) => {
      if (versions.some(({ runningStatus }) => runningStatus === "stopped")) resolve();
    });
  });
  await session.send("ServiceWorker.enable");
  await session.send("ServiceWorker.stopAllWorkers");
  await stopped;
  await session.detach();
}

// A browser of its own: what was attached to the worker that ended is of no use any more.
const test = base.extend<{ own: Recorder }>({
  own: async ({}, use) => {
    const recorder = await Recorder.launch();
    await use(recorder);
    await recorder.close();
  },
});

test("the service worker may end at any time: no step is lost, and the recording goes on", async ({ own: recorder, site }) => {
  const page = await recorder.open(`${site.origin}/form`);
  const popup = await recorder.popup();
  await popup.start();
  await page.getByLabel("Full name").pressSequentially("Ada");
  await popup.expectSteps(["Type “Ada” in “Full name”"]);
  await endWorker(recorder, popup);
  // The first thing that the new one hears is a click whose page is gone in the next moment.
  await page.bringToFront();
  await page.evaluate(() => document.querySelector("#details")?.setAttribute("novalidate", ""));
  await page.getByRole("button", { name: "Continue to address" }).click();
  await page.waitForURL("**/form/address");
  await page.frameLocator("#payment-frame").getByLabel("Card number").pressSequentially("1");
  const all = ["Type “Ada” in “Full name”", "Click “Continue to address” button", /^Arrive at/, "Type ${CARD_NUMBER} in “Card number”"];
  await popup.expectSteps(all);
  await popup.press("Pause");
  await expect(popup.button("Resume")).toBeVisible();
  await endWorker(recorder, popup);
  await popup.page.reload();
  await popup.expectSteps(all);
  await expect(popup.button("Resume")).toBeVisible();
  expect(await popup.badge()).toBe("II");
  await popup.press("Stop");
  await expect(popup.page.getByRole("heading", { name: "Save the recording" })).toBeVisible();
  const frames = (await popup.document()).actions.at(-1)?.frames;
  expect(frames?.[0]?.selectors[0]?.value).toBe("payment-frame");
});
