import type { Page } from "@playwright/test";
import { expect, test } from "./support/fixtures";
import type { Recorder } from "./support/recorder";

/** Sends messages as a script of the extension in that page would, which a page could only do if it broke its browser. */
async function sendAsPageScript(recorder: Recorder, page: Page, messages: unknown[]): Promise<unknown[]> {
  const send = async ([url, list]: [string, unknown[]]) => {
    const [tab] = await chrome.tabs.query({ url });
    const func = async (sent: unknown[]) => {
      const answers: unknown[] = [];
      for (const one of sent) answers.push((await chrome.runtime.sendMessage(one).catch(() => undefined)) ?? null);
      return answers;
    };
    const [answer] = await chrome.scripting.executeScript({ target: { tabId: tab?.id ?? -1 }, func, args: [list] });
    return answer?.result ?? [];
  };
  return (await recorder.worker()).evaluate(send, [page.url(), messages] as [string, unknown[]]);
}

const emission = (step: Record<string, unknown>) => ({
  from: "page",
  kind: "emission",
  way: [],
  emission: { emitId: `forged-${JSON.stringify(step).length}`, step: { timestamp: Date.now(), url: "http://x.test/", ...step } },
});

test("a page can neither reach the extension nor forge a step", async ({ recorder, site }) => {
  const page = await recorder.open(`${site.origin}/form`);
  const popup = await recorder.popup();
  await popup.start();
  const reached = await page.evaluate(async (origin) => {
    const step = { type: "click", timestamp: Date.now(), url: location.href, selectors: [{ strategy: "css", value: "#next" }] };
    const messages = [
      { from: "page", kind: "emission", way: [], emission: { emitId: "forged", step } },
      { from: "ui", command: "stop" },
      { to: "page", kind: "stop" },
      { kind: "step", emitId: "forged", step },
    ];
    for (const message of messages) {
      postMessage(message, "*");
      dispatchEvent(new MessageEvent("message", { data: message }));
      (globalThis as { __proscenium_emit?: (text: string) => void }).__proscenium_emit?.(JSON.stringify(message));
    }
    const button = document.querySelector("#news") as HTMLElement;
    button.click();
    for (const type of ["pointerdown", "pointerup", "click"])
      button.dispatchEvent(new PointerEvent(type, { bubbles: true, composed: true }));
    const name = document.querySelector("#full-name") as HTMLInputElement;
    name.value = "forged";
    name.dispatchEvent(new InputEvent("input", { bubbles: true }));
    const frame = document.body.appendChild(document.createElement("iframe"));
    const framed = new Promise((resolve) => frame.addEventListener("load", () => resolve(frame.contentDocument === null)));
    frame.src = `${origin}/popup.html`;
    return {
      runtime: typeof (globalThis as { chrome?: { runtime?: { sendMessage?: unknown } } }).chrome?.runtime?.sendMessage,
      recorder: typeof (globalThis as Record<string, unknown>)["__prosceniumExtension"],
      fetched: await fetch(`${origin}/popup.html`).then(
        () => true,
        () => false,
      ),
      framed: await framed,
    };
  }, recorder.origin);
  expect(reached).toEqual({ runtime: "undefined", recorder: "undefined", fetched: false, framed: true });
  expect(page.frames().some((frame) => frame.url().startsWith(`${recorder.origin}/popup`))).toBe(false);
  // Whatever was sent came before this.
  await page.getByLabel("Plus").click();
  await popup.expectSteps(["Check “Plus” field"]);
  expect(await popup.badge()).toBe("REC");
});

test("a page cannot pick, cancel or see the pointing with events of its own", async ({ recorder, site }) => {
  const page = await recorder.open(`${site.origin}/form`);
  const popup = await recorder.popup();
  await popup.start();
  await popup.press("Add check");
  await expect.poll(() => popup.badge()).toBe("◎");
  await page.evaluate(() => {
    const button = document.querySelector("#next") as HTMLElement;
    button.dispatchEvent(new PointerEvent("pointerup", { bubbles: true, clientX: 5, clientY: 5 }));
    button.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
    button.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
  });
  await page.getByLabel("Notes").hover();
  expect(await popup.badge()).toBe("◎");
  await page.bringToFront();
  await page.keyboard.press("Escape");
  await expect.poll(() => popup.badge()).toBe("REC");
});

test("even the extension's own script in a page may only report gestures, of recorded tabs, in their shape", async ({ recorder, site }) => {
  const other = await recorder.open(`${site.origin}/hover`);
  const page = await recorder.open(`${site.origin}/form`);
  const popup = await recorder.popup();
  await popup.start();
  const commands = ["state", "stop", "document", "upload", "discard", "undo"].map((command) => ({ from: "ui", command }));
  expect(await sendAsPageScript(recorder, page, [...commands, "text", 7, [], { from: "page", kind: "start" }])).toEqual(
    Array(commands.length + 4).fill(null),
  );
  const selectors = [{ strategy: "css", value: "#x" }];
  const answers = await sendAsPageScript(recorder, page, [
    emission({ type: "javascript", expression: "steal()" }),
    emission({ type: "navigation", to: "http://evil.test/" }),
    emission({ type: "click", selectors: "all" }),
    emission({ type: "click", selectors, timestamp: "now" }),
    emission({ type: "click", selectors, text: "x".repeat(300_000) }),
    { from: "page", kind: "emission", emission: null, way: "top" },
    { from: "page", kind: "picked", picked: { selectors }, way: [] },
  ]);
  expect(answers).toEqual(Array(7).fill({ ok: true }));
  await sendAsPageScript(recorder, other, [emission({ type: "click", selectors })]);
  // The storage and its token are closed to scripts in pages.
  const read = async (url: string) => {
    const [tab] = await chrome.tabs.query({ url });
    const func = () => Promise.all([chrome.storage.local.get(), chrome.storage.session.get()]).then(JSON.stringify, String);
    const [answer] = await chrome.scripting.executeScript({ target: { tabId: tab?.id ?? -1 }, func });
    return String(answer?.result);
  };
  expect(await (await recorder.worker()).evaluate(read, page.url())).toContain("not allowed");
  await page.getByLabel("Plus").click();
  await popup.expectSteps(["Check “Plus” field"]);
});
