import { queryOptions } from "@tanstack/react-query";
import { api, list, one } from "./client.ts";
import type { Sound } from "./types.ts";
import { upload } from "./upload.ts";

const at = (id: string) => ({ params: { path: { id } } });

export const soundsQuery = () =>
  queryOptions({
    queryKey: ["sounds"],
    queryFn: ({ signal }) => list(api.GET("/api/v1/sounds", { params: { query: { limit: 200 } }, signal })),
  });

export const deleteSound = (id: string) => one(api.DELETE("/api/v1/sounds/{id}", at(id)));
export const restoreSound = (id: string) => one(api.POST("/api/v1/sounds/{id}/restore", at(id)));

export const uploadSound = (file: File, progress: (share: number) => void, signal: AbortSignal) =>
  upload<Sound>("/api/v1/sounds", file, progress, signal);
