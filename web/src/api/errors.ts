import { queryOptions } from "@tanstack/react-query";
import { list, send } from "./http.ts";
import type { ErrorDetail, ErrorSummary } from "./types.ts";

export interface ErrorFilter {
  kind?: string;
  severity?: string;
  session?: string;
  run?: string;
  page?: number;
  limit?: number;
}

export const errorsQuery = (filter: ErrorFilter = {}) =>
  queryOptions({
    queryKey: ["errors", filter],
    queryFn: ({ signal }) => list<ErrorSummary>("/errors", { query: { ...filter }, signal }),
    refetchInterval: 15_000,
  });

export const errorQuery = (id: string) =>
  queryOptions({
    queryKey: ["error", id],
    queryFn: ({ signal }) => send<ErrorDetail>(`/errors/${id}`, { signal }),
  });
