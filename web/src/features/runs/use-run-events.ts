import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { runEventsUrl, runQuery } from "@/api/runs.ts";
import type { RunDetail } from "@/api/types.ts";
import { isOver } from "@/lib/run-status.ts";

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
const SETTLE_MS = 60;

/** Follows a run while it goes. The stream says that something happened; the API says what. */
export function useRunEvents(run: RunDetail | undefined): { connected: boolean } {
  const cache = useQueryClient();
  const [connected, setConnected] = useState(true);
  const id = run?.id;
  const over = run === undefined || isOver(run.status);

  useEffect(() => {
    if (!id || over) return;
    const source = new EventSource(runEventsUrl(id));
    let timer: ReturnType<typeof setTimeout> | undefined;
    const refresh = () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        cache.invalidateQueries({ queryKey: runQuery(id).queryKey });
      }, SETTLE_MS);
    };
    for (const name of NAMES) source.addEventListener(name, refresh);
    source.onopen = () => {
      setConnected(true);
      refresh();
    };
    // The browser reconnects by itself and resumes after the last event that it saw.
    source.onerror = () => setConnected(false);
    return () => {
      clearTimeout(timer);
      source.close();
    };
  }, [id, over, cache]);

  return { connected };
}
