import type { Cut } from "./cut.ts";
import { BLEND_MS, type CutClip } from "./cut-clips.ts";
import type { CutOverlay } from "./cut-overlays.ts";
import { percentOf } from "./sound.ts";

/** Something that somebody wrote and the form has no field for, in words. */
export interface Kept<T> {
  key: string;
  words: string;
  /** What is otherwise without it. */
  without: Partial<T>;
}

type Rest = Record<string, unknown>;

const without = (rest: Rest, ...keys: string[]): Rest => Object.fromEntries(Object.entries(rest).filter(([key]) => !keys.includes(key)));

/** Fields that nobody here knows, by their names. */
const others = (rest: Rest, known: string[]) => Object.keys(without(rest, ...known)).filter((key) => rest[key] !== null);

/** How long a transition takes, for people. */
export const transitionWords = (ms: number): string => `Transition ${Number((ms / 1000).toFixed(3))} s`;

/** What a clip has besides its fields; its chapter takes the place of two of them and is told there. */
export function keptOfClip({ rest, transition, blendMs }: CutClip, number: number): Kept<CutClip>[] {
  const kept: Kept<CutClip>[] = [];
  const crop = rest.crop as { width?: number; height?: number } | null | undefined;
  if (crop) kept.push({ key: "crop", words: `Cropped to ${crop.width} × ${crop.height}`, without: { rest: without(rest, "crop") } });
  if (number > 1 && transition !== "cut" && blendMs !== BLEND_MS)
    kept.push({ key: "blend", words: transitionWords(blendMs), without: { blendMs: BLEND_MS } });
  for (const key of others(rest, ["crop"])) kept.push({ key, words: `Also: ${key}`, without: { rest: without(rest, key) } });
  return kept;
}

/** What an overlay has besides its fields. */
export function keptOfOverlay({ kind, rest }: CutOverlay): Kept<CutOverlay>[] {
  const kept: Kept<CutOverlay>[] = [];
  const known = kind === "text" ? ["size", "opacity", "picture", "width"] : ["text", "size"];
  if (typeof rest.size === "number")
    kept.push({ key: "size", words: `Letters ${rest.size} px high`, without: { rest: without(rest, "size") } });
  if (typeof rest.opacity === "number")
    kept.push({ key: "opacity", words: `Opacity ${percentOf(rest.opacity)} %`, without: { rest: without(rest, "opacity") } });
  for (const key of others(rest, known)) kept.push({ key, words: `Also: ${key}`, without: { rest: without(rest, key) } });
  return kept;
}

/** What a cut says of the whole new film besides its fields. */
export function keptOfCut({ rest }: Cut): Kept<Cut>[] {
  const kept: Kept<Cut>[] = [];
  const put = (words: string, ...keys: string[]) => kept.push({ key: keys.join(), words, without: { rest: without(rest, ...keys) } });
  const { title, width, height, fps, bitrate } = rest;
  if (typeof title === "string") put(`Title “${title}”`, "title");
  if (typeof width === "number" && typeof height === "number") put(`${width} × ${height}`, "width", "height");
  else if (typeof width === "number") put(`${width} wide`, "width");
  else if (typeof height === "number") put(`${height} high`, "height");
  if (typeof fps === "number") put(`${fps} frames a second`, "fps");
  if (typeof bitrate === "number") put(`${bitrate} kbit/s`, "bitrate");
  for (const key of others(rest, ["title", "width", "height", "fps", "bitrate"])) put(`Also: ${key}`, key);
  return kept;
}
