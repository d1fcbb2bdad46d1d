import type { Film, FilmOrder } from "@/api/types.ts";
import { formatDuration } from "@/lib/duration.ts";
import { sentence } from "@/lib/sentence.ts";

/** `0:07`, `12:40`: where in a film. */
export function formatPosition(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** How far a film is, from 0 to 1; nothing while nobody knows how many steps there are. */
export function progressOf(film: Pick<Film, "status" | "stepsDone" | "stepsTotal">): number | undefined {
  if (["finishing", "delivering", "done"].includes(film.status)) return 1;
  if (film.status === "queued") return 0;
  return film.stepsTotal > 0 ? Math.min(1, film.stepsDone / film.stepsTotal) : undefined;
}

/** What is being done with it, in words. */
export function doingOf(film: Pick<Film, "status" | "doing" | "attempt" | "result">): string {
  if (film.status === "queued" && film.result) return "Waits to be delivered";
  if (film.status === "queued") return film.attempt > 0 ? "Waits to be begun again" : "Waits for a worker";
  if (film.status === "finishing") return "Writing the last frames, the poster and the rest";
  if (film.status === "delivering") return "Bringing it to its public place and looking at it there";
  return film.doing ? sentence(film.doing) : "Opening the page and looking at what is on it";
}

/** The kind of file as people write it. */
export const formatName = (format: string): string => (format === "webm" ? "WebM" : format.toUpperCase());

/** `1920 × 1080 · 30 fps · MP4`: of the file once there is one. */
export function sizeOf({ result, setup }: Pick<Film, "result" | "setup">): string {
  const { width, height, fps } = result ?? setup;
  return `${width} × ${height} · ${Number(fps.toFixed(2))} fps · ${formatName(setup.format)}`;
}

export const lengthOf = ({ result }: Pick<Film, "result">): string | undefined => (result ? formatDuration(result.durationMs) : undefined);

/** What becomes of a film that is made once more, by what it was made of. */
export function againWords({ storyboard, recordingId }: FilmOrder): string {
  if (storyboard) return "The same script becomes another film; this one stays.";
  if (recordingId) return "The recording is performed once more and becomes another film; this one stays.";
  return "The tour is made anew and becomes another film; this one stays.";
}

/** Which tabs of a recording a film shows; the clock that waits for every frame holds one tab only. */
export const tabsWords = (perfect: boolean): string =>
  perfect
    ? "One tab is filmed: a recording with steps about tabs is refused, and so is a page that opens another."
    : "The film shows the tab in front, and cuts to another when it comes there.";

/** What is to be done about a failure, by its code; its message says what and why. */
export function adviceOf(code: string): string {
  return advice[code] ?? "Try again. When it fails the same way, the server's log says more.";
}

const advice: Record<string, string> = {
  "step-failed":
    "Change the step in the storyboard, or put a wait before it when the page was not ready. A slow page may only need another try.",
  "site-unreachable": "Look whether the address opens in a session, then try again.",
  "site-refused": "Look whether the address opens in a session, then try again.",
  timeout: "Make the script shorter, or film at a lower quality.",
  "no-picture": "The page drew nothing. Look at it in a session, then try again.",
  "invalid-setup": "Choose another quality.",
  "invalid-order": "Change the storyboard.",
  "invalid-edit": "Change the cut.",
  "clip-missing": "Bring the film back, or cut another one.",
  "sound-missing": "Bring the sound back, or film it without.",
  "picture-missing": "Bring the picture back, or make the cut without it.",
  "clip-unreadable": "Make the film again, then cut it.",
  "invalid-options": "Ask for the film once more, with its values.",
  "disk-full": "Make room on the server's disk, then try again.",
  "worker-lost": "The machine may be short of memory: try again at a lower quality.",
};

/** Whether a failure is the same however often it is tried: what was asked for has to change. */
export const isLasting = (code: string | undefined): boolean => code !== undefined && lasting.has(code);

const lasting = new Set(["invalid-options", "invalid-setup", "invalid-order", "invalid-edit", "clip-unreadable"]);

/** The step, what it was to do and why it could not, of a message that tells all three. */
export function readFailure(message: string): { step?: string; reason: string } {
  const [, step, reason] = /^step \d+ \((.*?)\): (.+)$/s.exec(message) ?? [];
  return step && reason ? { step: sentence(step), reason: sentence(reason) } : { reason: sentence(message) };
}

/** How wide a picture may be so that it is never higher than most of the screen. */
export const roomFor = ({ width, height }: { width: number; height: number }): string => `calc(58dvh * ${width / height})`;
