import { useQueryClient } from "@tanstack/react-query";
import { runEventsUrl, runQuery } from "@/api/runs.ts";
import type { RunDetail } from "@/api/types.ts";
import { isOver } from "@/lib/run-status.ts";
import { useEvents } from "@/lib/use-events.ts";

const NAMES = [
  "run.queued",
  "run.requeued",
  "run.started",
  "step.started",
  "step.finished",
  "step.undone",
  "run.cancelling",
  "run.finished",
];

/** Follows a run while it goes. The stream says that something happened; the API says what. */
export function useRunEvents(run: RunDetail | undefined): { connected: boolean } {
  const cache = useQueryClient();
  const follows = run && !isOver(run.status);
  return useEvents(follows ? runEventsUrl(run.id) : undefined, NAMES, () => {
    if (run) cache.invalidateQueries({ queryKey: runQuery(run.id).queryKey });
  });
}
