import type { RunDetail, RunStep } from "@/api/types.ts";

export interface Span extends Pick<RunStep, "index" | "title" | "status"> {
  /** Shares of the whole, 0–1. */
  start: number;
  width: number;
  durationMs: number;
}

/** Where each step lies on the run's time; nothing before a step has begun. */
export function spans(run: RunDetail): { totalMs: number; spans: Span[] } | undefined {
  const begun = run.steps.filter((step) => step.startedAt);
  const first = begun[0]?.startedAt;
  if (!first) return undefined;
  const origin = Math.min(Date.parse(first), run.startedAt ? Date.parse(run.startedAt) : Number.POSITIVE_INFINITY);
  const end = (step: RunStep) => Date.parse(step.startedAt ?? first) + (step.durationMs ?? 0);
  const totalMs = Math.max(1, run.durationMs ?? 0, ...begun.map((step) => end(step) - origin));
  return {
    totalMs,
    spans: begun.map((step) => ({
      index: step.index,
      title: step.title,
      status: step.status,
      durationMs: step.durationMs ?? 0,
      start: (Date.parse(step.startedAt ?? first) - origin) / totalMs,
      width: (step.durationMs ?? 0) / totalMs,
    })),
  };
}

/** Where moments lie on the axis, as shares; those outside it are left out. */
export function marks<T extends { at?: string | number | null }>(
  run: RunDetail,
  totalMs: number,
  lines: readonly T[],
): { at: number; line: T }[] {
  const origin = run.startedAt ? Date.parse(run.startedAt) : Number.NaN;
  return lines
    .map((line) => ({ line, at: (new Date(line.at ?? Number.NaN).getTime() - origin) / totalMs }))
    .filter(({ at }) => at >= 0 && at <= 1);
}

/** Round moments along the axis, five to ten of them. */
export function ticks(totalMs: number): number[] {
  const rough = totalMs / 6;
  const power = 10 ** Math.floor(Math.log10(Math.max(rough, 1)));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= rough) ?? power * 10;
  return Array.from({ length: Math.floor((totalMs * 0.96) / step) + 1 }, (_, index) => index * step);
}
