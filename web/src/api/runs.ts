import { queryOptions } from "@tanstack/react-query";
import { isOver, wholeStatus } from "@/lib/run-status.ts";
import { api, list, one } from "./client.ts";
import type { NewRun, RunStatus } from "./types.ts";

export interface RunFilter {
  recordingId?: string;
  scheduleId?: string;
  status?: RunStatus;
  page?: number;
  limit?: number;
}

const at = (id: string) => ({ params: { path: { id } } });

export const runsQuery = (filter: RunFilter = {}) =>
  queryOptions({
    queryKey: ["runs", filter],
    queryFn: ({ signal }) => list(api.GET("/api/v1/runs", { params: { query: filter }, signal })),
    // A list with something still moving is worth a quicker look.
    refetchInterval: (query) => (query.state.data?.items.some((run) => !isOver(wholeStatus(run))) ? 1_500 : 10_000),
  });

export const runQuery = (id: string) =>
  queryOptions({
    queryKey: ["run", id],
    queryFn: ({ signal }) => one(api.GET("/api/v1/runs/{id}", { ...at(id), signal })),
    // Its own events tell of itself; how it goes on the other engines is asked for.
    refetchInterval: (query) => {
      const group = query.state.data?.group;
      return group && !isOver(group.status) ? 1_500 : false;
    },
  });

export const runArtifactsQuery = (id: string) =>
  queryOptions({
    queryKey: ["run", id, "artifacts"],
    queryFn: ({ signal }) => one(api.GET("/api/v1/runs/{id}/artifacts", { ...at(id), signal })),
  });

export const startRun = (body: NewRun) => one(api.POST("/api/v1/runs", { body }));
export const cancelRun = (id: string) => one(api.POST("/api/v1/runs/{id}/cancel", at(id)));
export const retryRun = (id: string) => one(api.POST("/api/v1/runs/{id}/retry", at(id)));
const ofStep = (id: string, index: number) => ({ params: { path: { id, index } } });
export const approvePicture = (id: string, index: number) => one(api.POST("/api/v1/runs/{id}/steps/{index}/baseline", ofStep(id, index)));
export const undoApproval = (id: string, index: number) => one(api.DELETE("/api/v1/runs/{id}/steps/{index}/baseline", ofStep(id, index)));
export const runEventsUrl = (id: string) => `/api/v1/runs/${id}/events/stream`;
