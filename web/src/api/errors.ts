import { queryOptions } from "@tanstack/react-query";
import { api, list, one } from "./client.ts";
import type { ErrorKind, Severity } from "./types.ts";

export interface ErrorFilter {
  kind?: ErrorKind;
  severity?: Severity;
  session?: string;
  run?: string;
  page?: number;
  limit?: number;
}

export const errorsQuery = (filter: ErrorFilter = {}) =>
  queryOptions({
    queryKey: ["errors", filter],
    queryFn: ({ signal }) => list(api.GET("/api/v1/errors", { params: { query: filter }, signal })),
    refetchInterval: 15_000,
  });

export const errorQuery = (id: string) =>
  queryOptions({
    queryKey: ["error", id],
    queryFn: ({ signal }) => one(api.GET("/api/v1/errors/{id}", { params: { path: { id } }, signal })),
  });
