import { queryOptions } from "@tanstack/react-query";
import { ApiError } from "./api-error.ts";
import { api, list, one } from "./client.ts";
import type { Sound } from "./types.ts";

const at = (id: string) => ({ params: { path: { id } } });

export const soundsQuery = () =>
  queryOptions({
    queryKey: ["sounds"],
    queryFn: ({ signal }) => list(api.GET("/api/v1/sounds", { params: { query: { limit: 200 } }, signal })),
  });

export const deleteSound = (id: string) => one(api.DELETE("/api/v1/sounds/{id}", at(id)));
export const restoreSound = (id: string) => one(api.POST("/api/v1/sounds/{id}/restore", at(id)));

/** Sends a sound and tells how much of it has gone, from 0 to 1: `fetch` tells nobody. */
export function uploadSound(file: File, progress: (share: number) => void, signal: AbortSignal): Promise<Sound> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.responseType = "json";
    request.upload.onprogress = ({ loaded, total }) => progress(total > 0 ? loaded / total : 0);
    request.onerror = () => reject(new ApiError(0, "unreachable", "The server does not answer. Is Proscenium still running?"));
    request.onabort = () => reject(new DOMException("The upload was cancelled.", "AbortError"));
    request.onload = () => {
      const body = request.response as { data?: Sound; error?: { code: string; message: string } } | null;
      if (request.status === 201 && body?.data) resolve(body.data);
      else
        reject(
          new ApiError(request.status, body?.error?.code ?? "http_error", body?.error?.message ?? `The server answered ${request.status}.`),
        );
    };
    signal.addEventListener("abort", () => request.abort());
    request.open("POST", `/api/v1/sounds?name=${encodeURIComponent(file.name)}`);
    request.setRequestHeader("content-type", "application/octet-stream");
    request.send(file);
  });
}
