import { queryOptions } from "@tanstack/react-query";
import { api, list, one } from "./client.ts";
import type { Render, RenderDetail, RenderJob, RenderStatus } from "./types.ts";

export interface RenderFilter {
  status?: RenderStatus;
  page?: number;
  limit?: number;
}

const at = (id: string) => ({ params: { path: { id } } });

/** Whether nothing will change any more. */
export const isEnded = (render: Pick<Render, "status">) => ["done", "failed", "cancelled"].includes(render.status);

export const rendersQuery = (filter: RenderFilter = {}) =>
  queryOptions({
    queryKey: ["renders", filter],
    queryFn: ({ signal }) => list(api.GET("/api/v1/renders", { params: { query: filter }, signal })),
    // A list with something still being drawn is worth a quicker look.
    refetchInterval: (query) => (query.state.data?.items.some((render) => !isEnded(render)) ? 1_500 : 10_000),
  });

export const renderQuery = (id: string) =>
  queryOptions({
    queryKey: ["render", id],
    queryFn: async ({ signal }) => (await one(api.GET("/api/v1/renders/{id}", { ...at(id), signal }))) as RenderDetail,
  });

export const renderStorageQuery = () =>
  queryOptions({
    queryKey: ["renders", "storage"],
    queryFn: ({ signal }) => one(api.GET("/api/v1/renders/storage", { signal })),
  });

export const startRender = (job: RenderJob) => one(api.POST("/api/v1/renders", { body: job }));
export const cancelRender = (id: string) => one(api.POST("/api/v1/renders/{id}/cancel", at(id)));
/** An output that is kept, to its public place once more. */
export const deliverRender = (id: string) => one(api.POST("/api/v1/renders/{id}/deliver", at(id)));
export const deleteRender = (id: string) => one(api.DELETE("/api/v1/renders/{id}", at(id)));
export const pinRender = (id: string, pinned: boolean) => one(api.PATCH("/api/v1/renders/{id}", { ...at(id), body: { pinned } }));
export const renderEventsUrl = (id: string) => `/api/v1/renders/${id}/events/stream`;
