import type { Run, RunStatus } from "@/api/types.ts";

export const isOver = (status: RunStatus) => status !== "queued" && status !== "running";

/** Where the run stands on all the engines that it was asked for. */
export const wholeStatus = (run: Run): RunStatus => run.group?.status ?? run.status;

/** The figures of a run; of all its engines together where it was asked for several. */
export interface WholeFigures {
  stepsPassed: number;
  stepsFailed: number;
  stepsSkipped: number;
  stepsHealed: number;
  stepsTotal: number;
  /** From its start to the end of the slowest engine, as far as engines have ended. */
  durationMs: number | undefined;
}

export function wholeFigures(run: Run): WholeFigures {
  if (!run.group) return { ...run, durationMs: run.durationMs ?? undefined };
  const { runs } = run.group;
  const sum = (count: (one: (typeof runs)[number]) => number) => runs.reduce((all, one) => all + count(one), 0);
  const durations = runs.flatMap((one) => one.durationMs ?? []);
  return {
    stepsPassed: sum((one) => one.stepsPassed),
    stepsFailed: sum((one) => one.stepsFailed),
    stepsSkipped: sum((one) => one.stepsSkipped),
    stepsHealed: sum((one) => one.stepsHealed),
    stepsTotal: sum((one) => one.stepsTotal),
    durationMs: durations.length > 0 ? Math.max(...durations) : undefined,
  };
}
