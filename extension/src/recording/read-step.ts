/** A step out of a message. The page's recorder made it, but what runs in a page is not trusted to have stayed itself. */

import type { FrameRef, Selector, Step } from "./entry";

/** A message of the page's recorder; times are epoch milliseconds. */
export interface Emission {
  emitId: string;
  replaces?: string;
  step: Step;
}

const gestures = new Set(["click", "input", "select", "upload", "keypress", "submit", "scroll", "wheel", "hover", "drag"]);
/** No gesture needs more, in characters of JSON. */
const longest = 200_000;

/** `null` for everything that is not a step of the page's recorder. */
export function readEmission(value: unknown): Emission | null {
  if (!isObject(value) || !isShort(value["emitId"]) || !isObject(value["step"])) return null;
  const { emitId, replaces } = value;
  if (replaces !== undefined && !isShort(replaces)) return null;
  const { box: _, id: __, name: ___, frames: ____, ...step } = value["step"];
  const { type, timestamp, completedAt, url, selectors } = step;
  if (typeof type !== "string" || !gestures.has(type)) return null;
  if (!isTime(timestamp) || (completedAt !== undefined && !isTime(completedAt))) return null;
  if (typeof url !== "string" || url.length > 8_000) return null;
  if (selectors !== undefined && !isSelectorList(selectors)) return null;
  if (JSON.stringify(step).length > longest) return null;
  return { emitId, ...(replaces === undefined ? {} : { replaces }), step: step as Step };
}

/** The places of the frames on the way to a frame, outermost first; empty for the page's own document. */
export function readWay(value: unknown): number[] {
  const isIndex = (one: unknown) => Number.isInteger(one) && Number(one) >= -1 && Number(one) < 1_000;
  return Array.isArray(value) && value.length <= 20 && value.every(isIndex) ? value : [];
}

/** A frame's element as the page describes it. */
export function readFrame(value: unknown, url: string): FrameRef | null {
  if (!isObject(value) || !isSelectorList(value["selectors"])) return null;
  return { selectors: value["selectors"], url };
}

export function isSelectorList(value: unknown): value is Selector[] {
  return Array.isArray(value) && value.length <= 50 && value.every((one) => isObject(one) && isShort(one["strategy"]) && "value" in one);
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isShort(value: unknown): value is string {
  return typeof value === "string" && value.length > 0 && value.length <= 100;
}

function isTime(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value) && value >= 0;
}
