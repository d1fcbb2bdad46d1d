import { queryOptions } from "@tanstack/react-query";
import { apiUrl, list, send } from "./http.ts";
import type { Recording, RecordingDocument, RecordingSummary, ValidationReport } from "./types.ts";

export interface RecordingFilter {
  q?: string;
  page?: number;
  limit?: number;
}

export const recordingsQuery = (filter: RecordingFilter = {}) =>
  queryOptions({
    queryKey: ["recordings", filter],
    queryFn: ({ signal }) => list<RecordingSummary>("/recordings", { query: { ...filter }, signal }),
  });

export const recordingQuery = (id: string) =>
  queryOptions({
    queryKey: ["recording", id],
    queryFn: ({ signal }) => send<Recording>(`/recordings/${id}`, { signal }),
  });

export const importRecording = (text: string, yaml: boolean) =>
  send<RecordingSummary>("/recordings", { body: text, contentType: yaml ? "application/yaml" : "application/json" });
export const saveRecording = (id: string, document: RecordingDocument, revision: number) =>
  send<Recording>(`/recordings/${id}`, { method: "PUT", body: { document, revision } });
export const renameRecording = (id: string, name: string) =>
  send<RecordingSummary>(`/recordings/${id}`, { method: "PATCH", body: { name } });
export const deleteRecording = (id: string) => send<unknown>(`/recordings/${id}`, { method: "DELETE" });
export const restoreRecording = (id: string) => send<unknown>(`/recordings/${id}/restore`, { method: "POST" });
export const validateRecording = (document: unknown, signal?: AbortSignal) =>
  send<ValidationReport>("/recordings/validate", { body: document, signal });
export const downloadUrl = (id: string, format: "json" | "yaml") => apiUrl(`/recordings/${id}/document.${format}`);
