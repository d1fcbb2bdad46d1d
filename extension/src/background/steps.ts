/** Reports of the scripts in pages become entries of the log. */

import type { Orders } from "../messages";
import type { Step } from "../recording/entry";
import { type Emission, readEmission, readWay } from "../recording/read-step";
import { showBadge } from "./badge";
import { sinceStart } from "./control";
import { learn } from "./frame-paths";
import type { Caller } from "./gate";
import { type Shelf, shelf } from "./shelf";

type PageCaller = Caller & { kind: "page" };

/** A document asks what it shall do; in a tab that is not recorded, nothing. */
export async function hello(caller: PageCaller, way: unknown): Promise<Orders> {
  const { recording } = await shelf();
  if (!recording || recording.phase === "stopped") return { phase: "idle", picking: false };
  // A new tab's first document may be there before the browser has told of the tab.
  const mayBelong = recording.tabs.some(({ id }) => id === caller.tabId) || recording.awaited.includes(caller.tabId);
  if (!mayBelong) return { phase: "idle", picking: false };
  // Learned now, while the frame is there.
  void learn(caller, readWay(way));
  return { phase: recording.phase, picking: recording.picking };
}

export async function take(caller: PageCaller, message: unknown, way: unknown): Promise<void> {
  const box = await shelf();
  const emission = readEmission(message);
  const tab = box.recording?.tabs.find(({ id }) => id === caller.tabId);
  if (!emission || !tab) return;
  const step = await placed(box, caller, emission, way);
  if (!takes(box, step)) return;
  const key = (id: string) => `${caller.tabId}/${caller.frameId}/${caller.documentId}/${id}`;
  const emit = key(emission.emitId);
  const touched = sinceStart(box);
  // The same emission again is one whose receipt got lost: it must not become a second step.
  const known = await box.replace(key(emission.replaces ?? emission.emitId), (entry) => ({ ...entry, emit, touched, step }));
  if (known) return;
  // The moment of the emission orders it among what the browser reports; a hover's own time lies before.
  const at = step.completedAt ?? step.timestamp;
  await keep(box, () => box.add({ kind: "step", at, tab: tab.index, emit, touched, step }));
}

/** Whether a step of this moment belongs to the recording. */
function takes({ recording }: Shelf, step: Step): boolean {
  return recording !== null && (recording.phase === "recording" || step.timestamp <= recording.until);
}

async function placed(box: Shelf, caller: PageCaller, { step }: Emission, way: unknown): Promise<Step> {
  const frames = await learn(caller, readWay(way));
  return {
    ...step,
    timestamp: sinceStart(box, step.timestamp),
    ...(step.completedAt === undefined ? {} : { completedAt: sinceStart(box, step.completedAt) }),
    ...(frames.length > 0 ? { frames } : {}),
  };
}

/** Stores something; when the storage is full, the recording pauses and says so instead of losing steps silently. */
export async function keep(box: Shelf, store: () => Promise<void>): Promise<void> {
  try {
    await store();
  } catch (error) {
    console.warn("a step could not be stored", error);
    await box.change({ phase: "paused", problem: "The recording is full, so it was paused. Stop it and save what is there." });
    await showBadge(box.recording);
  }
}
