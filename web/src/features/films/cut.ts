import type { FilmDetail, FilmOrder } from "@/api/types.ts";
import { oneOf } from "@/lib/one-of.ts";
import { type CutClip, freshClip, type Known, partOf, readClips, toClips } from "./cut-clips.ts";
import { type CutOverlay, readOverlays, toOverlays } from "./cut-overlays.ts";
import { type Draft, formats } from "./draft.ts";
import { readTrack, silence, type Track, toSound } from "./sound.ts";

/** What the form for a cut holds. */
export interface Cut {
  name: string;
  format: Draft["format"];
  sound: Track;
  clips: readonly CutClip[];
  /** Later ones lie over earlier ones. */
  overlays: readonly CutOverlay[];
  /** What the form does not show in fields, such as a size: it stays as it is. */
  rest: Record<string, unknown>;
}

type CutFilm = Pick<FilmDetail, "id" | "name" | "order" | "setup">;

/** A cut of the whole film; of a film that is a cut itself, that cut, to be changed. */
export function cutOf(film: CutFilm): Cut {
  const format = oneOf(film.setup.format, formats, "mp4");
  const { clips: parts, overlays, sound, ...rest } = (film.order.edit ?? {}) as Record<string, unknown>;
  const clips = readClips(parts);
  // A first cut adds nothing to what its film has.
  if (clips.length === 0) {
    return { name: `${film.name}, cut`, format, clips: [freshClip(film.id)], overlays: [], sound: silence, rest: {} };
  }
  return { name: film.name, format, clips, overlays: readOverlays(overlays), sound: readTrack(film.order.sound ?? sound), rest };
}

export function toOrder(cut: Cut): FilmOrder {
  const clips = toClips(cut.clips);
  const overlays = toOverlays(cut.overlays);
  const sound = toSound(cut.sound);
  return {
    name: cut.name.trim(),
    format: cut.format,
    edit: { ...cut.rest, clips, ...(overlays.length > 0 && { overlays }), ...(sound && { sound }) },
  };
}

/** Milliseconds for which a clip and the one before it are both seen. */
const blendOf = (clip: CutClip, index: number) => (index > 0 && clip.transition !== "cut" ? clip.blendMs : 0);

/** How long the new film will be, in milliseconds, unless dull parts make it shorter; nothing when nobody knows how long a clip is. */
export function lengthOf(cut: Cut, known: Known): number | undefined {
  let length = 0;
  for (const [index, clip] of cut.clips.entries()) {
    const part = partOf(clip, known);
    if (!part) return undefined;
    length += (part.to - part.from) / Number(clip.speed) - blendOf(clip, index);
  }
  return Math.max(0, length);
}

/** Pixels of the new film, as far as they are known; those of `film` where they are not. */
export function sizeOf(cut: Cut, known: Known, film: { width: number; height: number }): { width: number; height: number } {
  const [first] = cut.clips;
  const own = first?.rest.crop ?? known.get(first?.film ?? "")?.result ?? film;
  const { width, height } = { ...(own as { width: number; height: number }), ...cut.rest };
  return { width: Number(width) || film.width, height: Number(height) || film.height };
}

/**
 * Where a moment of a film is in the new one, in milliseconds: in the first clip that shows it, or at the same time when the film is
 * this cut as it was made. Nothing when it is not seen, or when nobody knows yet how long what is before it will be.
 */
export function placeInCut(cut: Cut, known: Known, film: CutFilm, atMs: number): number | undefined {
  const made = cutOf(film).clips;
  if (film.order.edit && JSON.stringify(toClips(made)) === JSON.stringify(toClips(cut.clips))) return atMs;
  let begins = 0;
  for (const [index, clip] of cut.clips.entries()) {
    const part = partOf(clip, known);
    if (!part || clip.dull !== "1") return undefined;
    begins -= blendOf(clip, index);
    const speed = Number(clip.speed);
    if (clip.film === film.id && atMs >= part.from && atMs <= part.to) return begins + (atMs - part.from) / speed;
    begins += (part.to - part.from) / speed;
  }
  return undefined;
}
