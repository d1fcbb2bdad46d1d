import type { RenderJob } from "@/api/types.ts";
import { oneOf } from "@/lib/one-of.ts";
import { samples } from "./samples.ts";

export const kinds = ["p5", "js", "html"] as const;
export type Kind = (typeof kinds)[number];

export const outputs = ["png", "jpeg", "webp", "mp4", "webm", "gif"] as const;
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
  /** Pictures: which frame, from 1. */
  frame: number;
  seed: string;
  transparent: boolean;
  /** Films of one canvas come from the browser's own encoder. */
  fast: boolean;
}

export const isFilm = (output: Output) => output === "mp4" || output === "webm" || output === "gif";

/** What the browser can encode itself. */
export const canBeFast = (output: Output) => output === "mp4";

/** What has no place for see-through pixels. */
export const isOpaque = (output: Output) => output === "jpeg" || output === "mp4";

export const limits = { side: 8192, fps: 120, duration: 60, frame: 36_000, scale: 4 } as const;

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
});

export function toJob(draft: Draft): RenderJob {
  const { kind, code, output, width, height, scale, seed } = draft;
  const job: RenderJob = { type: kind, code, output, width, height, scale, seed };
  if (draft.name.trim()) job.filename = `${draft.name.trim()}.${output === "jpeg" ? "jpg" : output}`;
  if (isFilm(output)) Object.assign(job, { fps: draft.fps, duration: `${draft.duration}s` });
  else job.frame = draft.frame;
  if (draft.transparent && !isOpaque(output)) job.transparent = true;
  if (draft.fast && canBeFast(output)) job.fast = true;
  return job;
}

/** The draft that a job came from; what a job of another tool says in other words stays as it was. */
export function fromJob(job: RenderJob, before: Draft): Draft {
  const number = (value: unknown, otherwise: number) => (typeof value === "number" && Number.isFinite(value) ? value : otherwise);
  const seconds = typeof job.duration === "string" ? /^([\d.]+)s$/.exec(job.duration)?.[1] : undefined;
  return {
    name: typeof job.filename === "string" ? job.filename.replace(/\.\w+$/, "") : "",
    kind: oneOf(job.type, kinds, before.kind),
    code: typeof job.code === "string" ? job.code : typeof job.html === "string" ? job.html : before.code,
    output: oneOf(job.output ?? job.outputType, outputs, before.output),
    width: number(job.width, before.width),
    height: number(job.height, before.height),
    scale: number(job.scale ?? job.deviceScaleFactor, before.scale),
    fps: number(job.fps, before.fps),
    duration: seconds ? Number(seconds) : typeof job.duration === "number" ? job.duration / 1000 : before.duration,
    frame: number(job.frame, before.frame),
    seed: job.seed === undefined ? before.seed : String(job.seed),
    transparent: job.transparent === true,
    fast: job.fast === true,
  };
}

/** What keeps a draft from being rendered, by field; the server says the rest. */
export function problemsOf(draft: Draft): Partial<Record<keyof Draft, string>> {
  const problems: Partial<Record<keyof Draft, string>> = {};
  const within = (field: "width" | "height" | "fps" | "duration" | "frame" | "scale", least: number, most: number) => {
    const value = draft[field];
    if (!(value >= least && value <= most)) problems[field] = `${least} to ${most}`;
  };
  within("width", 1, limits.side);
  within("height", 1, limits.side);
  within("scale", 0.5, limits.scale);
  if (isFilm(draft.output)) {
    within("fps", 1, limits.fps);
    within("duration", 0.1, limits.duration);
  } else within("frame", 1, limits.frame);
  if (/[\\/:*?"<>|]|^\./.test(draft.name.trim())) problems.name = "A plain name";
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
