/** What the browser tells of tabs and addresses becomes entries of the log. */

import type { Cause } from "../recording/entry";
import { historyFrom, moved, visited } from "../recording/history";
import { sinceStart, stop } from "./control";
import { isRecordable } from "./gate";
import { tell } from "./page-scripts";
import { type RecordedTab, type Shelf, shelf } from "./shelf";
import { keep } from "./steps";

/** A tab that closes this soon after a step in it was closed by that step. */
const closedByPageMs = 1_000;

type Committed = chrome.webNavigation.WebNavigationTransitionCallbackDetails;

/** A page of a tab arrived somewhere. */
export async function arrived(details: Committed, sameDocument: boolean): Promise<void> {
  const box = await shelf();
  if (!box.recording || box.recording.phase === "stopped") return;
  if (details.frameId !== 0 || details.documentLifecycle === "prerender" || !isRecordable(details.url)) return;
  const tab = box.recording.tabs.find(({ id }) => id === details.tabId);
  if (!tab) return adoptAwaited(box, details);
  const from = tab.url;
  const cause = goTo(tab, details);
  const at = sinceStart(box, details.timeStamp);
  if (box.recording.phase !== "recording") return box.save();
  await keep(box, () => box.add({ kind: "arrival", at, tab: tab.index, from, to: details.url, sameDocument, ...(cause ? { cause } : {}) }));
}

/** A page opened a tab. */
export async function opened(sourceTabId: number, tabId: number, url: string, timeStamp: number): Promise<void> {
  const box = await shelf();
  const opener = box.recording?.tabs.find(({ id }) => id === sourceTabId);
  if (!box.recording || box.recording.phase === "stopped" || !opener) return;
  await adopt(box, { tabId, url, timeStamp, trigger: "popup", opener: opener.index });
}

/** A tab was opened by a person, or will turn out to be a page's doing; its first address tells. */
export async function created(tab: chrome.tabs.Tab): Promise<void> {
  const box = await shelf();
  const { recording } = box;
  if (recording?.phase !== "recording" || tab.id === undefined || tab.windowId !== recording.windowId) return;
  await box.change({ awaited: [...recording.awaited, tab.id].slice(-50) });
}

export async function closed(tabId: number): Promise<void> {
  const box = await shelf();
  const { recording } = box;
  const tab = recording?.tabs.find(({ id }) => id === tabId);
  if (!recording || recording.phase === "stopped") return;
  recording.awaited = recording.awaited.filter((id) => id !== tabId);
  recording.tabs = recording.tabs.filter(({ id }) => id !== tabId);
  if (!tab) return box.save();
  const at = sinceStart(box);
  const last = box.entries.findLast((entry) => entry.tab === tab.index);
  const byPage = last?.kind === "step" && at - last.touched < closedByPageMs;
  if (recording.phase === "recording") {
    await keep(box, () => box.add({ kind: "closed", at, tab: tab.index, trigger: byPage ? "page" : "manual" }));
  } else {
    await box.save();
  }
  if (recording.tabs.length === 0) await stop();
}

/** The browser put another tab in the place of one. */
export async function replaced(added: number, removed: number): Promise<void> {
  const box = await shelf();
  const tab = box.recording?.tabs.find(({ id }) => id === removed);
  if (!tab) return;
  tab.id = added;
  await box.save();
}

async function adoptAwaited(box: Shelf, details: Committed): Promise<void> {
  if (!box.recording?.awaited.includes(details.tabId)) return;
  await adopt(box, { tabId: details.tabId, url: details.url, timeStamp: details.timeStamp, trigger: "manual" });
}

interface Newcomer {
  tabId: number;
  url: string;
  timeStamp: number;
  trigger: "popup" | "manual";
  opener?: number;
}

async function adopt(box: Shelf, { tabId, url, timeStamp, trigger, opener }: Newcomer): Promise<void> {
  const { recording } = box;
  if (!recording || recording.tabs.some(({ id }) => id === tabId)) return;
  const index = recording.numbered++;
  recording.awaited = recording.awaited.filter((id) => id !== tabId);
  recording.tabs.push({ id: tabId, index, url, history: historyFrom(url) });
  if (recording.phase !== "recording") return box.save();
  // A document that asked before the browser told of its tab was sent to sleep.
  await tell([tabId], { to: "page", kind: "begin" });
  const at = sinceStart(box, timeStamp);
  await keep(box, () => box.add({ kind: "opened", at, tab: index, url, trigger, ...(opener === undefined ? {} : { opener }) }));
}

/** Moves the tab on, and answers what the browser says of the cause. */
function goTo(tab: RecordedTab, { url, transitionType, transitionQualifiers }: Committed): Cause | undefined {
  tab.url = url;
  if (transitionQualifiers.includes("forward_back")) {
    const { history, way } = moved(tab.history, url);
    tab.history = history;
    return way;
  }
  const isRedirect = transitionQualifiers.includes("client_redirect");
  tab.history = visited(tab.history, url, isRedirect || transitionType === "reload");
  if (transitionQualifiers.includes("from_address_bar") || byPerson.has(transitionType)) return "manual";
  return isRedirect ? "redirect" : undefined;
}

const byPerson = new Set(["typed", "auto_bookmark", "generated", "keyword", "keyword_generated", "start_page", "reload"]);
