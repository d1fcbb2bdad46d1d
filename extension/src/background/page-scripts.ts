/** The script in the pages: put there while something is recorded only, told what to do, and asked about frames. */

import type { ToPage } from "../messages";

const scriptId = "recorder";
const file = "content.js";
/** A page that is busy, or held up by a dialog, is not waited for longer. */
const patienceMs = 700;

/** Every document that loads from now on records from its first moment. */
export async function register(): Promise<void> {
  await unregister();
  await chrome.scripting.registerContentScripts([
    {
      id: scriptId,
      js: [file],
      matches: ["http://*/*", "https://*/*"],
      allFrames: true,
      matchOriginAsFallback: true,
      runAt: "document_start",
      persistAcrossSessions: false,
    },
  ]);
}

export async function unregister(): Promise<void> {
  const present = await chrome.scripting.getRegisteredContentScripts({ ids: [scriptId] });
  if (present.length > 0) await chrome.scripting.unregisterContentScripts({ ids: [scriptId] });
}

/** Puts the script into the documents that a tab shows now. */
export async function inject(tabId: number): Promise<void> {
  await chrome.scripting.executeScript({ target: { tabId, allFrames: true }, files: [file], injectImmediately: true });
}

/** Tells every frame of these tabs, and comes back when all have heard it that can. */
export async function tell(tabIds: number[], message: ToPage): Promise<void> {
  await Promise.all(tabIds.map((tabId) => tellTab(tabId, message)));
}

async function tellTab(tabId: number, message: ToPage): Promise<void> {
  const frames = (await chrome.webNavigation.getAllFrames({ tabId }).catch(() => null)) ?? [];
  await Promise.all(frames.map(({ frameId }) => ask(tabId, frameId, message)));
}

/** One frame's answer; `undefined` when it gives none in time. */
export async function ask(tabId: number, frameId: number, message: ToPage): Promise<unknown> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLate = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, patienceMs);
  });
  // A frame without the script, or one that is going away, has nothing to say.
  const answer = chrome.tabs.sendMessage(tabId, message, { frameId }).catch(() => undefined);
  try {
    return await Promise.race([answer, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
