import type { RenderJob } from "@/api/types.ts";
import { samples } from "./samples.ts";

export const kinds = ["p5", "js", "html"] as const;
export type Kind = (typeof kinds)[number];

export const outputs = ["png", "jpeg", "webp", "mp4", "webm", "gif", "html", "both"] as const;
export type Output = (typeof outputs)[number];

/** What the playground holds: the code, and what is to be made of it. */
export interface Draft {
  /** The file's, without its ending; `render` when empty. */
  name: string;
  kind: Kind;
  code: string;
  output: Output;
  /** CSS pixels. */
  width: number;
  height: number;
  /** Device pixels for each of them. */
  scale: number;
  /** Films: frames a second, and seconds. */
  fps: number;
  duration: number;
  /** Pictures: which frame, as people count, from 1; a job counts from 0. */
  frame: number;
  seed: string;
  transparent: boolean;
  /** Films of one canvas come from the browser's own encoder. */
  fast: boolean;
  /** What a job that was opened says besides: it has no field here and is sent again as it was. */
  rest: RenderJob;
}

export type Problems = Partial<Record<keyof Draft, string>>;

export const isFilm = (output: Output) => output === "mp4" || output === "webm" || output === "gif";

/** What the browser can encode itself. */
export const canBeFast = (output: Output) => output === "mp4";

/** What has no place for see-through pixels. */
export const isOpaque = (output: Output) => output === "jpeg" || output === "mp4";

/** The server's, so that nothing is offered that it refuses and nothing refused that it takes. */
export const limits = { side: 8192, pixels: 36_000_000, fps: 120, gifFps: 50, frames: 36_000, scale: 4 } as const;

export const freshDraft = (): Draft => ({
  name: "",
  kind: "p5",
  code: samples[0]?.code ?? "",
  output: "png",
  width: 800,
  height: 800,
  scale: 1,
  fps: 30,
  duration: 2,
  frame: 1,
  seed: "1",
  transparent: false,
  fast: false,
  rest: {},
});

/** What keeps a draft from being rendered, by field; the server says the rest. */
export function problemsOf(draft: Draft): Problems {
  const { width, height, scale, output, fps, duration } = draft;
  const problems: Problems = {};
  const within = (field: "width" | "height" | "fps" | "frame" | "scale", least: number, most: number) => {
    if (!(draft[field] >= least && draft[field] <= most)) problems[field] = `${least} to ${most}`;
    else if (!Number.isInteger(draft[field]) && field !== "fps" && field !== "scale") problems[field] = "A whole number";
  };
  within("width", 1, limits.side);
  within("height", 1, limits.side);
  within("scale", 0.5, limits.scale);
  const pixels = Math.round(width * scale) * Math.round(height * scale);
  if (pixels > limits.pixels) problems.width ??= "At most 36 million pixels in all";
  if (isFilm(output)) {
    within("fps", 1, output === "gif" ? limits.gifFps : limits.fps);
    const frames = Math.round(duration * fps);
    if (!(frames >= 1)) problems.duration = "Less than a frame";
    else if (frames > limits.frames) problems.duration = `At most ${limits.frames.toLocaleString("en")} frames`;
  } else within("frame", 1, limits.frames);
  if (/[\\/\p{Cc}]/u.test(draft.name)) problems.name = "A plain name";
  if (!draft.code.trim()) problems.code = "Nothing to draw yet";
  return problems;
}

const KEY = "proscenium.render-draft";

/** The draft of the last visit. */
export function loadDraft(): Draft {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? "null");
    return kept && typeof kept === "object" ? { ...freshDraft(), ...kept } : freshDraft();
  } catch {
    return freshDraft();
  }
}

export function keepDraft(draft: Draft): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(draft));
  } catch {
    // A full or forbidden storage costs the draft of the next visit and nothing else.
  }
}
