import { queryOptions } from "@tanstack/react-query";
import { send } from "./http.ts";
import type { DoctorCheck } from "./types.ts";

export const doctorQuery = queryOptions({
  queryKey: ["doctor"],
  queryFn: ({ signal }) => send<{ checks: DoctorCheck[] }>("/system/doctor", { signal }),
  select: (answer) => answer.checks,
  staleTime: 30_000,
});
