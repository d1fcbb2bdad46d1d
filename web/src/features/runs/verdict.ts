import type { Run } from "@/api/types.ts";
import { browserName } from "@/lib/engines.ts";
import { plural } from "@/lib/plural.ts";
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

/** What tells one run of a group from the others: its browser, its row of the data, or both. */
export function runLabel(one: { browser: string; row?: number | null }, runs: readonly { browser: string }[]): string {
  const browser = browserName(one.browser);
  if (one.row === undefined || one.row === null) return browser;
  const single = runs.every((each) => each.browser === one.browser);
  return single ? `row ${one.row}` : `${browser} row ${one.row}`;
}

/** More names than this are counted. */
const NAMED = 3;

/** The verdict of all runs that were asked for together: on several browsers, with several rows of data. */
export function wholeVerdict(run: Run): string {
  if (!run.group) return verdict(run);
  const { status, runs } = run.group;
  const hasRows = runs.some((one) => one.row !== undefined && one.row !== null);
  const all = hasRows ? plural(runs.length, "run") : plural(runs.length, "browser");
  const bad = runs.filter((one) => one.status === "failed" || one.status === "timedOut");
  if (isOver(status) && bad.length > 0) {
    if (bad.length > NAMED) return `Failed in ${bad.length} of ${all}`;
    return `Failed ${hasRows ? "with" : "on"} ${bad.map((one) => runLabel(one, runs)).join(" and ")}`;
  }
  if (status === "passed") {
    const healed = wholeFigures(run).stepsHealed;
    return `Passed ${hasRows ? "in" : "on"} ${all}${healed > 0 ? `, ${healed} healed` : ""}`;
  }
  if (status === "queued") return "Waiting for a worker";
  return status === "running" ? `Running ${hasRows ? "" : "on "}${all}` : "Cancelled";
}
