import { queryOptions } from "@tanstack/react-query";
import { apiUrl, list, send } from "./http.ts";
import type { Artifact, NewSession, Recording, Session, Upload } from "./types.ts";

export interface SessionFilter {
  status?: string;
  page?: number;
  limit?: number;
}

export const sessionsQuery = (filter: SessionFilter = {}) =>
  queryOptions({
    queryKey: ["sessions", filter],
    queryFn: ({ signal }) => list<Session>("/sessions", { query: { ...filter }, signal }),
    refetchInterval: 5_000,
  });

export const sessionQuery = (id: string) =>
  queryOptions({
    queryKey: ["session", id],
    queryFn: ({ signal }) => send<Session>(`/sessions/${id}`, { signal }),
  });

export const startSession = (body: NewSession) => send<Session>("/sessions", { body });
export const stopSession = (id: string) => send<unknown>(`/sessions/${id}/stop`, { method: "POST" });
export const screenshot = (id: string, fullPage: boolean) => send<Artifact>(`/sessions/${id}/screenshot`, { body: { fullPage } });
export const saveSessionRecording = (id: string, name?: string) => send<Recording>(`/sessions/${id}/recording`, { body: { name } });

export function uploadFiles(id: string, files: File[]): Promise<Upload[]> {
  const form = new FormData();
  for (const file of files) form.append("files", file, file.name);
  return send<Upload[]>(`/sessions/${id}/uploads`, { body: form });
}

/** The latest picture; `at` only defeats the cache. */
export const thumbnailUrl = (id: string, at: number) => apiUrl(`/sessions/${id}/thumbnail`, { at });

export function liveUrl(id: string): string {
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  return `${scheme}://${location.host}${apiUrl(`/sessions/${id}/live`)}`;
}
