import type { Film, FilmDetail, FilmOrder } from "@/api/types.ts";
import { oneOf } from "@/lib/one-of.ts";
import { type CutText, readMs, readTexts, toOverlays } from "./cut-texts.ts";
import { type Draft, formats } from "./draft.ts";
import { readTrack, silence, type Track, toSound } from "./sound.ts";

export const transitions = ["cut", "fade", "dissolve", "wipe"] as const;
export type TransitionKind = (typeof transitions)[number];
export const speeds = ["0.5", "1", "1.5", "2", "4"] as const;
export const dullSpeeds = ["1", "2", "4", "8"] as const;

/** Milliseconds for which both clips of a transition are seen. */
export const BLEND_MS = 500;

/** A part of a film. */
export interface CutClip {
  /** Tells rows apart while they move. */
  key: string;
  film: string;
  /** Milliseconds of that film. */
  from: number;
  /** Milliseconds of that film; its end when nothing is said. */
  to: number | null;
  speed: (typeof speeds)[number];
  /** How many times as fast what shows nothing new is. */
  dull: (typeof dullSpeeds)[number];
  /** How it comes in; counts from the second clip on. */
  transition: TransitionKind;
}

/** What the form for a cut holds. */
export interface Cut {
  name: string;
  format: Draft["format"];
  sound: Track;
  clips: readonly CutClip[];
  texts: readonly CutText[];
}

/** Films by id, as far as they are known. */
export type Known = ReadonlyMap<string, Pick<Film, "name" | "result">>;

export const freshClip = (film: string, part: Partial<CutClip> = {}): CutClip => ({
  key: crypto.randomUUID(),
  film,
  from: 0,
  to: null,
  speed: "1",
  dull: "1",
  transition: "cut",
  ...part,
});

/** A cut of the whole film; of a film that is a cut itself, that cut, to be changed. */
export function cutOf(film: Pick<FilmDetail, "id" | "name" | "order" | "setup">): Cut {
  const format = oneOf(film.setup.format, formats, "mp4");
  const clips = readClips(film.order.edit);
  const own = film.order.edit as { overlays?: unknown; sound?: unknown } | undefined;
  // A first cut adds nothing to what its film has.
  if (clips.length > 0) {
    return { name: film.name, format, clips, texts: readTexts(own?.overlays), sound: readTrack(film.order.sound ?? own?.sound) };
  }
  return { name: `${film.name}, cut`, format, clips: [freshClip(film.id)], texts: [], sound: silence };
}

/** The clips of an order; what the form cannot show makes it none of its own. */
function readClips(edit: unknown): CutClip[] {
  const clips = (edit as { clips?: unknown } | undefined)?.clips;
  if (!Array.isArray(clips)) return [];
  return clips.map((clip: Record<string, unknown>) =>
    freshClip(String(clip.film), {
      from: readMs(clip.from) ?? 0,
      to: readMs(clip.to),
      speed: oneOf(String(clip.speed), speeds, "1"),
      dull: oneOf(String(clip.dull), dullSpeeds, "1"),
      transition: oneOf((clip.transition as { kind?: unknown } | undefined)?.kind, transitions, "cut"),
    }),
  );
}

const toClips = (clips: Cut["clips"]) =>
  clips.map((clip, index) => ({
    film: clip.film,
    ...(clip.from > 0 && { from: clip.from }),
    ...(clip.to !== null && { to: clip.to }),
    ...(clip.speed !== "1" && { speed: Number(clip.speed) }),
    ...(clip.dull !== "1" && { dull: Number(clip.dull) }),
    ...(index > 0 && clip.transition !== "cut" && { transition: { kind: clip.transition, duration: BLEND_MS } }),
  }));

export function toOrder(cut: Cut): FilmOrder {
  const clips = toClips(cut.clips);
  const overlays = toOverlays(cut.texts);
  const sound = toSound(cut.sound);
  return {
    name: cut.name.trim(),
    format: cut.format,
    edit: { clips, ...(overlays.length > 0 && { overlays }), ...(sound && { sound }) },
  };
}

/** Milliseconds of a film that a clip shows. */
const shown = (clip: CutClip, known: Known) => {
  const end = known.get(clip.film)?.result?.durationMs ?? 0;
  return Math.max(0, Math.min(clip.to ?? end, end) - clip.from);
};

/** What keeps a clip from being cut; the server says the rest. */
export function problemOf(clip: CutClip, known: Known): { from?: string; to?: string } {
  const end = known.get(clip.film)?.result?.durationMs;
  if (Number.isNaN(clip.from) || clip.from < 0) return { from: "0 or later" };
  if (end !== undefined && clip.from >= end) return { from: "After its end" };
  if (clip.to !== null && !(clip.to > clip.from)) return { to: "After its beginning" };
  return {};
}

/** How long the new film will be, in milliseconds, unless dull parts make it shorter. */
export function lengthOf(cut: Cut, known: Known): number {
  const clips = cut.clips.map((clip) => shown(clip, known) / Number(clip.speed));
  const blends = cut.clips.filter((clip, index) => index > 0 && clip.transition !== "cut").length;
  return Math.max(0, clips.reduce((sum, length) => sum + length, 0) - blends * BLEND_MS);
}

/**
 * Where a moment of a film is in the new one, in milliseconds: in the first clip that shows it, or at the same time when the film is
 * this cut as it was made. Nothing when it is not seen, or when parts before it are faster and nobody knows yet which.
 */
export function placeInCut(
  cut: Cut,
  known: Known,
  film: Pick<FilmDetail, "id" | "name" | "order" | "setup">,
  atMs: number,
): number | undefined {
  const made = cutOf(film).clips;
  if (film.order.edit && JSON.stringify(toClips(made)) === JSON.stringify(toClips(cut.clips))) return atMs;
  let begins = 0;
  for (const [index, clip] of cut.clips.entries()) {
    if (clip.dull !== "1") return undefined;
    if (index > 0 && clip.transition !== "cut") begins -= BLEND_MS;
    const length = shown(clip, known);
    const into = atMs - clip.from;
    if (clip.film === film.id && into >= 0 && into <= length) return begins + into / Number(clip.speed);
    begins += length / Number(clip.speed);
  }
  return undefined;
}
