import { queryOptions } from "@tanstack/react-query";
import { api, list, one } from "./client.ts";
import type { SentPicture } from "./types.ts";
import { upload } from "./upload.ts";

const at = (id: string) => ({ params: { path: { id } } });

export const picturesQuery = () =>
  queryOptions({
    queryKey: ["pictures"],
    queryFn: ({ signal }) => list(api.GET("/api/v1/pictures", { params: { query: { limit: 200 } }, signal })),
  });

export const deletePicture = (id: string) => one(api.DELETE("/api/v1/pictures/{id}", at(id)));
export const restorePicture = (id: string) => one(api.POST("/api/v1/pictures/{id}/restore", at(id)));

export const uploadPicture = (file: File, progress: (share: number) => void, signal: AbortSignal) =>
  upload<SentPicture>("/api/v1/pictures", file, progress, signal);
