import type { Film, FilmStorage } from "@/api/types.ts";
import { plural } from "@/lib/plural.ts";
import { formatBytes } from "@/lib/size.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** `30 days`, `12 hours`: how long something is kept. */
export function formatKept(ms: number): string {
  return ms >= 2 * DAY ? plural(Math.round(ms / DAY), "day") : plural(Math.max(1, Math.round(ms / HOUR)), "hour");
}

/** `removed in 12 days`; nothing for a film that stays. */
export function leavesIn({ expiresAt }: Pick<Film, "expiresAt">, now: number): string | undefined {
  if (!expiresAt) return undefined;
  const left = new Date(expiresAt).getTime() - now;
  return left < HOUR ? "removed within the hour" : `removed in ${formatKept(left)}`;
}

/** Whether films go by themselves, so that keeping one for good means something. */
export const filmsLeave = (storage: FilmStorage | undefined): boolean => Boolean(storage?.keptMs || typeof storage?.mostBytes === "number");

/** `12 films · 3.4 GB of 50.0 GB · kept for 30 days`. */
export function takenRoom({ films, bytes, mostBytes, keptMs }: FilmStorage): string {
  const most = typeof mostBytes === "number" ? ` of ${formatBytes(mostBytes)}` : "";
  const kept = keptMs ? ` · kept for ${formatKept(keptMs)}` : "";
  return `${plural(films, "film")} · ${formatBytes(bytes)}${most}${kept}`;
}

/** Why a film's files are gone. */
export const whyGone = { age: "Films are kept so long here.", space: "Newer films needed the room." } as const;
