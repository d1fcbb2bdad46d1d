import type { Run } from "@/api/types.ts";

/** The outcome in words: `Failed at step 7 of 12`. */
export function verdict(run: Run): string {
  const done = run.stepsPassed + run.stepsFailed + run.stepsSkipped;
  const of = run.stepsTotal > 0 ? ` of ${run.stepsTotal}` : "";
  switch (run.status) {
    case "queued":
      return "Waiting for a worker";
    case "running":
      return run.stepsTotal > 0 ? `Running step ${Math.min(done + 1, run.stepsTotal)}${of}` : "Starting";
    case "passed":
      return ["Passed", run.stepsSkipped > 0 && `${run.stepsSkipped} skipped`, run.stepsHealed > 0 && `${run.stepsHealed} healed`]
        .filter(Boolean)
        .join(", ");
    case "failed": {
      const step = failedStep(run);
      return step === undefined ? "Failed" : `Failed at step ${step}${of}`;
    }
    case "timedOut":
      return `Timed out after ${done}${of} steps`;
    case "cancelled":
      return `Cancelled after ${done}${of} steps`;
    default:
      return run.status;
  }
}

/** The failed step as people count, from 1. */
export function failedStep(run: Run): number | undefined {
  if (run.error?.step !== undefined && run.error.step !== null) return run.error.step + 1;
  return run.status === "failed" && run.stepsFailed > 0 ? run.stepsPassed + run.stepsSkipped + 1 : undefined;
}
