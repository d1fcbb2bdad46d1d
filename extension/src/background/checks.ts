/** Checks by pointing: the frames pick, the popup asks what to check, and the answer becomes a step. */

import type { Picked } from "@/features/live/protocol.ts";
import type { CheckChoice } from "../messages";
import type { Step } from "../recording/entry";
import { isObject, isSelectorList, readWay } from "../recording/read-step";
import { showBadge } from "./badge";
import { Refusal, sinceStart, tabIds } from "./control";
import { learn } from "./frame-paths";
import type { Caller } from "./gate";
import { tell } from "./page-scripts";
import { shelf } from "./shelf";
import { keep } from "./steps";

const aboutPage = new Set(["urlMatch", "urlContains", "pageTitle"]);
const aboutElement = new Set([
  "elementVisible",
  "elementText",
  "containsText",
  "elementHasValue",
  "elementChecked",
  "elementEnabled",
  "elementEditable",
  "visual",
]);

/** Lets the person point at an element, in every frame of every recorded tab. */
export async function pick(): Promise<void> {
  const box = await shelf();
  if (!box.recording || box.recording.phase === "stopped") throw new Refusal("Start recording before adding a check.");
  await box.change({ picking: true, pending: null });
  await tell(tabIds(box), { to: "page", kind: "pick" });
  await showBadge(box.recording);
}

/** Ends the pointing. */
export async function unpick(): Promise<void> {
  const box = await shelf();
  if (!box.recording?.picking) return;
  await box.change({ picking: false });
  await tell(tabIds(box), { to: "page", kind: "unpick" });
  await showBadge(box.recording);
}

export async function picked(caller: Caller & { kind: "page" }, value: unknown, way: unknown): Promise<void> {
  const box = await shelf();
  const tab = box.recording?.tabs.find(({ id }) => id === caller.tabId);
  if (!box.recording?.picking || !tab || !isPicked(value)) return;
  const at = sinceStart(box);
  const frames = await learn(caller, readWay(way));
  const { pageUrl: url, title } = caller;
  await box.change({ pending: { picked: value, frames, tab: tab.index, at, url, title } });
  await unpick();
  // Older browsers and windows in the background open no popup; the badge asks for it.
  // Not waited for: the popup asks for the state as it loads, and that question waits for this turn to end.
  void chrome.action.openPopup({ windowId: caller.windowId }).catch(() => {});
}

/** The check of what was pointed at. */
export async function addCheck({ kind, expected, negated }: CheckChoice): Promise<void> {
  const box = await shelf();
  const pending = box.recording?.pending;
  if (!pending) throw new Refusal("Point at an element first.");
  if (!aboutPage.has(kind) && !aboutElement.has(kind)) throw new Refusal(`There is no check “${kind}”.`);
  const aboutUrl = kind === "urlMatch" || kind === "urlContains";
  const step: Step = {
    type: "checkpoint",
    timestamp: pending.at,
    url: pending.url,
    checkType: kind,
    ...(expected === undefined ? {} : aboutUrl ? { expectedUrl: expected } : { expectedValue: expected }),
    ...(negated ? { negated: true } : {}),
    auto: false,
    ...(aboutElement.has(kind)
      ? { selectors: pending.picked.selectors, ...(pending.frames.length > 0 ? { frames: pending.frames } : {}) }
      : {}),
  };
  await keep(box, () =>
    box.add({ kind: "step", at: pending.at, tab: pending.tab, emit: `check/${pending.at}/${kind}`, touched: pending.at, step }),
  );
  await dropCheck();
}

export async function dropCheck(): Promise<void> {
  const box = await shelf();
  await box.change({ pending: null });
  await showBadge(box.recording);
}

function isPicked(value: unknown): value is Picked {
  return isObject(value) && isSelectorList(value["selectors"]) && JSON.stringify(value).length < 100_000;
}
