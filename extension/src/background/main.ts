/**
 * The service worker: hears the pages' scripts, the browser and the extension's own pages. It may end between any two
 * events, so it keeps nothing that `shelf.ts` has not stored, and listens from its first turn on.
 */

import type { Answer, FromPage, FromUi } from "../messages";
import { isObject } from "../recording/read-step";
import { showBadge } from "./badge";
import { arrived, closed, created, opened, replaced } from "./browsing";
import { picked, unpick } from "./checks";
import { obey, shortcut } from "./commands";
import { Refusal } from "./control";
import { callerOf, ownIdentity } from "./gate";
import { unregister } from "./page-scripts";
import { inTurn } from "./queue";
import { ServerError } from "./server";
import { closeStorage } from "./settings";
import { shelf } from "./shelf";
import { hello, take } from "./steps";
import { forgetBrokenUpload } from "./upload";

chrome.runtime.onMessage.addListener((message: unknown, sender, respond) => {
  const work = workFor(message, sender);
  if (!work) return false;
  work().then(
    (value) => respond({ ok: true, value } satisfies Answer),
    (error: unknown) => respond({ ok: false, message: wordsFor(error) } satisfies Answer),
  );
  return true;
});

function workFor(message: unknown, sender: chrome.runtime.MessageSender): (() => Promise<unknown>) | null {
  const caller = callerOf(sender, ownIdentity());
  if (!caller || !isObject(message)) return null;
  if (caller.kind === "ui") return message["from"] === "ui" ? () => obey(message as FromUi) : null;
  if (message["from"] !== "page") return null;
  const said = message as FromPage;
  switch (said.kind) {
    case "hello":
      return () => inTurn(() => hello(caller, said.way));
    case "emission":
      return () => inTurn(() => take(caller, said.emission, said.way));
    case "picked":
      return () => inTurn(() => picked(caller, said.picked, said.way));
    case "pickCancelled":
      return () => inTurn(unpick);
    default:
      return null;
  }
}

function wordsFor(error: unknown): string {
  if (error instanceof Refusal || error instanceof ServerError) return error.message;
  console.error("something went wrong inside the extension", error);
  return "Something went wrong inside the extension. Its service worker's console has the details.";
}

// What it beats is of no interest; that it does keeps this worker running while something is recorded.
chrome.runtime.onConnect.addListener((port) => {
  const caller = port.sender && callerOf(port.sender, ownIdentity());
  if (caller?.kind !== "page") return port.disconnect();
  port.onMessage.addListener(() => {});
});

/** A browser event that is worked on in its turn; a failure concerns nobody who could be told. */
function heard(work: () => Promise<void>): void {
  inTurn(work).catch((error: unknown) => console.error("an event of the browser was not understood", error));
}

chrome.webNavigation.onCommitted.addListener((details) => heard(() => arrived(details, false)));
chrome.webNavigation.onHistoryStateUpdated.addListener((details) => heard(() => arrived(details, true)));
chrome.webNavigation.onReferenceFragmentUpdated.addListener((details) => heard(() => arrived(details, true)));
chrome.webNavigation.onCreatedNavigationTarget.addListener(({ sourceTabId, tabId, url, timeStamp }) =>
  heard(() => opened(sourceTabId, tabId, url, timeStamp)),
);
chrome.tabs.onCreated.addListener((tab) => heard(() => created(tab)));
chrome.tabs.onRemoved.addListener((tabId) => heard(() => closed(tabId)));
chrome.tabs.onReplaced.addListener((added, removed) => heard(() => replaced(added, removed)));
chrome.commands.onCommand.addListener((command) => {
  shortcut(command).catch((error: unknown) => console.debug("a shortcut had nothing to do", error));
});

heard(async () => {
  await closeStorage();
  await forgetBrokenUpload();
  const { recording } = await shelf();
  // After an update or a restart of the browser nothing is recorded, whatever was registered before.
  if (!recording || recording.phase === "stopped") await unregister();
  await showBadge(recording);
});
