import type { Film } from "@/api/types.ts";
import { oneOf } from "@/lib/one-of.ts";
import { readMs } from "./overlaid.ts";

export const transitions = ["cut", "fade", "dissolve", "wipe"] as const;
export type TransitionKind = (typeof transitions)[number];

/** Milliseconds for which both clips of a transition are seen when nothing is said. */
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
  /** In place of both: the part of the film that has this name. */
  chapter: string | null;
  /** How many times as fast, as a number. */
  speed: string;
  /** How many times as fast what shows nothing new is, as a number. */
  dull: string;
  /** How it comes in; counts from the second clip on. */
  transition: TransitionKind;
  /** Milliseconds that this takes. */
  blendMs: number;
  /** What the form does not show in fields, such as a crop: it stays as it is. */
  rest: Record<string, unknown>;
}

/** Films by id, as far as they are known. */
export type Known = ReadonlyMap<string, Pick<Film, "name" | "result">>;

export const freshClip = (film: string, part: Partial<CutClip> = {}): CutClip => ({
  key: crypto.randomUUID(),
  film,
  from: 0,
  to: null,
  chapter: null,
  speed: "1",
  dull: "1",
  transition: "cut",
  blendMs: BLEND_MS,
  rest: {},
  ...part,
});

/** The clips of an edit. */
export function readClips(clips: unknown): CutClip[] {
  if (!Array.isArray(clips)) return [];
  return clips.map(({ film, from, to, chapter, speed, dull, transition, ...rest }: Record<string, unknown>) =>
    freshClip(String(film), {
      from: readMs(from) ?? 0,
      to: readMs(to),
      chapter: typeof chapter === "string" ? chapter : null,
      speed: String(speed ?? 1),
      dull: String(dull ?? 1),
      ...readTransition(transition),
      rest,
    }),
  );
}

/** A transition is its kind alone, or with how long it takes. */
function readTransition(transition: unknown): Pick<CutClip, "transition" | "blendMs"> {
  const { kind, duration } = typeof transition === "string" ? { kind: transition } : ((transition ?? {}) as Record<string, unknown>);
  return { transition: oneOf(kind, transitions, "cut"), blendMs: readMs(duration) ?? BLEND_MS };
}

/** The clips of an order. */
export const toClips = (clips: readonly CutClip[]): Record<string, unknown>[] =>
  clips.map((clip, index) => ({
    ...clip.rest,
    film: clip.film,
    ...(clip.chapter !== null && { chapter: clip.chapter }),
    ...(clip.chapter === null && clip.from > 0 && { from: clip.from }),
    ...(clip.chapter === null && clip.to !== null && { to: clip.to }),
    ...(clip.speed !== "1" && { speed: Number(clip.speed) }),
    ...(clip.dull !== "1" && { dull: Number(clip.dull) }),
    ...(index > 0 && clip.transition !== "cut" && { transition: { kind: clip.transition, duration: clip.blendMs } }),
  }));

/** Milliseconds of its film that a clip shows; nothing when that is not known. */
export function partOf(clip: CutClip, known: Known): { from: number; to: number } | undefined {
  const result = known.get(clip.film)?.result;
  if (clip.chapter === null) {
    const to = result ? Math.min(clip.to ?? result.durationMs, result.durationMs) : clip.to;
    return to === null ? undefined : { from: clip.from, to: Math.max(clip.from, to) };
  }
  const index = result?.chapters.findIndex(({ title }) => title === clip.chapter) ?? -1;
  const chapter = result?.chapters[index];
  return chapter && { from: chapter.startMs, to: result.chapters[index + 1]?.startMs ?? result.durationMs };
}

export interface ClipProblems {
  chapter?: string;
  from?: string;
  to?: string;
}

/** What keeps a clip from being cut; the server says the rest. */
export function problemOf(clip: CutClip, known: Known): ClipProblems {
  const result = known.get(clip.film)?.result;
  if (clip.chapter !== null) return result && !partOf(clip, known) ? { chapter: "Its film has no such chapter" } : {};
  if (Number.isNaN(clip.from) || clip.from < 0) return { from: "0 or later" };
  if (result && clip.from >= result.durationMs) return { from: "After its end" };
  if (clip.to !== null && !(clip.to > clip.from)) return { to: "After its beginning" };
  return {};
}
