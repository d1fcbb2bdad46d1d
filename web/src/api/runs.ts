import { queryOptions } from "@tanstack/react-query";
import { apiUrl, list, send } from "./http.ts";
import type { Artifact, NewRun, Run, RunDetail, RunStatus } from "./types.ts";

export interface RunFilter {
  recordingId?: string;
  status?: string;
  page?: number;
  limit?: number;
}

export const isOver = (status: RunStatus) => status !== "queued" && status !== "running";

export const runsQuery = (filter: RunFilter = {}) =>
  queryOptions({
    queryKey: ["runs", filter],
    queryFn: ({ signal }) => list<Run>("/runs", { query: { ...filter }, signal }),
    // A list with something still moving is worth a quicker look.
    refetchInterval: (query) => (query.state.data?.items.some((run) => !isOver(run.status)) ? 1_500 : 10_000),
  });

export const runQuery = (id: string) =>
  queryOptions({
    queryKey: ["run", id],
    queryFn: ({ signal }) => send<RunDetail>(`/runs/${id}`, { signal }),
  });

export const runArtifactsQuery = (id: string) =>
  queryOptions({
    queryKey: ["run", id, "artifacts"],
    queryFn: ({ signal }) => send<Artifact[]>(`/runs/${id}/artifacts`, { signal }),
  });

export const startRun = (body: NewRun) => send<Run>("/runs", { body });
export const cancelRun = (id: string) => send<unknown>(`/runs/${id}/cancel`, { method: "POST" });
export const retryRun = (id: string) => send<Run>(`/runs/${id}/retry`, { method: "POST" });
export const deleteRun = (id: string) => send<unknown>(`/runs/${id}`, { method: "DELETE" });
export const runEventsUrl = (id: string) => apiUrl(`/runs/${id}/events/stream`);
