import { plural } from "./plural.ts";
import { formatBytes } from "./size.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** What is taken, and how long things stay; of films and of outputs of renders alike. */
export interface Storage {
  bytes: number;
  mostBytes?: number | null;
  keptMs?: number | null;
}

/** `30 days`, `12 hours`: how long something is kept. */
export function formatKept(ms: number): string {
  return ms >= 2 * DAY ? plural(Math.round(ms / DAY), "day") : plural(Math.max(1, Math.round(ms / HOUR)), "hour");
}

/** `removed in 12 days`; nothing for what stays. */
export function leavesIn({ expiresAt }: { expiresAt?: string | null }, now: number): string | undefined {
  if (!expiresAt) return undefined;
  const left = new Date(expiresAt).getTime() - now;
  return left < HOUR ? "removed within the hour" : `removed in ${formatKept(left)}`;
}

/** Whether things go by themselves, so that keeping one for good means something. */
export const theyLeave = (storage: Storage | undefined): boolean => Boolean(storage?.keptMs || typeof storage?.mostBytes === "number");

/** `12 films · 3.4 GB of 50.0 GB · kept for 30 days`. */
export function takenRoom(count: number, what: string, { bytes, mostBytes, keptMs }: Storage): string {
  const most = typeof mostBytes === "number" ? ` of ${formatBytes(mostBytes)}` : "";
  const kept = keptMs ? ` · kept for ${formatKept(keptMs)}` : "";
  return `${plural(count, what)} · ${formatBytes(bytes)}${most}${kept}`;
}
