/** Start, pause, resume, stop, undo, discard. */

import type { Surroundings } from "../recording/document";
import { historyFrom } from "../recording/history";
import { withoutLastStep } from "../recording/steps";
import { showBadge } from "./badge";
import { isRecordable } from "./gate";
import { inject, register, tell, unregister } from "./page-scripts";
import { type Shelf, shelf } from "./shelf";

/** A refusal in words for the person who asked. */
export class Refusal extends Error {}

export async function start(tab: chrome.tabs.Tab | undefined): Promise<void> {
  const box = await shelf();
  if (box.recording && box.recording.phase !== "stopped") throw new Refusal("A recording is under way: stop it first.");
  if (tab?.id === undefined || !isRecordable(tab.url)) {
    throw new Refusal("This page cannot be recorded. Open a web page (http or https) in this window and start again.");
  }
  const startedAt = Date.now();
  const surroundings = await measure(tab.id);
  const url = tab.url ?? "";
  await box.begin({
    phase: "recording",
    head: { name: tab.title?.trim().slice(0, 200) || new URL(url).host, url, startedAt, surroundings, variables: [] },
    tabs: [{ id: tab.id, index: 0, url, history: historyFrom(url) }],
    numbered: 1,
    awaited: [],
    windowId: tab.windowId,
    until: 0,
    next: 1,
    picking: false,
    pending: null,
    upload: null,
    problem: null,
  });
  await register();
  await inject(tab.id);
  // A document that was recorded before has the script already, which waits for this.
  await tell([tab.id], { to: "page", kind: "begin" });
  await showBadge(box.recording);
}

export async function pause(): Promise<void> {
  const box = await shelf();
  if (box.recording?.phase !== "recording") return;
  await tell(tabIds(box), { to: "page", kind: "pause" });
  await box.change({ phase: "paused", until: sinceStart(box) });
  await showBadge(box.recording);
}

export async function resume(): Promise<void> {
  const box = await shelf();
  if (box.recording?.phase !== "paused") return;
  await box.change({ phase: "recording", problem: null });
  await tell(tabIds(box), { to: "page", kind: "resume" });
  await showBadge(box.recording);
}

export async function stop(): Promise<void> {
  const box = await shelf();
  const { recording } = box;
  if (!recording || recording.phase === "stopped") return;
  await tell(tabIds(box), { to: "page", kind: "stop" });
  const until = recording.phase === "recording" ? sinceStart(box) : recording.until;
  await box.change({ phase: "stopped", until, picking: false, head: { ...recording.head, endedAt: Date.now() } });
  await unregister();
  await showBadge(box.recording);
}

export async function undo(): Promise<void> {
  const box = await shelf();
  await box.keep(withoutLastStep(box.entries));
}

export async function discard(): Promise<void> {
  await stop();
  await (await shelf()).clear();
  await showBadge(null);
}

/** Makes the frames give out what they hold back, before steps are counted or taken away. */
export async function settle(): Promise<void> {
  const box = await shelf();
  if (box.recording?.phase === "recording") await tell(tabIds(box), { to: "page", kind: "settle" });
}

export function tabIds(box: Shelf): number[] {
  return box.recording?.tabs.map(({ id }) => id) ?? [];
}

export function sinceStart(box: Shelf, epochMs = Date.now()): number {
  return Math.max(0, Math.ceil(epochMs - (box.recording?.head.startedAt ?? epochMs)));
}

async function measure(tabId: number): Promise<Surroundings> {
  const read = (): Surroundings => ({
    viewport: { width: innerWidth, height: innerHeight },
    windowSize: { width: outerWidth, height: outerHeight },
    screenSize: { width: screen.width, height: screen.height },
    devicePixelRatio,
    userAgent: navigator.userAgent,
  });
  try {
    const [answer] = await chrome.scripting.executeScript({ target: { tabId }, func: read });
    if (answer?.result) return answer.result;
  } catch (error) {
    console.debug("a page could not be measured", error);
  }
  throw new Refusal("The browser keeps extensions out of this page. Open another one, or allow this extension on it in its site access.");
}
