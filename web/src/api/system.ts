import { queryOptions } from "@tanstack/react-query";
import { api, one } from "./client.ts";

export const healthQuery = queryOptions({
  queryKey: ["health"],
  queryFn: ({ signal }) => one(api.GET("/api/v1/health", { signal })),
  refetchInterval: 15_000,
});

export const doctorQuery = queryOptions({
  queryKey: ["doctor"],
  queryFn: ({ signal }) => one(api.GET("/api/v1/system/doctor", { signal })),
  select: (answer) => answer.checks,
  staleTime: 30_000,
});
