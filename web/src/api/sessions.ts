import { queryOptions } from "@tanstack/react-query";
import { api, list, one } from "./client.ts";
import type { NewSession, SessionStatus } from "./types.ts";

export interface SessionFilter {
  status?: SessionStatus;
  page?: number;
  limit?: number;
}

export const sessionsQuery = (filter: SessionFilter = {}) =>
  queryOptions({
    queryKey: ["sessions", filter],
    queryFn: ({ signal }) => list(api.GET("/api/v1/sessions", { params: { query: filter }, signal })),
    refetchInterval: 5_000,
  });

const at = (id: string) => ({ params: { path: { id } } });

export const sessionQuery = (id: string) =>
  queryOptions({
    queryKey: ["session", id],
    queryFn: ({ signal }) => one(api.GET("/api/v1/sessions/{id}", { ...at(id), signal })),
  });

export const startSession = (body: NewSession) => one(api.POST("/api/v1/sessions", { body }));
export const stopSession = (id: string) => one(api.POST("/api/v1/sessions/{id}/stop", at(id)));
export const saveSessionRecording = (id: string, name?: string) =>
  one(api.POST("/api/v1/sessions/{id}/recording", { ...at(id), body: { name: name ?? null } }));

export function uploadFiles(id: string, files: File[]) {
  const form = new FormData();
  for (const file of files) form.append("files", file, file.name);
  return one(api.POST("/api/v1/sessions/{id}/uploads", { ...at(id), body: { files: [] }, bodySerializer: () => form }));
}

/** What the event log kept of one kind, in the shape in which the live view tells it. */
export async function pastLines<T extends { at: string }>(
  id: string,
  kind: "console" | "network" | "exception" | "navigation",
  signal: AbortSignal,
): Promise<T[]> {
  const events = await one(api.GET("/api/v1/sessions/{id}/events", { params: { path: { id }, query: { kind, limit: 1000 } }, signal }));
  return events.map(({ at, payload }) => ({ at, ...(payload as object) }) as T);
}

/** The latest picture; `moment` only defeats the cache. */
export const thumbnailUrl = (id: string, moment: number) => `/api/v1/sessions/${id}/thumbnail?at=${moment}`;

export const sessionEventsUrl = (id: string) => `/api/v1/sessions/${id}/events/stream`;

export function liveUrl(id: string): string {
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  return `${scheme}://${location.host}/api/v1/sessions/${id}/live`;
}
