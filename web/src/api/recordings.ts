import { queryOptions } from "@tanstack/react-query";
import { api, list, one } from "./client.ts";
import type { Recording, RecordingDocument } from "./types.ts";

export interface RecordingFilter {
  q?: string;
  tag?: string;
  page?: number;
  limit?: number;
}

const at = (id: string) => ({ params: { path: { id } } });

export const recordingsQuery = (filter: RecordingFilter = {}) =>
  queryOptions({
    queryKey: ["recordings", filter],
    queryFn: ({ signal }) => list(api.GET("/api/v1/recordings", { params: { query: filter }, signal })),
  });

// The API leaves the document open: the recording format is its own standard.
export const recordingQuery = (id: string) =>
  queryOptions({
    queryKey: ["recording", id],
    queryFn: async ({ signal }) => (await one(api.GET("/api/v1/recordings/{id}", { ...at(id), signal }))) as unknown as Recording,
  });

export const importRecording = (text: string, yaml: boolean) =>
  one(
    api.POST("/api/v1/recordings", {
      body: text,
      bodySerializer: (body) => body as string,
      headers: { "content-type": yaml ? "application/yaml" : "application/json" },
    }),
  );
export const saveRecording = async (id: string, document: RecordingDocument, revision: number) =>
  (await one(
    api.PUT("/api/v1/recordings/{id}", { ...at(id), body: { document: document as unknown as Record<string, never>, revision } }),
  )) as unknown as Recording;
export const renameRecording = (id: string, name: string) => one(api.PATCH("/api/v1/recordings/{id}", { ...at(id), body: { name } }));
export const deleteRecording = (id: string) => one(api.DELETE("/api/v1/recordings/{id}", at(id)));
export const restoreRecording = (id: string) => one(api.POST("/api/v1/recordings/{id}/restore", at(id)));
export const validateRecording = (document: RecordingDocument, signal?: AbortSignal) =>
  one(api.POST("/api/v1/recordings/validate", { body: document, signal }));
export const downloadUrl = (id: string, format: "json" | "yaml") => `/api/v1/recordings/${id}/document.${format}`;
