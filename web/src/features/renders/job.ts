import type { RenderJob } from "@/api/types.ts";
import { oneOf } from "@/lib/one-of.ts";
import { canBeFast, type Draft, freshDraft, isFilm, isOpaque, type Kind, type Output, outputs } from "./draft.ts";

/** Whether a job has code to be edited; a page by its address has none. */
export const hasCode = (job: RenderJob): boolean => job.type !== "url";

/** The endings that a file of this output usually has, ours first. */
const endings = (output: Output): string[] => (output === "jpeg" ? ["jpg", "jpeg"] : [output === "both" ? "png" : output]);

export function toJob(draft: Draft): RenderJob {
  const { rest, kind, code, output, width, height, scale, seed } = draft;
  const job: RenderJob = { ...rest, type: kind, [kind === "html" ? "html" : "code"]: code, output, width, height, scale, seed };
  const filename = filenameOf(draft);
  if (filename) job.filename = filename;
  else delete job.filename;
  // Thousandths of a millisecond, so that a film keeps its number of frames however the seconds are written.
  if (isFilm(output)) Object.assign(job, { fps: draft.fps, duration: `${Number((draft.duration * 1000).toFixed(3))}ms` });
  else job.frame = draft.frame - 1;
  if (draft.transparent && !isOpaque(output)) job.transparent = true;
  if (draft.fast && canBeFast(output)) job.fast = true;
  return job;
}

/** The draft that a job came from. What the server passes over, as the length of a picture, is left out; all else stays. */
export function fromJob(job: RenderJob): Draft {
  // Nothing counts as left out.
  const said = Object.fromEntries(Object.entries(job).filter(([, value]) => value !== null));
  const usual = freshDraft();
  const { taken, ...source } = sourceOf(said);
  const output = outputOf(said);
  const number = (value: unknown, otherwise: number) => (typeof value === "number" ? value : otherwise);
  const canvas = source.kind === "p5" ? canvasSize(source.code) : undefined;
  const fps = number(said.fps, output === "gif" ? 25 : isFilm(output) ? 60 : usual.fps);
  const { type, outputType, deviceScaleFactor, width, height, scale, frame, frames, duration, seed, transparent, fast, ...others } = said;
  const rest = without(others, ...taken, "output", ...(isFilm(output) ? ["fps"] : []));
  const name = typeof said.filename === "string" ? stemOf(said.filename, output) : "";
  const draft: Draft = {
    name,
    ...source,
    output,
    width: number(width, canvas?.[0] ?? 800),
    height: number(height, canvas?.[1] ?? 800),
    scale: number(scale ?? deviceScaleFactor, 1),
    fps,
    duration: secondsOf(duration) ?? (typeof frames === "number" ? frames / fps : usual.duration),
    frame: number(frame, 0) + 1,
    seed: String(seed ?? hashOf(said) ?? "0"),
    transparent: transparent === true,
    fast: fast === true,
    rest,
  };
  // A file that is called otherwise than the playground calls it keeps its name.
  return filenameOf({ ...draft, rest: {} }) === said.filename ? { ...draft, rest: without(rest, "filename") } : draft;
}

interface Source {
  kind: Kind;
  code: string;
}

/** Which of a job's texts is edited, and as what: the server's own choice. */
function sourceOf(job: RenderJob): Source & { taken: string[] } {
  const text = (field: string) => (typeof job[field] === "string" ? (job[field] as string) : undefined);
  const kind = kindOf(job);
  const script = text("code") !== undefined ? "code" : "javascript";
  const markup = text("html") !== undefined ? "html" : "code";
  const has = (field: string) => Boolean(text(field)?.trim());
  if (kind === "html") {
    // Without markup the script is all there is.
    if (!has(markup) && has("javascript")) return { kind: "js", code: text("javascript") ?? "", taken: [markup, "javascript"] };
    return { kind, code: text(markup) ?? "", taken: [markup] };
  }
  // And without a script the markup is.
  if (kind === "js" && !has(script) && has("html")) return { kind: "html", code: text("html") ?? "", taken: [script, "html"] };
  return { kind, code: text(script) ?? "", taken: [script] };
}

function kindOf({ type, code, html, javascript }: RenderJob): Kind {
  if (type === "p5" || type === "p5js") return "p5";
  if (type === "js" || type === "javascript") return "js";
  if (type === "html") return "html";
  if (typeof code === "string" && ["function setup", "function draw", "new p5("].some((sign) => code.includes(sign))) return "p5";
  return typeof html === "string" && typeof javascript !== "string" ? "html" : "js";
}

function outputOf({ type, output, outputType }: RenderJob): Output {
  const named = output ?? outputType;
  return named === "jpg" ? "jpeg" : oneOf(named, outputs, type === "video" ? "mp4" : "png");
}

/** The size that a sketch gives its canvas in numbers: a job without a size has this one. */
function canvasSize(code: string): [number, number] | undefined {
  const inside = /createCanvas\(([^)]*)\)/.exec(code)?.[1]?.split(",") ?? [];
  const sides = inside.slice(0, 2).map((side) => (/^\d+$/.test(side.trim()) ? Number(side) : 0));
  const [width = 0, height = 0] = sides;
  return [width, height].every((side) => side >= 1 && side <= 4096) ? [width, height] : undefined;
}

/** Milliseconds, or a number with its unit. */
function secondsOf(duration: unknown): number | undefined {
  if (typeof duration === "number") return duration / 1000;
  const [, figure, unit = "ms"] = /^\s*([\d.]+)\s*(ms|s|m|min)?\s*$/.exec(String(duration ?? "")) ?? [];
  if (figure === undefined) return undefined;
  return Number(figure) * (unit === "ms" ? 0.001 : unit === "s" ? 1 : 60);
}

/** A piece's hash is its seed where no other is named. */
function hashOf({ context }: RenderJob): string | undefined {
  const hash = (context as { hash?: unknown } | undefined)?.hash;
  return typeof hash === "string" && hash ? hash : undefined;
}

/** A file's name without the ending that its output gives it. */
function stemOf(filename: string, output: Output): string {
  const ending = endings(output).find((each) => filename.endsWith(`.${each}`));
  return ending ? filename.slice(0, -ending.length - 1) : filename;
}

/** What the file is called: as the job called it, as long as the field still shows that. */
function filenameOf({ name, output, rest }: Draft): string | undefined {
  const kept = rest.filename;
  if (typeof kept === "string" && stemOf(kept, output) === name) return kept;
  return name.trim() ? `${name.trim()}.${endings(output)[0]}` : undefined;
}

export const without = (rest: RenderJob, ...keys: string[]): RenderJob =>
  Object.fromEntries(Object.entries(rest).filter(([key]) => !keys.includes(key)));
