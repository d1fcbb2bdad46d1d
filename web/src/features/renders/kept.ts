import type { Kept } from "@/features/films/cut-kept.ts";
import { formatDuration } from "@/lib/duration.ts";
import { plural } from "@/lib/plural.ts";
import { formatBytes } from "@/lib/size.ts";
import type { Draft } from "./draft.ts";
import { toJob, without } from "./job.ts";

const text = (name: string) => (value: unknown) => `${name}, ${plural(String(value).length, "character")}`;
const time = (value: unknown) => (typeof value === "number" ? formatDuration(value) : String(value));

const words: Record<string, (value: unknown) => string> = {
  html: text("Markup"),
  css: text("Styles"),
  javascript: text("Script"),
  p5: (value) => `p5 version ${value}`,
  context: (value) => {
    const { variables } = value as { variables?: Record<string, unknown> | null };
    return ["Context", ...Object.keys(variables ?? {})].join(" · ");
  },
  bucket: (value) => `Bucket ${value}`,
  prefix: (value) => `Folder ${value}`,
  filename: (value) => `File ${value}`,
  fps: (value) => `${value} frames a second`,
  quality: (value) => `Quality ${value}`,
  parallel: (value) => plural(Number(value), "page at once", "pages at once"),
  timeout: (value) => `Time limit ${time(value)}`,
  maxCpu: (value) => `Processor time ${time(value)}`,
  realTime: () => "In real time",
  maxMemory: (value) => `At most ${formatBytes(Number(value))} of memory`,
  maxBytes: (value) => `At most ${formatBytes(Number(value))}`,
};

/** What a job says besides the fields of the playground, and is sent again with it. */
export function keptOf(draft: Draft): Kept<Draft>[] {
  const job = toJob(draft);
  return Object.entries(draft.rest)
    .filter(([key, value]) => job[key] === value)
    .map(([key, value]) => ({
      key,
      words: words[key]?.(value) ?? `Also: ${key}`,
      without: { rest: without(draft.rest, key) },
    }));
}
