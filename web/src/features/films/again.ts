import type { FilmDetail, FilmOrder } from "@/api/types.ts";
import { oneOf } from "@/lib/one-of.ts";
import { type Draft, formats } from "./draft.ts";
import { type Look, readLook } from "./look.ts";
import { ofSetup, toOrder as qualityToOrder } from "./quality.ts";
import { hasOwnLook, withLook } from "./storyboard-text.ts";

/** What may be otherwise when a film is made again. */
export type Settings = Pick<Draft, "quality" | "format" | "perfect" | "look" | "name">;

export function settingsOf({ setup, order, name }: Pick<FilmDetail, "setup" | "order" | "name">): Settings {
  const own = order.storyboard as { look?: unknown } | undefined;
  return {
    quality: ofSetup(setup),
    format: oneOf(setup.format, formats, "mp4"),
    perfect: order.perfect === true,
    look: readLook(typeof own === "object" && own.look ? own.look : order.look),
    name,
  };
}

/** The fields of the order that are to be otherwise: only what was changed. */
export function changesOf(film: Pick<FilmDetail, "setup" | "order" | "name">, settings: Settings): FilmOrder {
  const before = settingsOf(film);
  const changes: FilmOrder = {};
  if (!same(before.quality, settings.quality)) Object.assign(changes, qualityToOrder(settings.quality));
  if (before.format !== settings.format) changes.format = settings.format;
  if (before.perfect !== settings.perfect) changes.perfect = settings.perfect;
  if (before.name !== settings.name.trim() && settings.name.trim()) changes.name = settings.name.trim();
  if (!same(before.look, settings.look)) Object.assign(changes, lookChange(film.order, settings.look));
  return changes;
}

/** A script that has a look of its own would keep it, so the look goes where it counts. */
function lookChange({ storyboard, recordingId, leftOut }: FilmOrder, look: Look): FilmOrder {
  if (!hasOwnLook(storyboard)) return { look };
  const source = recordingId === undefined ? {} : { recordingId, leftOut };
  return { ...source, look, storyboard: withLook(storyboard, look) };
}

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);
