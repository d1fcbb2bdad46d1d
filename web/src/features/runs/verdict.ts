import type { Run } from "@/api/types.ts";
import { browserName } from "@/lib/engines.ts";
import { isOver, wholeFigures } from "@/lib/run-status.ts";

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

/** The verdict of the run on all the engines that it was asked for. */
export function wholeVerdict(run: Run): string {
  if (!run.group) return verdict(run);
  const { status, runs } = run.group;
  const bad = runs.filter((one) => one.status === "failed" || one.status === "timedOut").map((one) => browserName(one.browser));
  if (isOver(status) && bad.length > 0) return `Failed on ${bad.join(" and ")}`;
  if (status === "passed") {
    const healed = wholeFigures(run).stepsHealed;
    return `Passed on ${runs.length} browsers${healed > 0 ? `, ${healed} healed` : ""}`;
  }
  if (status === "queued") return "Waiting for a worker";
  return status === "running" ? `Running on ${runs.length} browsers` : "Cancelled";
}
