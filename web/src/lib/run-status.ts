import type { Run, RunStatus } from "@/api/types.ts";

export const isOver = (status: RunStatus) => status !== "queued" && status !== "running";

/** Where the run stands on all the engines that it was asked for. */
export const wholeStatus = (run: Run): RunStatus => run.group?.status ?? run.status;
