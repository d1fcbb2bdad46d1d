/** The way from a page to its frames, as a recording writes it: the element of each frame, outermost first. */

import type { FrameRef } from "../recording/entry";
import { readFrame } from "../recording/read-step";
import { ask } from "./page-scripts";

/** Ways as they were last known: a click may take its frame away before its step arrives. */
const known = new Map<string, FrameRef[]>();
const most = 300;

interface Place {
  tabId: number;
  frameId: number;
  documentId: string;
}

/** `way` holds the place of each frame among its siblings, from the page down. */
export async function learn(place: Place, way: number[]): Promise<FrameRef[]> {
  if (place.frameId === 0) return [];
  const key = `${place.tabId}/${place.frameId}/${place.documentId}`;
  const learnt = await askForWay(place, way);
  if (!learnt) return known.get(key) ?? [];
  known.set(key, learnt);
  if (known.size > most) known.delete(known.keys().next().value ?? "");
  return learnt;
}

async function askForWay({ tabId, frameId }: Place, way: number[]): Promise<FrameRef[] | null> {
  const frames = await chrome.webNavigation.getAllFrames({ tabId }).catch(() => null);
  const byId = new Map(frames?.map((frame) => [frame.frameId, frame]));
  const chain: chrome.webNavigation.GetAllFrameResultDetails[] = [];
  for (let at = byId.get(frameId); at; at = byId.get(at.parentFrameId)) chain.unshift(at);
  if (chain[0]?.frameId !== 0 || chain.length !== way.length + 1) return null;
  const asked = way.map(async (index, depth) => {
    const [parent, child] = [chain[depth], chain[depth + 1]];
    if (!parent || !child) return null;
    return readFrame(await ask(tabId, parent.frameId, { to: "page", kind: "describeFrame", index }), child.url);
  });
  const refs = await Promise.all(asked);
  return refs.every((ref) => ref !== null) ? refs : null;
}
