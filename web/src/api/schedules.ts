import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { isOver } from "@/lib/run-status.ts";
import { api, list, one } from "./client.ts";
import type { NewSchedule, ScheduleChange } from "./types.ts";

const at = (id: string) => ({ params: { path: { id } } });

export const schedulesQuery = (page?: number) =>
  queryOptions({
    queryKey: ["schedules", page],
    queryFn: ({ signal }) => list(api.GET("/api/v1/schedules", { params: { query: { page, limit: 50 } }, signal })),
    // Runs begin by themselves here, and while one goes on its verdict is waited for.
    refetchInterval: (query) => (query.state.data?.items.some(({ lastRun }) => lastRun && !isOver(lastRun.status)) ? 1_500 : 10_000),
  });

/** The next moments of an expression; what is wrong with it is the query's error. */
export const previewQuery = (cron: string, tz: string) =>
  queryOptions({
    queryKey: ["schedule-preview", cron, tz],
    queryFn: ({ signal }) => one(api.GET("/api/v1/schedules/preview", { params: { query: { cron, tz } }, signal })),
    placeholderData: keepPreviousData,
    retry: false,
  });

export const createSchedule = (body: NewSchedule) => one(api.POST("/api/v1/schedules", { body }));
export const changeSchedule = (id: string, body: ScheduleChange) => one(api.PATCH("/api/v1/schedules/{id}", { ...at(id), body }));
export const deleteSchedule = (id: string) => one(api.DELETE("/api/v1/schedules/{id}", at(id)));
export const restoreSchedule = (id: string) => one(api.POST("/api/v1/schedules/{id}/restore", at(id)));
export const runScheduleNow = (id: string) => one(api.POST("/api/v1/schedules/{id}/run-now", at(id)));
